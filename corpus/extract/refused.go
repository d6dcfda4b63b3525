package extract

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// otherKind is a kind of text that is written for a program and is none of a document: what it
// is, what works in its place, how the names of its files end, and how it begins, where that
// leaves no doubt.
type otherKind struct {
	what, works, suffixes string
	begins                *regexp.Regexp
}

const (
	asPage  = "make a web page of it, or save its text as plain text, and add that"
	asPDF   = "make a PDF of it and add that"
	asPlain = "save what matters of it as plain text and add that"
	asVTT   = "save the captions as VTT or SRT and add those"
	// element is what may stand before the first element of XML.
	element = `(?is)^\s*(?:<[?!][^>]*>\s*)*<`
)

var (
	program = otherKind{"the source of a program", asPlain, ".py .js .mjs .cjs .ts .tsx .jsx .go .rs .c .h .cc .cpp .hpp .cs .java .kt .swift .rb .php .pl .lua .r .jl .hs .scala .sh .bash .zsh .ps1 .bat .cmd .vue", regexp.MustCompile(`^(?:#!\s*/|<\?php\b)`)}
	inYAML  = otherKind{"YAML", "save the questions and answers in it as JSON and add that", ".yaml .yml", nil}
	tagged  = otherKind{"HTML", "give its file a name that ends with .html and add that", "", nil}

	otherKinds = []otherKind{
		program, inYAML,
		{"a feed", "add the addresses of its articles", ".rss .atom .opml", regexp.MustCompile(element + `(?:rss|feed|rdf:rdf|opml)\b`)},
		{"a drawing (SVG)", asPlain, ".svg", regexp.MustCompile(element + `svg\b`)},
		{"a file of captions in TTML", asVTT, ".ttml .dfxp", regexp.MustCompile(element + `tt(?::tt)?\b`)},
		{"a flat document of OpenDocument", "save it as ODT and add that", ".fodt", regexp.MustCompile(element + `office:document\b`)},
		{"XML", asPage, ".xml", regexp.MustCompile(`^\s*<\?xml\b`)},
		{"LaTeX", asPDF, ".tex .latex .ltx", regexp.MustCompile(`^\s*(?:%[^\n]*\n\s*)*\\(?:documentclass|documentstyle|begin|usepackage|input|section|chapter|title|def|newcommand)\b`)},
		{"Typst", asPDF, ".typ", nil},
		{"AsciiDoc", asPage, ".adoc .asciidoc", regexp.MustCompile(`^(?:= \S[^\n]*\n(?:[^\n]*\n)*?(?::[\w-]+:[ \n]|==+ \S)|:(?:doctype|toc|icons|author|revdate|imagesdir):)`)},
		{"Org", asPage, ".org", regexp.MustCompile(`(?i)^\s*#\+(?:title|author|options|startup|date):`)},
		{"wiki markup", asPage, ".wiki .mediawiki .textile", nil},
		{"a file of captions in ASS", asVTT, ".ass .ssa", regexp.MustCompile(`^\s*\[Script Info\]`)},
		{"a file of captions in SBV", asVTT, ".sbv", regexp.MustCompile(`^\s*\d+:\d\d:\d\d\.\d{3},\d+:\d\d:\d\d\.\d{3}\s*\n`)},
		{"a file of captions in SUB", asVTT, ".sub", regexp.MustCompile(`^\s*\{\d+\}\{\d+\}`)},
		{"a file of captions in LRC", asVTT, ".lrc", regexp.MustCompile(`^(?:\[[a-z]+:[^\]\n]*\]\s*\n)*\[\d\d:\d\d\.\d\d\d?\][^\n]*\n\[\d\d:\d\d\.\d\d`)},
		{"a notebook", "save it as HTML and add that", ".ipynb", nil},
		{"a database in SQL", "save the questions and answers in it as CSV and add that", ".sql", nil},
		{"a calendar", asPlain, ".ics", regexp.MustCompile(`^BEGIN:VCALENDAR\b`)},
		{"an address book", asPlain, ".vcf", regexp.MustCompile(`^BEGIN:VCARD\b`)},
		{"a list of changes", asPlain, ".diff .patch", regexp.MustCompile(`^(?:diff --git |--- \S+[^\n]*\n\+\+\+ \S)`)},
		{"a file of settings", asPlain, ".toml .ini .css .bib", nil},
	}
)

// refused says what text is, and what works in its place.
func (k otherKind) refused() error {
	return errors.New("it is " + k.what + " and no text to be read as it stands; " + k.works)
}

// otherStart says what text is that is none of a document, by its beginning.
func otherStart(start string) error {
	for _, k := range otherKinds {
		if k.begins != nil && k.begins.MatchString(start) {
			return k.refused()
		}
	}
	return nil
}

// otherName says what text is that is none of a document, by the name of its file. What is read
// from the web as ".php" was made by such a program.
func otherName(in Input) error {
	end := suffix(in.Name)
	if in.Address != nil && (end == ".php" || end == ".pl") {
		return nil
	}
	for _, k := range otherKinds {
		if end != "" && slices.Contains(strings.Fields(k.suffixes), end) {
			return k.refused()
		}
	}
	return nil
}

var (
	// jsonStart begins an object, or a list of them.
	jsonStart = regexp.MustCompile(`^\s*(?:\[\s*)?\{\s*"[^"\n]*"\s*:`)
	// tagOpen and tagClosed are tags of HTML around words; a text on HTML has blanks around tags.
	tagOpen   = regexp.MustCompile(`(?i)<(?:p|div|span|h[1-6]|ul|ol|li|table|t[rdh]|blockquote|a|b|strong|em|i|u|font|center)(?:\s[^<>]*)?>(?:\s*\n\s*)?[\p{L}\p{N}“"'‘(<]`)
	tagClosed = regexp.MustCompile(`(?i)[\p{L}\p{N}.,:;!?”"'’)>](?:\s*\n\s*)?</(?:p|div|span|h[1-6]|ul|ol|li|table|t[rdh]|blockquote|a|b|strong|em|i|u|font|center)>`)
	tagBreak  = regexp.MustCompile(`(?i)[^\s(]\s*<br\s*/?>\s*(?:\n|[\p{L}\p{N}<])`)
	// codeLine is a line of a program in one of the usual languages.
	codeLine = regexp.MustCompile(`^\s*(?:import [\w.{*"(]|from [\w.]+ import |#include\b|package \w+;?$|using [\w.]+;$|(?:async )?def \w+\(|class \w+\s*[(:{]|(?:export |const |let |var |static |public |private )+[\w:<>\[\]* ]+\s*[=({]|func(?:tion)?\b.*[({]$|` +
		`(?:el)?if\b.*[:{]$|for\b.*[:{]$|return\b.*;$|return [\w.]+(?:\(.*\))?$|[\w.]+ ?[-+]?= ?\S.*$|[\w.:>-]+\(.*\);?$|[)}\]]+[;,)]*$|.*(?:[)\]}"'];|[)=>] ?\{)$|@\w+(?:\(.*\))?$)`)
	// yamlLine is a line of a file of settings, yamlName one with a name, in small letters, and
	// yamlNested one with others below it.
	yamlName   = regexp.MustCompile(`(?m)^[ \t]*(?:- )?[a-z_][\w.-]*:(?:[ \t]|$)`)
	yamlLine   = regexp.MustCompile(`^\s*(?:- )?(?:[a-z_][\w.-]*:(?:\s.*)?|- .*|#.*|---|\.\.\.)$`)
	yamlNested = regexp.MustCompile(`(?m)^[a-z_][\w.-]*:[ \t]*\n(?:[ \t]+|- )\S`)
)

const (
	// fewestTags is how many tags a text has at least that is marked up with them, and
	// fewestCode how many lines of code one that is a program.
	fewestTags = 2
	fewestCode = 4
	// fewestNames is how many names settings have at least: "needed:" may head a list.
	fewestNames = 3
)

// forProgram says what text is that has lines of a program or its settings for the most part.
func forProgram(start string) error {
	code, settings, all := 0, 0, 0
	for line := range strings.Lines(start) {
		if line = strings.TrimRight(line, " \t\n"); line == "" {
			continue
		}
		all++
		if codeLine.MatchString(line) {
			code++
		}
		if yamlLine.MatchString(line) {
			settings++
		}
	}
	var known map[string]any
	switch {
	case code >= fewestCode && 2*code > all:
		return program.refused()
	case 2*settings > all && yamlNested.MatchString(start) && len(yamlName.FindAllString(start, fewestNames)) == fewestNames && yaml.Unmarshal([]byte(start[:strings.LastIndexByte(start, '\n')]), &known) == nil && known != nil:
		return inYAML.refused()
	}
	return nil
}

// withTags says that text is marked up as a page is, without being called one.
func withTags(start string) error {
	several := func(tag *regexp.Regexp) bool { return len(tag.FindAllString(start, fewestTags)) == fewestTags }
	if several(tagOpen) && several(tagClosed) || several(tagBreak) {
		return tagged.refused()
	}
	return nil
}
