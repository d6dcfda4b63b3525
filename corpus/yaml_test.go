package corpus

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
)

// hostile are texts that must come out of YAML as they went in.
var hostile = []string{
	"plain", "it's “so”; (or not) - is it?", "a # b", "a: b", "a:", "- a", "? a", "yes", "NULL", "~", "0x1f", "1e3", "2020-01-01", "'", `"`, `\`, `\u0041`,
	"{a: b}", "[a]", "a, b", "&a *a", "!!binary x", "%YAML 1.1", "---", "--- a", "...", "|", ">", "`", "@x",
	"line\nbreak", "line\r\nbreak", "tab\there", "\x00nul", "\x1b[31mred\x1b[0m", "c1 \u009b31m \u0085 next", "\u2028 \u2029", "\u202eright to left\u202c", "\u200b", "\ufeffbom",
	"a\u00a0b", "\U000e0041tag", "\U0001f469\u200d\U0001f680", "\uE000private", "\ufffd", "מה שלום", "文", "=cmd()", "trailing:", "x\n  - id: y", "a\tb #c", "true?", "a / b", strings.Repeat("word ", 300) + "end",
}

func TestYAMLText(t *testing.T) {
	for _, s := range hostile {
		comesBack(t, s)
	}
	for s, want := range map[string]string{"Who is Ann Lee?": "Who is Ann Lee?", "ferry-2": "ferry-2", "no": `"no"`, "a, b": `"a, b"`} {
		if got := YAMLText(s); got != want {
			t.Errorf("%q is written as %s, want %s", s, got, want)
		}
	}
}

func FuzzYAMLText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { comesBack(t, strings.ToValidUTF8(s, "\uFFFD")) })
}

func comesBack(t *testing.T, s string) {
	t.Helper()
	written := YAMLText(s)
	if strings.ContainsFunc(written, func(r rune) bool { return !unicode.IsPrint(r) }) {
		t.Errorf("%q is written with what a terminal obeys: %q", s, written)
	}
	var got struct {
		List []string `yaml:"list"`
		Flow []string `yaml:"flow"`
	}
	if err := yaml.UnmarshalWithOptions([]byte("list:\n  - "+written+"\nflow: ["+written+", "+written+"]\n"), &got, yaml.Strict()); err != nil {
		t.Fatalf("%q is written as %q: %v", s, written, err)
	}
	if !slices.Equal(got.List, []string{s}) || !slices.Equal(got.Flow, []string{s, s}) {
		t.Errorf("%q is written as %q and comes back as %q and %q", s, written, got.List, got.Flow)
	}
}
