package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	rstDirective = regexp.MustCompile(`^\.\.(?:\s|$)`)
	rstAdmonish  = regexp.MustCompile(`^\.\. (?:note|warning|tip|important|hint|caution|attention|danger|error|admonition|epigraph|highlights|pull-quote|topic|sidebar|container|figure|table|rubric|centered|parsed-literal)::\s*(.*)$`)
	rstQuoting   = regexp.MustCompile(`^\.\. (?:epigraph|highlights|pull-quote)::`) // whose text is somebody's words
	rstField     = regexp.MustCompile(`^:([A-Za-z][\w -]*):\s+(.*)$`)
	rstItem      = regexp.MustCompile(`^(?:[-*+•‣]|\(?(?:\d+|#|[a-zA-Z]|[ivxl]+)[.)])\s+`)
	rstRole      = regexp.MustCompile("(?s)(?::[\\w:.+-]+:)?`([^`]+?)`(__?)?")
	rstTarget    = regexp.MustCompile(`(?s)\s*<[^<>]*>$`)
	rstLiteral   = regexp.MustCompile("(?s)``(.+?)``")
	rstStrong    = regexp.MustCompile(`(?s)(^|[\s(\["'“‘—-])\*{1,2}([^\s*](?:[^*]*[^\s*])?)\*{1,2}`)
	rstNote      = regexp.MustCompile(`\s*\[(?:#[\w-]*|\d+|\*)\]_`)
	rstReference = regexp.MustCompile(`\b([A-Za-z0-9]+)__?(\s|[.,;:!?)]|$)`)
	rstSubst     = regexp.MustCompile(`\|([^|\s][^|]*)\|_{0,2}`)
	rstColumns   = regexp.MustCompile(`^=+(?: +=+)+$`)
	rstEscape    = regexp.MustCompile(`\\(.)`)
)

// readRST reads reStructuredText as far as a text is written in it: its sections,
// paragraphs, lists and quotations, without directives, notes and comments.
func readRST(_ Input, text string) (*Document, error) {
	doc := &Document{}
	r := rstReader{doc: doc, lines: strings.Split(strings.NewReplacer("\r\n", "\n", "\t", "        ").Replace(text), "\n")}
	r.block(0, len(r.lines), 0)
	doc.Blocks = withTurns(doc.Blocks, 0)
	doc.titleLine()
	doc.firstHeading()
	return doc, nil
}

type rstReader struct {
	doc   *Document
	lines []string
	base  int // how far the text of a directive is set in
}

// underline reports whether a line is nothing but one sign of punctuation repeated.
func underline(line string) bool {
	line = strings.TrimRight(line, " ")
	return len(line) >= 2 && strings.ContainsAny(line[:1], "=-~^\"'`#*+:._<>") && strings.Trim(line, line[:1]) == ""
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// block reads lines that are indented alike.
func (r *rstReader) block(from, to, depth int) {
	for i := from; i < to; {
		line := r.lines[i]
		switch {
		case strings.TrimSpace(line) == "":
			i++
		case depth > maxNested:
			return
		default:
			i = r.element(i, to, depth)
		}
	}
}

// element reads what begins on a line and returns the line after it.
func (r *rstReader) element(i, to, depth int) int {
	line := strings.TrimSpace(r.lines[i])
	indent := indentOf(r.lines[i])
	next := ""
	if i+1 < to {
		next = r.lines[i+1]
	}
	switch {
	case line == "::":
		return r.deeper(i+1, to, indent)
	case rstColumns.MatchString(line):
		return r.table(i, to)
	case underline(line) && i+2 < to && underline(r.lines[i+2]) && strings.TrimSpace(next) != "":
		r.doc.add(Heading, rstInline(next))
		return i + 3
	case underline(line) && (len(line) > 3 || indent == 0):
		return i + 1 // a line between parts
	case underline(next) && indentOf(next) == indent && utf8.RuneCountInString(strings.TrimSpace(next)) >= min(4, utf8.RuneCountInString(line)) && !rstDirective.MatchString(line):
		r.doc.add(Heading, rstInline(line))
		return i + 2
	case rstDirective.MatchString(line) || line == "__" || strings.HasPrefix(line, "__ "):
		return r.directive(i, to, indent, depth)
	case rstField.MatchString(line) && indent == 0:
		return r.field(i, to)
	case strings.HasPrefix(line, ">>> ") || strings.HasPrefix(line, "+--") || strings.HasPrefix(line, "+=="):
		return i + 1
	case strings.HasPrefix(line, "| "):
		r.doc.add(Paragraph, rstInline(strings.TrimSuffix(strings.TrimPrefix(line, "| "), " |"))) // of a verse, or of a table
		return i + 1
	case rstItem.MatchString(line):
		return r.item(i, to, indent)
	}
	return r.paragraph(i, to, indent)
}

// table reads the rows of a table whose columns are ruled off by lines of "=": from a first
// such line to the last before a blank one.
func (r *rstReader) table(i, to int) int {
	var starts []int
	for at, c := range r.lines[i] {
		if c == '=' && (at == 0 || r.lines[i][at-1] == ' ') {
			starts = append(starts, at)
		}
	}
	for i++; i < to && strings.TrimSpace(r.lines[i]) != ""; i++ {
		line := r.lines[i]
		if rstColumns.MatchString(strings.TrimSpace(line)) {
			continue
		}
		var row []string
		for k, from := range starts {
			end := len(line)
			if k+1 < len(starts) {
				end = min(end, starts[k+1])
			}
			if cell := strings.TrimSpace(strings.ToValidUTF8(line[min(from, end):end], "")); cell != "" {
				row = append(row, cell)
			}
		}
		r.doc.add(Paragraph, rstInline(strings.Join(row, " | ")))
	}
	return i
}

// deeper returns the first line from i on that is not indented more.
func (r *rstReader) deeper(i, to, indent int) int {
	for i < to && (strings.TrimSpace(r.lines[i]) == "" || indentOf(r.lines[i]) > indent) {
		i++
	}
	return i
}

// directive leaves out a directive or a comment, but reads one whose content is text.
func (r *rstReader) directive(i, to, indent, depth int) int {
	end := r.deeper(i+1, to, indent)
	m := rstAdmonish.FindStringSubmatch(strings.TrimSpace(r.lines[i]))
	if m == nil {
		return end
	}
	line := strings.TrimSpace(r.lines[i])
	caption := strings.HasPrefix(line, ".. figure::")
	switch {
	case caption || m[1] == "":
	case strings.HasPrefix(line, ".. table::"):
		r.doc.add(Caption, rstInline(m[1]))
	default:
		r.doc.add(Paragraph, rstInline(m[1]))
	}
	from := len(r.doc.Blocks)
	k := i + 1
	for k < end && strings.HasPrefix(strings.TrimSpace(r.lines[k]), ":") { // its options
		k++
	}
	base := r.base
	for at := k; at < end && !rstQuoting.MatchString(line); at++ {
		if strings.TrimSpace(r.lines[at]) != "" {
			r.base = indentOf(r.lines[at])
			break
		}
	}
	r.block(k, end, depth+1)
	r.base = base
	if caption {
		for j := from; j < len(r.doc.Blocks); j++ {
			r.doc.Blocks[j].Kind = Caption
		}
	}
	return end
}

// field reads what a document tells of itself.
func (r *rstReader) field(i, to int) int {
	m := rstField.FindStringSubmatch(strings.TrimSpace(r.lines[i]))
	end := r.deeper(i+1, to, 0)
	r.doc.known(strings.ToLower(m[1]), oneLine(m[2]+" "+strings.Join(r.lines[i+1:end], " ")))
	return end
}

// item reads an item of a list: the lines that are set in as far as its text.
func (r *rstReader) item(i, to, indent int) int {
	mark := rstItem.FindString(strings.TrimSpace(r.lines[i]))
	text := strings.TrimPrefix(strings.TrimSpace(r.lines[i]), mark)
	k := i + 1
	for k < to && strings.TrimSpace(r.lines[k]) != "" && indentOf(r.lines[k]) > indent && !rstItem.MatchString(strings.TrimSpace(r.lines[k])) {
		text += " " + strings.TrimSpace(r.lines[k])
		k++
	}
	r.doc.add(Item, rstInline(text))
	return k
}

// paragraph reads lines up to a blank one, or to one that is indented otherwise.
func (r *rstReader) paragraph(i, to, indent int) int {
	var text []string
	k := i
	for k < to && strings.TrimSpace(r.lines[k]) != "" && indentOf(r.lines[k]) == indent {
		text = append(text, strings.TrimSpace(r.lines[k]))
		k++
	}
	all := strings.Join(text, " ")
	literal := strings.HasSuffix(all, "::")
	if literal {
		all = strings.TrimSuffix(all, ":")
	}
	kind := Paragraph
	switch {
	case indent > r.base:
		kind = Quotation
	case k < to && len(text) == 1 && strings.TrimSpace(r.lines[k]) != "" && indentOf(r.lines[k]) > indent:
		kind = Heading // a term and what it means
	}
	from := len(r.doc.Blocks)
	r.doc.add(kind, rstInline(all))
	if len(r.doc.Blocks) > from {
		r.doc.Blocks[from].bold = strings.HasPrefix(all, "**") && strings.Index(all[2:], "**") == len(all)-4
	}
	if kind == Quotation && !r.quotationGoesOn(k, to) {
		for from > 0 && r.doc.Blocks[from-1].Kind == Quotation {
			from--
		}
		r.doc.markQuotation(from)
	}
	if literal {
		return r.deeper(k, to, indent)
	}
	return k
}

// quotationGoesOn reports whether the next line with text is set in.
func (r *rstReader) quotationGoesOn(i, to int) bool {
	for ; i < to; i++ {
		if strings.TrimSpace(r.lines[i]) != "" {
			return indentOf(r.lines[i]) > r.base
		}
	}
	return false
}

// rstInline takes the markup out of text and leaves what links show.
func rstInline(s string) string {
	var kept []string // what is between marks of literal text, taken out meanwhile
	s = rstLiteral.ReplaceAllStringFunc(s, func(m string) string {
		kept = append(kept, strings.Trim(m, "`"))
		return "\x00"
	})
	s = rstRole.ReplaceAllStringFunc(s, func(m string) string {
		inner := rstRole.FindStringSubmatch(m)[1]
		if text := rstTarget.ReplaceAllString(inner, ""); text != "" {
			return text
		}
		return strings.Trim(inner, "<> ")
	})
	s = rstNote.ReplaceAllString(s, "")
	s = rstStrong.ReplaceAllString(s, "$1$2")
	s = rstSubst.ReplaceAllString(s, "$1")
	s = rstReference.ReplaceAllString(s, "$1$2")
	s = rstEscape.ReplaceAllStringFunc(s, func(m string) string {
		if m == `\ ` {
			return ""
		}
		return m[1:]
	})
	for _, k := range kept {
		s = strings.Replace(s, "\x00", k, 1)
	}
	return s
}
