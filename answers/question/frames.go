package question

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"verbatim/corpus/words"
)

// A question is often two things at once: a subject, and a frame around it ("give me the exact
// words on …", "… his wording or the reporter's?", "for my newsletter: …"). The frame says how to
// answer, and its words would drown the subject's.

// Frame is how a question wants to be answered.
type Frame struct {
	// Attribution: whose words they are.
	Attribution bool
	// Wording: the exact words, so a passage and not what it tells.
	Wording bool
	// Beside is who or what "and …?" or "what about …?" puts beside what was talked about, folded; empty elsewhere.
	Beside string
	// Rest is the question without its frames, folded (see words.Fold).
	Rest string
	// Stripped: something was taken out.
	Stripped bool
}

//go:embed frames.txt
var framesFile string

var frameLists, frameSections = parse(framesFile)

// framePattern returns a section of the frames as one expression, built into a format and compiled where it
// is first wanted: most questions want none, and every start would wait for it.
func framePattern(name, before, after string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		lines := map[string]string{}
		for _, s := range frameSections {
			lines[string(s.kind)] = strings.Join(s.lines, "|")
		}
		var named []string
		for name, pattern := range lines {
			named = append(named, "<"+name+">", pattern)
		}
		re := regexp.MustCompile(before + `(?:` + strings.NewReplacer(named...).Replace(lines[name]) + `)` + after)
		re.Longest()
		return re
	})
}

var (
	attributionFrames = framePattern("attribution", `(?:^|\b)`, `(?:\b|\s|$)`)
	wordingFrames     = framePattern("wording", `(?:^|\b)`, `(?:\b|\s|$)`)
	otherFrames       = framePattern("other", `(?:^|\b)`, `(?:\b|\s|$)`)
	asksSayer         = framePattern("sayer", `^`, `\b`)
	beside            = framePattern("beside", `^`, `[ ?!.]*$`)
	onlySource        = framePattern("source", `^[ ,.?!]*`, `[ ,.?!]*$`)
)

// frameOf reads the frames of a question, whose tokens are known.
func frameOf(text string, tokens []words.Token) Frame {
	f := Frame{Rest: words.Fold(text)}
	strip := func(re func() *regexp.Regexp) bool {
		if rest := re().ReplaceAllString(f.Rest, " "); rest != f.Rest {
			f.Rest, f.Stripped = rest, true
			return true
		}
		return false
	}
	anyOf := func(list map[string]bool) bool {
		return slices.ContainsFunc(tokens, func(t words.Token) bool { return list[t.Word] })
	}
	whole := f.Rest
	if m := beside().FindStringSubmatch(whole); m != nil {
		f.Beside = m[1]
	}
	f.Attribution = anyOf(frameLists["attributionCues"]) && strip(attributionFrames) || asksSayer().MatchString(f.Rest)
	if f.Attribution && anyOf(lists["writing"]) && onlySource().MatchString(f.Rest) {
		f = Frame{Rest: whole} // who wrote the article, not whose words these are
	}
	f.Wording = anyOf(frameLists["wordingCues"]) && strip(wordingFrames)
	strip(otherFrames)
	f.Rest = strings.Join(strings.Fields(f.Rest), " ")
	f.Rest = strings.Trim(f.Rest, " ,;:.?!-–—")
	return f
}
