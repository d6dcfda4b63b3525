package slack

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"verbatim/adapters"
)

// TestDocs holds docs/slack.md to the settings, scopes and counters that there
// are, and to six steps.
func TestDocs(t *testing.T) {
	data, err := os.ReadFile("../../docs/slack.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	var names []string
	for f := range reflect.TypeFor[Config]().Fields() {
		if name := f.Tag.Get("envconfig"); name != "" {
			names = append(names, name)
			if f.Tag.Get("desc") == "" {
				t.Errorf("%s has no description", name)
			}
		}
	}
	for _, s := range scopes {
		names = append(names, s.name)
	}
	names = append(names, optionalScopes...)
	names = append(names, CountRedelivered, CountRejected, adapters.CountBadMessage, adapters.CountUncertain, adapters.CountBusy, adapters.CountFailed, adapters.CountUnquoted)
	for _, name := range names {
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("docs/slack.md does not name %s", name)
		}
	}
	_, steps, _ := strings.Cut(text, "## From nothing to the first answer")
	steps, _, _ = strings.Cut(steps, "\n## ")
	if n := len(regexp.MustCompile(`(?m)^\d+\. `).FindAllString(steps, -1)); n == 0 || n > 6 {
		t.Errorf("%d steps to the first answer, six are allowed", n)
	}
}
