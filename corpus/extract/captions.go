package extract

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

var (
	cueTime  = regexp.MustCompile(`^\s*((?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3})\s*-->\s*((?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3})`)
	voice    = regexp.MustCompile(`(?i)<v(?:\.[^\s>]*)?\s+([^>]+)>`)
	cueTag   = regexp.MustCompile(`</?[a-zA-Z][^>]*>|<\d[\d:.]*>|\{\\[^}]*\}|\{/?[biu]\}`)
	sound    = regexp.MustCompile(`^[\[(♪♫][^\])]*[\])♪♫]?$|^♪.*♪$`)
	turnMark = regexp.MustCompile(`^(?:>>+|&gt;&gt;|-|–|—)\s*`)
	shouted  = regexp.MustCompile(`^([\p{Lu}][\p{Lu}.'’ -]{1,40}):\s*`)
)

// pause is a silence between cues after which a new paragraph begins where nobody is
// named.
const pause = 4 * time.Second

// longParagraph is how many characters the words of one speaker have at least before
// a paragraph ends with a sentence: what a screen shows of a transcript.
const longParagraph = 500

// cue is one caption.
type cue struct {
	start, end time.Duration
	lines      []string
}

// readCaptions reads WebVTT and SubRip: cues are joined to what one speaker says.
func readCaptions(_ Input, text string) (*Document, error) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	doc := &Document{}
	head, _, _ := strings.Cut(text, "\n\n")
	if first, ok := strings.CutPrefix(head, "WEBVTT"); ok {
		first, _, _ = strings.Cut(first, "\n")
		doc.Title = strings.Trim(first, " \t-–—")
	}
	for line := range strings.Lines(head) {
		key, v, ok := strings.Cut(strings.TrimSpace(line), ":")
		if ok && !strings.Contains(line, "-->") {
			doc.known(strings.ToLower(key), strings.TrimSpace(v))
		}
	}
	all := withoutRepeats(cues(text))
	t := transcript{doc: doc, voices: voice.MatchString(text), labels: cueLabels(all)}
	for _, c := range all {
		t.cue(c)
	}
	t.flush()
	if t.named {
		doc.Notes = append(doc.Notes, "cues were joined to turns of their speakers")
	} else {
		doc.Notes = append(doc.Notes, "cues were joined to paragraphs; they name no speakers")
	}
	return doc, nil
}

// cues cuts captions into cues. Notes, styles and numbers are none.
func cues(text string) []cue {
	var out []cue
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		m := cueTime.FindStringSubmatch(lines[i])
		if m == nil {
			continue
		}
		c := cue{start: offset(m[1]), end: offset(m[2])}
		for i++; i < len(lines) && strings.TrimSpace(lines[i]) != "" && !cueTime.MatchString(lines[i]); i++ {
			c.lines = append(c.lines, lines[i])
		}
		if i < len(lines) && cueTime.MatchString(lines[i]) {
			i--
			if n := len(c.lines); n > 0 && strings.Trim(c.lines[n-1], "0123456789 ") == "" {
				c.lines = c.lines[:n-1] // the number of the next cue
			}
		}
		out = append(out, c)
	}
	return out
}

// offset reads a time such as 01:02:03.450 or 02:03,450.
func offset(s string) time.Duration {
	clock, fraction, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	seconds := 0
	for part := range strings.SplitSeq(clock, ":") {
		n, _ := strconv.Atoi(part) // only digits come here
		seconds = seconds*60 + n
	}
	thousandths, _ := strconv.Atoi((fraction + "00")[:3])
	return time.Duration(seconds)*time.Second + time.Duration(thousandths)*time.Millisecond
}

// withoutRepeats takes away the lines that a cue repeats of the one before it, as
// captions do that roll up.
func withoutRepeats(all []cue) []cue {
	var before []string
	for i := range all {
		var lines, now []string // of the cue, as they stand and as they read
		for _, l := range all[i].lines {
			if plain := oneLine(cueTag.ReplaceAllString(l, "")); plain != "" {
				lines, now = append(lines, l), append(now, plain)
			}
		}
		repeated := min(len(before), len(now))
		for repeated > 0 && !slices.Equal(before[len(before)-repeated:], now[:repeated]) {
			repeated--
		}
		all[i].lines = lines[repeated:]
		if len(now) > 0 {
			before = now
		}
	}
	return all
}

// transcript joins cues.
type transcript struct {
	doc     *Document
	speaker string
	named   bool
	voices  bool            // cues tell their speakers by elements, so one without tells none
	labels  map[string]bool // who speaks, by names that are none of people
	text    string
	end     time.Duration
}

// cue takes the lines of a cue. A line that begins with a name or a mark of another
// speaker begins a turn.
func (t *transcript) cue(c cue) {
	nobody := t.voices && !slices.ContainsFunc(c.lines, voice.MatchString)
	if nobody && t.speaker != "" || t.speaker == "" && c.start > t.end+pause && endsSentence(t.text) {
		t.flush()
		t.speaker = ""
	}
	for i, line := range c.lines {
		speaker, said, begins := t.cueSpeaker(line, i == 0)
		said = oneLine(html.UnescapeString(cueTag.ReplaceAllString(said, "")))
		if sound.MatchString(said) {
			continue
		}
		if begins && (speaker != t.speaker || speaker == "") {
			t.flush()
			t.speaker = speaker
		}
		if t.speaker == "" && len(t.text) >= longParagraph && endsSentence(t.text) {
			t.flush()
		}
		if t.text == "" {
			t.text = said
		} else if said != "" {
			t.text += " " + said
		}
	}
	t.end = max(t.end, c.end)
}

var (
	// cueLabel begins a cue with who speaks, whatever that is called.
	cueLabel = regexp.MustCompile(`^([\p{L}\p{N}][^:"“”?!]{0,70}): +\S`)
	// accountName is how a program calls somebody who gave no name: "tom.berg", "Tom's iPhone".
	accountName = regexp.MustCompile(`^(?:\S+|\S+['’]s \S+)$`)
)

// cueLabels are the names with which cues begin: all, where nearly every cue begins with one, as
// programs for meetings have it, else those of accounts that come again.
func cueLabels(all []cue) map[string]bool {
	count, labelled := map[string]int{}, 0
	for _, c := range all {
		if m := cueLabel.FindStringSubmatch(strings.Join(c.lines[:min(1, len(c.lines))], "")); m != nil {
			count[m[1]]++
			labelled++
		}
	}
	every := labelled >= fewestTurns && labelled*10 >= len(all)*9 && len(count) < labelled
	labels := map[string]bool{}
	for name, n := range count {
		labels[name] = every || n > 1 && accountName.MatchString(name)
	}
	return labels
}

// cueSpeaker tells who speaks a line, and whether a turn begins with it. A dash
// begins one only where it is the first thing of a cue or of a line in one.
func (t *transcript) cueSpeaker(line string, first bool) (speaker, said string, begins bool) {
	if m := voice.FindStringSubmatch(line); m != nil {
		return oneLine(html.UnescapeString(m[1])), line, true
	}
	plain := oneLine(html.UnescapeString(cueTag.ReplaceAllString(line, "")))
	mark := turnMark.FindString(plain)
	rest := strings.TrimPrefix(plain, mark)
	if m := shouted.FindStringSubmatch(rest); m != nil {
		return titleCase(m[1]), strings.TrimPrefix(rest, m[0]), true
	}
	if m := cueLabel.FindStringSubmatch(rest); m != nil && first && t.labels[m[1]] {
		return m[1], strings.TrimSpace(rest[len(m[1])+1:]), true
	}
	if name := speakerOf(rest); name != "" && (first || mark != "") {
		return name, strings.TrimSpace(strings.TrimPrefix(rest, name+":")), true
	}
	if strings.HasPrefix(mark, ">>") || mark != "" && strings.HasSuffix(mark, " ") {
		return "", rest, true
	}
	return "", line, false
}

// titleCase writes a name in capitals as names are written, but for initials.
func titleCase(name string) string {
	fields := strings.Fields(name)
	for i, f := range fields {
		if r := []rune(f); len(r) > 2 && !strings.Contains(f, ".") {
			for k := 1; k < len(r); k++ {
				if unicode.IsLetter(r[k-1]) {
					r[k] = unicode.ToLower(r[k])
				}
			}
			fields[i] = string(r)
		}
	}
	return strings.Join(fields, " ")
}

// flush ends the turn that is being read.
func (t *transcript) flush() {
	switch {
	case t.text == "":
	case t.speaker != "":
		t.named = true
		t.doc.add(Turn, t.speaker+": "+t.text)
	default:
		t.doc.add(Paragraph, t.text)
	}
	t.text = ""
}
