package corpus

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"verbatim/corpus/words"
)

// yamlProblem says in a curator's words what is wrong with YAML, and at which line and
// column, from 1 ("3:5"); with the YAML around it.
func yamlProblem(err error) (place, text string) {
	place = "1"
	var at yaml.Error
	if errors.As(err, &at) {
		if t := at.GetToken(); t != nil && t.Position != nil {
			place = fmt.Sprintf("%d:%d", t.Position.Line, t.Position.Column)
		}
		text = at.GetMessage()
	} else {
		text = err.Error()
	}
	var wrong *yaml.TypeError
	if errors.As(err, &wrong) {
		text = fmt.Sprintf("this is %s; it must be %s", yamlKind(wrong.SrcType), yamlKind(wrong.DstType))
		if wrong.StructFieldName != nil {
			_, field, _ := strings.Cut(*wrong.StructFieldName, ".")
			text = fmt.Sprintf("%s is %s; it must be %s", yamlName(field), yamlKind(wrong.SrcType), yamlKind(wrong.DstType))
		}
	}
	var unexpected *yaml.UnexpectedNodeTypeError
	if errors.As(err, &unexpected) {
		text = fmt.Sprintf("this is a %s; it must be a %s", strings.ToLower(unexpected.Actual.YAMLName()), strings.ToLower(unexpected.Expected.YAMLName()))
	}
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		text += meant(unknown.GetToken().Value)
	}
	if at != nil {
		if _, around, ok := strings.Cut(at.FormatError(false, true), "\n"); ok {
			text += "\n" + strings.TrimRight(around, "\n ")
		}
	}
	return place, text
}

// forms are what curation.yaml and source.yaml are read into.
var forms = []any{curation{}, curatedPassage{}, curatedIntent{}, Subject{}, Description{}, Original{}, Structure{}}

// meant asks whether a key that there is was meant by one that there is not; empty where
// none is like it.
func meant(key string) string {
	var names []string
	for _, form := range forms {
		for field := range reflect.TypeOf(form).NumField() {
			names = append(names, yamlName(reflect.TypeOf(form).Field(field).Name))
		}
	}
	return like(key, names)
}

// like asks whether one of several words was meant by another; empty where none is like it.
func like(word string, names []string) string {
	for edits := 1; edits <= 2 && edits < len(word); edits++ {
		for _, name := range names {
			if words.Distance(strings.ToLower(word), name, edits) <= edits {
				return fmt.Sprintf("; did you mean %q?", name)
			}
		}
	}
	return ""
}

// yamlName is a field's name in curation.yaml or source.yaml.
func yamlName(field string) string {
	for _, form := range forms {
		if f, ok := reflect.TypeOf(form).FieldByName(field); ok {
			name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			return name
		}
	}
	return field
}

// yamlKind is what a type looks like in YAML.
func yamlKind(t reflect.Type) string {
	if t == nil {
		return "something else"
	}
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct, reflect.Interface:
		return "a mapping"
	case reflect.Int, reflect.Int64, reflect.Uint64, reflect.Float64:
		return "a number"
	}
	return t.String()
}

var (
	// plainYAML is what is text in YAML as it stands, in a list in brackets too.
	plainYAML = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 '’“”()?!.;/$€£%-]*[A-Za-z0-9'’”)?!.%]$`)
	// reservedYAML are words of YAML that are no text.
	reservedYAML = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|null|nan|inf)$`)
)

// YAMLText is a text as YAML: as it stands where that is text, else in quotation marks. What
// a terminal would obey is escaped. What Go writes in quotation marks YAML reads as the same.
func YAMLText(s string) string {
	if plainYAML.MatchString(s) && !reservedYAML.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}
