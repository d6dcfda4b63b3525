package corpus

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
)

// yamlProblem says in a curator's words what is wrong with YAML, and on which
// line, from 1; with the YAML around it.
func yamlProblem(err error) (line int, text string) {
	line = 1
	var at yaml.Error
	if errors.As(err, &at) {
		if t := at.GetToken(); t != nil && t.Position != nil {
			line = t.Position.Line
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
	if at != nil {
		if _, around, ok := strings.Cut(at.FormatError(false, true), "\n"); ok {
			text += "\n" + strings.TrimRight(around, "\n ")
		}
	}
	return line, text
}

// yamlName is a field's name in curation.yaml or source.yaml.
func yamlName(field string) string {
	for _, form := range []any{curation{}, curatedPassage{}, curatedIntent{}, Subject{}, Description{}, Original{}, Structure{}} {
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
