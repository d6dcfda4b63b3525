package question

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/words"
)

//go:embed english.txt
var english string

//go:embed languages.txt
var languages string

// kindPattern is what the questions of a kind look like.
type kindPattern struct {
	kind    Kind
	pattern *regexp.Regexp
}

var lists, patterns = parse(english)

// opening is what may stand before a question that is asked in a clause.
var opening = regexp.MustCompile(`^(?:(?:(?:can|could|would|will) you (?:please )?)?(?:tell|say|show|remind)(?: (?:me|us))?|do you know|does (?:it|this|the \w+) (?:say|tell(?: (?:me|us))?)|i (?:want|need|would like) to know|any idea|(?:i|we) (?:have no time|did not read (?:it|this))) ((?:who|whom|what|when|where|which|how|by|from|on) .+)$`)

// ask is what may stand before something that is asked for.
const ask = `(?:(?:can|could|would|will) (?:you|u) |please |i (?:want|need|would like)(?: to (?:see|read|have|know))? |let me see |what (?:is|are|was|were) )?(?:(?:give|show|tell|read|list|get|find|send|print|quote|display|name|see)(?: me| us)? )?(?:(?:the|a|an|all|every|any|some|of|its|your|me|all of|each) )*`

// section is a kind with the lines of its patterns.
type section struct {
	kind  Kind
	lines []string
}

// parse reads a data file: lists of words, then patterns. What it says stands at the file's top.
func parse(data string) (lists map[string]map[string]bool, patterns []section) {
	lists = map[string]map[string]bool{}
	before, rest, _ := strings.Cut(data, "\n[")
	for _, l := range words.Lists(before) {
		lists[l.Name] = words.Set(strings.Join(l.Words, " "))
	}
	for line := range strings.Lines("[" + rest) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			patterns = append(patterns, section{kind: Kind(strings.Trim(line, "[]"))})
		default:
			last := &patterns[len(patterns)-1]
			last.lines = append(last.lines, line)
		}
	}
	return lists, patterns
}

// kinds are the patterns of each kind. Compiling them takes half of the time in which a
// program that asks nothing is done.
var kinds = sync.OnceValue(func() []kindPattern {
	texts := alternatives(lists["text"])
	expand := strings.NewReplacer(
		"<ask>", ask,
		"<text>", texts,
		"<it>", `(?:it|this|that|here|(?:(?:the|this|that|your|whole|entire) )*`+texts+`)`,
		"<para>", `(?:paragraphs?|parag|para|par|p)`,
		"<word>", `(?:(?:the |an? )?(?:word|term|phrase|name|keyword)s? |the |an? )?`,
		"<briefly>", `(?:in (?:short|brief|one sentence|a sentence|a few (?:words|sentences)|one line|\d+ \w+|(?:two|three|five) \w+)|briefly)`,
		"<number>", `one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve`,
		"<ordinal>", `\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|final|opening|closing|second last|second to last|penultimate`)
	var out []kindPattern
	for _, s := range patterns {
		all := `^(?:` + strings.Join(s.lines, "|") + `)$`
		re, err := regexp.Compile(expand.Replace(all))
		if err != nil {
			panic(fmt.Sprintf("the patterns of %s: %v", s.kind, err)) // the program was built with a broken file
		}
		out = append(out, kindPattern{kind: s.kind, pattern: re})
	}
	return out
})

// Warm compiles what the first question would wait for.
func Warm() { kinds() }

// Words returns the words of four letters and more by which questions that any source or bot
// can be asked are known, and how often they occur, so that they can be spelled right.
func Words() map[string]int {
	out := map[string]int{}
	_, patterns, _ := strings.Cut(english, "\n[")
	for _, w := range longWords.FindAllString(patterns, -1) {
		out[w] = max(2, out[w]+1)
	}
	return out
}

var longWords = regexp.MustCompile(`[a-z]{4,}`)

func alternatives(list map[string]bool) string {
	var out []string
	for w := range list {
		out = append(out, regexp.QuoteMeta(w))
	}
	slices.Sort(out)
	return `(?:` + strings.Join(out, "|") + `)`
}

// language is a language that questions are not read in.
type language struct {
	code string
	// words are its small words; those that are true are enough where nothing is English.
	words map[string]bool
	reply string
}

// sharedWords are words of other languages that are English as well.
var others, sharedWords = parseLanguages(languages)

func parseLanguages(data string) (out []language, shared map[string]bool) {
	shared = map[string]bool{}
	at := func(code string) *language {
		for i := range out {
			if out[i].code == code {
				return &out[i]
			}
		}
		out = append(out, language{code: code, words: map[string]bool{}})
		return &out[len(out)-1]
	}
	last := ""
	for line := range strings.Lines(data) {
		line = strings.TrimRight(line, "\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if code, reply, ok := strings.Cut(line, "> "); ok && len(code) == 2 {
			at(code).reply = reply
			continue
		}
		rest := line
		if code, after, ok := strings.Cut(line, ": "); ok && len(code) == 2 {
			last, rest = code, after
		}
		for w := range strings.FieldsSeq(rest) {
			word, enough := strings.CutPrefix(w, "!")
			if last == "en" {
				shared[word] = true
			} else {
				at(last).words[word] = enough
			}
		}
	}
	return out, shared
}

// scripts are the languages that are known by their letters.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"ja", unicode.Hiragana}, {"ja", unicode.Katakana}, {"zh", unicode.Han}, {"ko", unicode.Hangul}, {"ar", unicode.Arabic}, {"hi", unicode.Devanagari}, {"ru", unicode.Cyrillic},
}

// englishWords are small words that are English and, but for a few, nothing else.
var englishWords = func() map[string]bool {
	out := map[string]bool{}
	for _, name := range []string{"auxiliary", "wh", "pronoun", "say", "chatter", "tag"} {
		for w := range lists[name] {
			out[w] = true
		}
	}
	for w := range strings.FieldsSeq("the a an of in on at to for from with by about this that these those and or not his her its my your i me if than") {
		out[w] = true
	}
	return out
}()

// Language returns the two-letter code of the language that a text is in, where it is
// plainly not English, and a reply in it in which %s stands for two questions; empty
// strings otherwise. What stands between quotation marks does not count.
func Language(text string) (code, reply string) {
	_, text = Quoted(text)
	if code := byScript(text); code != "" {
		return code, replyOf(code)
	}
	known, perhaps, seen := 0, 0, map[string]bool{} // English words, and those of them that are another language's as well
	small := map[string]bool{}                      // of those that are not English, whether they are written small
	for i, field := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		w := words.Fold(field)
		switch {
		case seen[w]:
		case sharedWords[w]:
			if englishWords[w] {
				perhaps++
			}
		case englishWords[w]:
			known++
		default:
			small[w] = i == 0 || !capital(field)
		}
		seen[w] = true
	}
	best, most := -1, 0
	for i, l := range others {
		n := 0
		for w, is := range small {
			enough, listed := l.words[w]
			switch {
			case !listed || !is && l.code != "de": // "Le Monde", "La Plata"; German nouns have capitals
			case enough && known+perhaps == 0:
				n += 2
			default:
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	// Two different small words of the language, a fourth of all, and more than there are English ones.
	if best < 0 || most < 2 || 4*most < len(seen) || most <= known {
		return "", ""
	}
	return others[best].code, others[best].reply
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// byScript returns the language in whose letters more than half of a text is written, or
// nothing.
func byScript(text string) string {
	letters := 0
	count := map[string]int{}
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		weight := 1
		for _, s := range scripts {
			if unicode.Is(s.table, r) {
				if s.code == "zh" || s.code == "ja" || s.code == "ko" { // one is a syllable or a word
					weight = 2
				}
				count[s.code] += weight
				break
			}
		}
		letters += weight
	}
	for _, s := range scripts {
		n := count[s.code]
		if s.code == "ja" && n > 0 { // Japanese is written with Chinese characters between its own
			n += count["zh"]
		}
		if 2*n > letters {
			return s.code
		}
	}
	return ""
}

func replyOf(code string) string {
	for _, l := range others {
		if l.code == code {
			return l.reply
		}
	}
	return ""
}
