package draft

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
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

// furniture are lines that most likely do not belong to an article's text. Compiled where they
// are wanted, they do not hold up every start.
var furniture = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(furnitureLines, "|") + `)$`)
})

var furnitureLines = []string{
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
}

// isFurniture reports whether a line is likely no part of the article.
func isFurniture(line string) bool {
	return utf8.RuneCountInString(line) <= 200 && !strings.HasPrefix(line, "by ") && furniture().MatchString(line)
}

// IDs are ids that are taken.
type IDs map[string]bool

// idWords is how many words make an id, and idLength its most bytes.
const (
	idWords  = 4
	idLength = 40
)

// Of returns an id that is not taken, and takes it: the first words of a text that say
// something, behind the kind of thing that it is for where they make no name.
func (taken IDs) Of(kind, text string) string {
	parts := []string{}
	length := 0
	for _, t := range words.Tokens(text) {
		w := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, t.Word)
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
	if len(parts) == 0 || '0' <= parts[0][0] && parts[0][0] <= '9' {
		parts = append([]string{kind}, parts...)
	}
	base := strings.Join(parts, "-")
	id := base
	for n := 2; taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	taken[id] = true
	return id
}
