package draft

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// title is the first line of a source that has no title, where it reads as one: short,
// one sentence, without a full stop.
func title(source *corpus.Source) string {
	paragraphs := source.Paragraphs()
	line := paragraphs[0].Text()
	n := len(strings.Fields(line))
	last, _ := utf8.DecodeLastRuneInString(line)
	if source.Meta().Title != "" || len(paragraphs) == 1 || n < 2 || n > 20 || strings.ContainsRune(".,;:!?", last) || len(words.Sentences(line)) != 1 || isFurniture(line) {
		return ""
	}
	return line
}

// furniture are lines that most likely do not belong to an article's text.
var furniture = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:photo|image|picture|illustration|photograph|credit|source)s?(?: credit)?(?: by)?[:|/].{0,80}`,
	`(?:photo|image|photograph|illustration)s? (?:by|courtesy|credit).{0,80}`,
	`.{0,60}(?:getty images|/ ?reuters|/ ?ap photo|via getty|shutterstock|unsplash).{0,30}`,
	`by (?:\p{Lu}[\p{L}.'’-]+)(?: (?:and )?\p{L}[\p{L}.'’-]+){0,5}`,
	`\+? ?(?:there are )?(?:no|\d+) comments?\.?`, `add yours`, `(?:leave|post|add|write) a (?:comment|reply)\.?`, `comments?(?: ?\(\d+\))?`,
	`(?:share|tweet|pin|email|e-mail|print|save|like|follow)(?: (?:this|us|on|via|it|article|story|post|page|to|by|twitter|facebook|linkedin|x|email|whatsapp|reddit)){0,5}\.?`,
	`(?:facebook|twitter|linkedin|whatsapp|reddit|instagram|copy link)(?:[ ,|·]+(?:facebook|twitter|linkedin|whatsapp|reddit|instagram|email|copy link))*`,
	`.{0,60}\b(?:uses? cookies|cookie policy|accept (?:all )?cookies|privacy policy|terms of (?:use|service))\b.{0,120}`,
	`.{0,40}\b(?:sign up|subscribe|log in|sign in)\b.{0,60}`, `(?:read|see) (?:more|also|next)\b.{0,80}`, `related (?:articles?|stories|posts?)\b.{0,40}`,
	`(?:advertisement|sponsored|all rights reserved\.?|©.{0,80}|copyright .{0,80})`,
	`(?:published|updated|posted|last modified)(?: on| at)?:? .{0,60}`, `\d+ min(?:ute)?s? read`,
}, `|`) + `)$`)

// isFurniture reports whether a line is likely no part of the article.
func isFurniture(line string) bool {
	return utf8.RuneCountInString(line) <= 200 && !strings.HasPrefix(line, "by ") && furniture.MatchString(line)
}

// ids are the names that were made out of words, each once.
type ids map[string]bool

// idWords is how many words make an id, and idLength its most bytes.
const (
	idWords  = 4
	idLength = 40
)

// of returns a free id made of the first words of a text that say something.
func (taken ids) of(text string) string {
	var parts []string
	length := 0
	for _, t := range words.Tokens(text) {
		w := slug(t.Word)
		if len(w) < 2 || len(w) > idLength || noNoun[w] || determiners[w] {
			continue
		}
		if length += len(w) + 1; length > idLength {
			break
		}
		if parts = append(parts, w); len(parts) == idWords {
			break
		}
	}
	id := strings.Join(parts, "-")
	if id == "" || '0' <= id[0] && id[0] <= '9' || len(parts) == 1 {
		id = strings.TrimSuffix("passage-"+id, "-")
	}
	for n, base := 2, id; taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	taken[id] = true
	return id
}

// slug keeps the plain letters and figures of a word.
func slug(w string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(w))
}
