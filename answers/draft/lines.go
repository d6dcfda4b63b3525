package draft

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// isTitle reports whether a first line reads as a title: short, one sentence, without
// a full stop.
func isTitle(line string) bool {
	n := len(strings.Fields(line))
	return n >= 2 && n <= 20 && utf8.RuneCountInString(line) <= 150 && !strings.ContainsRune(".,;:!", lastRune(line)) &&
		len(words.Sentences(line)) == 1 && !isFurniture(line) && strings.IndexFunc(line, func(r rune) bool { return r < ' ' }) < 0
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
	if utf8.RuneCountInString(line) > 200 {
		return false
	}
	if strings.HasPrefix(line, "by ") {
		return false
	}
	return furniture.MatchString(line)
}

// ids makes names out of words, each once.
type ids struct{ taken map[string]bool }

func newIDs() *ids { return &ids{map[string]bool{}} }

// idWords is how many words make an id, and idLength its most bytes.
const (
	idWords  = 4
	idLength = 40
)

// of returns a free id made of the first words of a text that say something; other
// is its beginning where the text has none.
func (i *ids) of(text, other string) string {
	var parts []string
	length := 0
	for _, t := range words.Tokens(text[:min(len(text), cut(text, 600))]) {
		w := slug(t.Word)
		if w == "" || determiners[w] || prepWords[w] || auxiliaries[w] || pronouns[w] || adverb(w) || len(w) < 2 {
			continue
		}
		if length += len(w) + 1; length > idLength && len(parts) > 0 {
			break
		}
		parts = append(parts, w[:min(len(w), idLength)])
		if len(parts) == idWords {
			break
		}
	}
	id := strings.Join(parts, "-")
	if id == "" || '0' <= id[0] && id[0] <= '9' || reserved[id] {
		id = strings.TrimSuffix(other+"-"+id, "-")
	}
	for n, base := 2, id; i.taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	i.taken[id] = true
	return id
}

// cut returns the greatest offset up to n at which a character begins.
func cut(s string, n int) int {
	if n >= len(s) {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// slug keeps the plain letters and figures of a word.
func slug(w string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, strings.ToLower(w))
}
