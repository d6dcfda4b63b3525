package draft

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is the column at which long values are folded.
const width = 96

const head = `# Drafted from article.txt by "bot draft": a beginning to review, not a curation.
# - An intent with "drafted: true" is generated from its passage. It helps to find the
#   passage and nothing more. Put its utterances in people's words and take the line
#   away: then it is learned from, as docs/curation.md says.
`

// yaml writes the curation.
func (c *curation) yaml() []byte {
	var b strings.Builder
	b.WriteString(head)
	b.WriteByte('\n')
	if c.title != "" {
		value(&b, "title: ", c.title, 2)
	}
	if len(c.furniture) > 0 {
		b.WriteString("\n# These lines look like furniture. For those that are, take the \"#\" away and their\n# passages out (“bot check” names them).\n# furniture:\n")
		for _, f := range c.furniture {
			b.WriteString("#   - " + quoted(f, -1, 0) + "\n")
		}
	}
	if len(c.keyPoints) > 0 {
		b.WriteString("\n# drafted: review\n")
		list(&b, "key_points: ", c.keyPoints)
	}
	if len(c.questions) > 0 {
		b.WriteString("\n# drafted: review\nquestions:\n")
		for _, q := range c.questions {
			value(&b, "  - ", q, 4)
		}
	}
	if len(c.subjects) > 0 {
		b.WriteString("\nsubjects:\n")
		for _, s := range c.subjects {
			names := make([]string, len(s.names))
			for i, n := range s.names {
				names[i] = quoted(n, -1, 0)
			}
			fmt.Fprintf(&b, "  - {id: %s, names: [%s]}\n", s.id, strings.Join(names, ", "))
		}
	}
	b.WriteString("\npassages:\n")
	for i, p := range c.passages {
		if i > 0 {
			b.WriteByte('\n')
		}
		p.yaml(&b)
	}
	if len(c.intents) > 0 {
		b.WriteString("\nintents:\n")
	}
	for i, in := range c.intents {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "  - id: %s\n    drafted: true # review\n", in.id)
		list(&b, "    passages: ", in.passages)
		if len(in.subjects) > 0 {
			list(&b, "    subjects: ", in.subjects)
		}
		b.WriteString("    utterances:\n")
		for _, u := range in.utterances {
			value(&b, "      - ", u, 8)
		}
	}
	return []byte(b.String())
}

func (p *passage) yaml(b *strings.Builder) {
	note := ""
	if p.likely {
		note = " # furniture?"
	}
	fmt.Fprintf(b, "  - id: %s%s\n", p.id, note)
	b.WriteString("    quote: " + quoted(p.quote, len("    quote: "), 6) + "\n")
	if p.paragraph > 0 {
		fmt.Fprintf(b, "    paragraph: %d\n", p.paragraph)
	}
	fmt.Fprintf(b, "    attribution: %s\n", p.Attribution)
	if p.Speaker != "" {
		value(b, "    speaker: ", p.Speaker, 6)
	}
	value(b, "    frame: ", p.frame, 6)
	if len(p.tells) > 0 {
		b.WriteString("    tells:\n")
		for _, t := range p.tells {
			value(b, "      "+t.kind+": ", t.words, 8)
		}
	}
	if len(p.about) > 0 {
		list(b, "    about: ", p.about)
	}
}

// list writes a key and a list of ids, on several lines where it is long.
func list(b *strings.Builder, key string, ids []string) {
	b.WriteString(key + "[")
	at := len(key) + 1
	indent := strings.Repeat(" ", len(key)-len(strings.TrimLeft(key, " "))+2)
	for i, id := range ids {
		if i > 0 {
			b.WriteString(",")
			if at+len(id)+3 > width {
				b.WriteString("\n" + indent)
				at = len(indent)
			} else {
				b.WriteString(" ")
				at++
			}
			at++
		}
		b.WriteString(id)
		at += len(id)
	}
	b.WriteString("]\n")
}

// plain is what needs no quotation marks in YAML.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 ,.;()'’“”%$£€–—?!/-]*$`)

// value writes a key and its value, in quotation marks where it needs them.
func value(b *strings.Builder, key, v string, indent int) {
	b.WriteString(key)
	if plain.MatchString(v) && !strings.HasSuffix(v, " ") && len(key)+len(v) <= width && !reserved[strings.ToLower(v)] {
		b.WriteString(v)
	} else {
		b.WriteString(quoted(v, len(key), indent))
	}
	b.WriteByte('\n')
}

var reserved = set("true false yes no on off null y n nan inf")

// quoted writes a value in quotation marks. It is folded at single spaces, which
// reads back as the same bytes, and begins at a column; a column below 0 keeps it on
// one line.
func quoted(v string, column, indent int) string {
	var b strings.Builder
	b.WriteByte('"')
	at := column + 1
	for i := 0; i < len(v); {
		r, n := utf8.DecodeRuneInString(v[i:])
		if column >= 0 && r == ' ' && i > 0 && v[i-1] != ' ' && i+1 < len(v) && at+1+nextWord(v[i+1:]) > width && foldable(v, i) {
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
			i += n
			continue
		}
		e := escaped(r)
		b.WriteString(e)
		at += utf8.RuneCountInString(e)
		i += n
	}
	b.WriteByte('"')
	return b.String()
}

// foldable reports whether a line may end at the space at i: no white space, nor what
// is written with an escape, stands beside it.
func foldable(v string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(v[:i])
	after, _ := utf8.DecodeRuneInString(v[i+1:])
	ok := func(r rune) bool { return !unicode.IsSpace(r) && escaped(r) == string(r) }
	return ok(before) && ok(after)
}

// nextWord is how many characters stand before the next space.
func nextWord(s string) int {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		s = s[:i]
	}
	return utf8.RuneCountInString(s)
}

// escaped writes a character inside quotation marks.
func escaped(r rune) string {
	switch {
	case r == '"':
		return `\"`
	case r == '\\':
		return `\\`
	case r == '\t':
		return `\t`
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r < ' ' || r >= 0x7f && r <= 0xa0:
		return fmt.Sprintf(`\x%02x`, r)
	case r == 0xfeff || r == 0x2028 || r == 0x2029 || r == 0xfffe || r == 0xffff || !unicode.IsPrint(r) && r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	case !unicode.IsPrint(r):
		return fmt.Sprintf(`\U%08x`, r)
	}
	return string(r)
}
