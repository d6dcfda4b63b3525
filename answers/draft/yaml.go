package draft

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"verbatim/corpus"
)

// heading begins a drafted curation. Editors that know YAML read its first line.
const heading = `# yaml-language-server: $schema=` + corpus.SchemaFile + `
# Drafted by "bot draft": a beginning to review, not a curation.
# - An intent with "drafted: true" is generated from its passage. It helps to find the
#   passage and nothing more. Put its utterances in people's words and take the line
#   away: then it is learned from, as docs/curation.md says.
# - What you take out is not drafted again by "bot draft --merge".
`

// mostToTry is how many questions are offered to be tried.
const mostToTry = 4

// write writes a curation.
func write(title string, furniture []string, intents []intent) []byte {
	var b strings.Builder
	b.WriteString(heading + "# drafted so far:")
	for _, in := range intents {
		b.WriteString(" " + in.id)
	}
	b.WriteString("\n\n")
	if title != "" {
		fmt.Fprintf(&b, "title: %s\n\n", corpus.YAMLText(title))
	}
	if len(furniture) > 0 {
		b.WriteString("# These lines look like furniture. Take the \"#\" away from those that are.\n# furniture:\n")
		for _, f := range furniture {
			fmt.Fprintf(&b, "#   - %s\n", strconv.Quote(f))
		}
		b.WriteByte('\n')
	}
	try := 0
	for _, in := range intents {
		if q := in.questions[0]; try < mostToTry && utf8.RuneCountInString(q) <= corpus.MaxQuestion {
			if try++; try == 1 {
				b.WriteString("questions: # to try\n")
			}
			fmt.Fprintf(&b, "  - %s\n", corpus.YAMLText(q))
		}
	}
	if try > 0 {
		b.WriteByte('\n')
	}
	b.WriteString("passages:\n")
	for _, in := range intents {
		b.WriteString(in.passage())
	}
	b.WriteString("\nintents:\n")
	for _, in := range intents {
		b.WriteString(in.yaml())
	}
	return []byte(b.String())
}

// passage writes the passage of an intent as an element of a list.
func (in intent) passage() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - id: %s\n    quote: %s\n", corpus.YAMLText(in.id), strconv.Quote(in.quote))
	if in.paragraph > 0 {
		fmt.Fprintf(&b, "    paragraph: %d\n", in.paragraph)
	}
	fmt.Fprintf(&b, "    attribution: %s\n", in.kind)
	if in.speaker != "" {
		fmt.Fprintf(&b, "    speaker: %s\n", corpus.YAMLText(in.speaker))
	}
	fmt.Fprintf(&b, "    frame: %s\n", corpus.YAMLText(in.frame))
	return b.String()
}

// yaml writes an intent as an element of a list.
func (in intent) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - id: %s\n", corpus.YAMLText(in.id))
	if !in.own {
		b.WriteString("    drafted: true # review\n")
	}
	fmt.Fprintf(&b, "    passages: [%s]\n    utterances:\n", corpus.YAMLText(in.id))
	for _, q := range in.questions {
		fmt.Fprintf(&b, "      - %s\n", corpus.YAMLText(q))
	}
	return b.String()
}
