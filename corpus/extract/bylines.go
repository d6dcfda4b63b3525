package extract

import (
	"regexp"
	"strings"
	"time"

	"verbatim/corpus/attribution"
)

const (
	months = `(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)`
	// aName is a person's name of two words to five: "Ada van der Berg".
	aName = `\p{Lu}[\p{L}.'’-]*(?: (?:van|von|der|den|de|di|da|del|la|le|bin|al|\p{Lu}[\p{L}.'’-]*)){0,3} \p{Lu}[\p{L}'’-]+`
	// byWithin is among how many blocks at the beginning a byline stands.
	byWithin = 6
	// longestByline is how many bytes a byline has at most.
	longestByline = 200
)

var (
	writtenDate = regexp.MustCompile(`(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?\.? (?:january|february|march|april|may|june|july|august|september|october|november|december),? \d{4}|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}(?:st|nd|rd|th)?,? \d{4})`)
	byline      = regexp.MustCompile(`(?i)^(?:by|from|written|posted|published|updated|date|on|,|:|\||·|[-–—])+$`)
	// named is a line that says who wrote what follows, with what may stand behind the name:
	// an office, a date.
	named = regexp.MustCompile(`^(?i:by|written by|words by|text by|posted by|author:)\s+(` + aName + `(?:(?:, | and |, and )` + aName + `)*)(?:,? (?i:on )?\d.*|, .*|\s+(?:[|·•–—(]|(?i:in|for)\b).*)?$`)
	// dateline begins a report with where and when it was written: "VELDEN, 3 May (Reuters) –".
	dateline = regexp.MustCompile(`^\p{Lu}[\p{Lu}.'’ /-]+(?:, \p{L}[\p{L}. ]{1,30})?,\s+((?i:\d{1,2}(?:st|nd|rd|th)? ` + months + `|` + months + ` \d{1,2}(?:st|nd|rd|th)?)(?:,? \d{4})?)\s*(?:\([^()]{2,60}\)\s*)?(?:—|–|--?)\s`)
)

// bylines takes from the lines near the beginning who wrote the document and when, where
// it does not tell them otherwise, and makes furniture of those that say nothing else:
// that stands in every citation, and is no answer.
func (d *Document) bylines() {
	for i := range d.Blocks[:min(byWithin, len(d.Blocks))] {
		b := &d.Blocks[i]
		if b.Kind != Paragraph {
			continue
		}
		if m := dateline.FindStringSubmatch(b.Text); m != nil && d.Published == "" {
			d.Published = asDate(m[1])
		}
		if len(b.Text) > longestByline {
			continue
		}
		if m := named.FindStringSubmatch(b.Text); m != nil && d.Author == "" && !endsSentence(b.Text) {
			d.Author = m[1]
		}
		// A name by itself, below the title.
		if d.Author == "" && i == 1 && d.Blocks[0].Kind == Heading && attribution.FullName(b.Text) {
			d.Author = b.Text
		}
		rest := writtenDate.ReplaceAllString(b.Text, " ")
		if d.Author != "" {
			rest = strings.ReplaceAll(rest, d.Author, " ")
		}
		if rest == b.Text || !byline.MatchString(strings.Join(strings.Fields("by "+rest), "")) {
			continue
		}
		b.Kind = Caption
		if at := writtenDate.FindString(b.Text); d.Published == "" && at != "" {
			d.Published = asDate(at)
		}
	}
}

var (
	weekday = regexp.MustCompile(`(?i)^\p{L}+day,? `)
	ordinal = regexp.MustCompile(`(\d)(?:st|nd|rd|th|\.)`)
)

// asDate is a date in words as YYYY-MM-DD, or as it stands where it has no year.
func asDate(s string) string {
	plain := strings.ReplaceAll(ordinal.ReplaceAllString(weekday.ReplaceAllString(s, ""), "$1"), ",", "")
	for _, layout := range []string{"2006-01-02", "2 January 2006", "January 2 2006", "2 Jan 2006", "Jan 2 2006", "2 Jan. 2006", "Jan. 2 2006"} {
		if at, err := time.Parse(layout, plain); err == nil {
			return at.Format("2006-01-02")
		}
	}
	return s
}
