package gaps

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"verbatim/corpus"
)

// maxExcerpt is how much of a passage a comment shows, in characters.
const maxExcerpt = 80

// YAML writes the gaps as intents to be pasted under intents: of a curation.yaml,
// those of each source under a comment that names it, indented as by indent, in
// spaces; by two where that is nil. Comments say what was counted and what is to be
// reviewed. Whatever a question holds, the YAML is valid and its text comes out of it
// unchanged; what a terminal would obey is escaped.
func (r Report) YAML(w io.Writer, indent func(*corpus.Source) int) error {
	b := bufio.NewWriter(w)
	var sources []*corpus.Source
	for _, g := range r.Gaps {
		if !slices.Contains(sources, g.Source) {
			sources = append(sources, g.Source)
		}
	}
	for _, s := range sources {
		margin := "  "
		if indent != nil {
			margin = strings.Repeat(" ", indent(s))
		}
		fmt.Fprintf(b, "# For %s/curation.yaml, under intents: review each, then run bot check.\n", comment(s.ID()))
		if len(s.Intents()) == 0 {
			fmt.Fprintln(b, "intents:")
		}
		for _, g := range r.Gaps {
			if g.Source == s {
				fmt.Fprintln(b)
				g.yaml(b, margin)
			}
		}
		fmt.Fprintln(b)
	}
	return b.Flush()
}

// yaml writes one intent behind a margin. Its errors are the buffer's.
func (g Gap) yaml(b *bufio.Writer, margin string) {
	line := func(format string, a ...any) { fmt.Fprintf(b, margin+format+"\n", a...) }
	taken := ""
	for i, t := range g.Intents {
		taken += fmt.Sprintf("%s%s (%d)", map[bool]string{true: "; taken for ", false: ", "}[i == 0], comment(t.Intent), t.Questions)
	}
	line("# %s by %s%s", count(g.Questions, "question"), byPeople(g.People), taken)
	for i, p := range g.Proposed {
		line("# %s: %s: %s", map[bool]string{true: "proposed", false: "or"}[i == 0], comment(p.ID), excerpt(p))
	}
	for _, p := range g.Nearest {
		line("# nearest: %s: %s", comment(p.ID), excerpt(p))
	}
	line("- id: %s", corpus.YAMLText(g.ID))
	if g.NotCovered {
		line("  not_covered: true")
		if len(g.Nearest) > 0 {
			line("  nearest: [%s]", ids(g.Nearest))
		}
	} else {
		line("  passages: [%s] # proposed: review, or make it not_covered: true", ids(g.Proposed[:1]))
	}
	line("  utterances:")
	for _, u := range g.Utterances {
		line("    - %s", corpus.YAMLText(u))
	}
}

func ids(passages []corpus.Passage) string {
	var out []string
	for _, p := range passages {
		out = append(out, corpus.YAMLText(p.ID))
	}
	return strings.Join(out, ", ")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// byPeople says how many people asked; entries may lack who did.
func byPeople(n int) string {
	switch n {
	case 0:
		return "nobody known"
	case 1:
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// excerpt is the beginning of a passage in one line.
func excerpt(p corpus.Passage) string {
	text := []rune(comment(p.Quote.Text()))
	if len(text) > maxExcerpt {
		return string(text[:maxExcerpt-1]) + "…"
	}
	return string(text)
}

// comment is a text in one line, without what ends a comment or a terminal obeys.
func comment(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			return '\uFFFD'
		}
		return r
	}, s)), " ")
}
