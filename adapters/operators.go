package adapters

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml"
)

// Finding is one thing that a doctor looked at.
type Finding struct {
	// OK: it is as it should be.
	OK bool
	// Text says what was found and, where it is not OK, what to do. It holds no secret.
	Text string
}

// Findings are what a doctor found, in order.
type Findings []Finding

// Good adds what is as it should be.
func (f *Findings) Good(format string, a ...any) {
	*f = append(*f, Finding{true, fmt.Sprintf(format, a...)})
}

// Bad adds what is to be mended.
func (f *Findings) Bad(format string, a ...any) {
	*f = append(*f, Finding{false, fmt.Sprintf(format, a...)})
}

// Mistakes adds each line of what is wrong with a configuration.
func (f *Findings) Mistakes(err error) {
	for line := range strings.Lines(err.Error()) {
		f.Bad("%s", strings.TrimSpace(line))
	}
}

// Address completes the address of a platform's interface, which the operator gave under
// a name: without a slash at its end, standard where none was given.
func Address(name, given, standard string) (string, error) {
	given = strings.TrimRight(strings.TrimSpace(given), "/")
	if given == "" {
		return standard, nil
	}
	if u, err := url.Parse(given); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return given, fmt.Errorf("%s is not the address of a server: write it like %s or http://localhost:8080", name, standard)
	}
	return given, nil
}

// Trimmed are the items of a list that an operator gave, without white space around them
// and without empty ones.
func Trimmed(list []string) (out []string) {
	for _, item := range list {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// Data reads a data file in YAML that is embedded in the program. The file's comment says
// what it holds.
func Data[T any](file []byte) (data T) {
	if err := yaml.UnmarshalWithOptions(file, &data, yaml.Strict()); err != nil {
		panic(err) // a test of whoever embeds it reads it
	}
	return data
}
