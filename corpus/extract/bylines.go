package extract

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"verbatim/corpus/attribution"
)

const (
	months = `(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)`
	// aDate is one in words or digits.
	aDate = `(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?` + months + `,? \d{4}|` + months + ` \d{1,2}(?:st|nd|rd|th)?,? \d{4})`
	// aName is a person's name of two words to five: "Ada van der Berg".
	aName = `\p{Lu}[\p{L}.'’-]*(?: (?:van|von|der|den|de|di|da|del|la|le|bin|al|\p{Lu}[\p{L}.'’-]*)){0,3} \p{Lu}[\p{L}'’-]+`
	// byWithin is among how many blocks at the beginning a byline stands.
	byWithin = 6
	// longestByline is how many bytes a byline has at most.
	longestByline = 200
)

var (
	writtenDate = regexp.MustCompile(`(?i)\b` + aDate)
	byline      = regexp.MustCompile(`(?i)^(?:by|from|written|posted|published|first|last|updated|date|on|at|and|words|text|story|interview|photos?|photographs?|\d+min(?:ute)?s?(?:read)?|\d{1,2}[:.]\d\d(?:[ap]\.?m\.?)?|(?:press|news|media)release|gmt|utc|bst|c?est|[ecmp][sd]?t|,|:|\||·|•|[-–—()])+$`)
	// named is a line that says who wrote what follows, with what may stand behind the name:
	// an office, a date.
	named = regexp.MustCompile(`^(?i:by|written by|words by|text by|posted by|interview by|author:|interview:|text:|words:)\s+(` + aName + `(?:(?:, | and |, and )` + aName + `)*)(?:,? (?i:on )?\d.*|, .*|\s+(?:[|·•–—(]|(?i:in|for)\b).*)?$`)
	// dateline begins a report with where and when it was written: "VELDEN, 3 May (Reuters) –".
	dateline = regexp.MustCompile(`^\p{Lu}[\p{Lu}.'’ /-]+(?:, \p{L}[\p{L}. ]{1,30})?(?:,| –| —| --?)?\s+\(?((?i:\d{1,2}(?:st|nd|rd|th)? ` + months + `|` + months + ` \d{1,2}(?:st|nd|rd|th)?)(?:,? \d{4})?)\)?\s*(?:\([^()]{2,60}\)\s*)?(?:—|–|--?)\s`)
)

// bylines takes from the lines near the beginning, and from the last, who wrote the document
// and when, where it does not tell them otherwise, and makes furniture of those that say
// nothing else: that stands in every citation, and is no answer. The date of a letter is not
// when it was published, and stays as it is.
func (d *Document) bylines() {
	if d.salutation() >= 0 {
		return
	}
	within := 0
	for i, b := range d.Blocks {
		if b.Kind != Caption {
			within++
		}
		if within <= byWithin || i == len(d.Blocks)-1 && named.MatchString(d.Blocks[i].Text) {
			d.byline(i)
		}
	}
}

// byline takes from one line who wrote the document and when.
func (d *Document) byline(i int) {
	b := &d.Blocks[i]
	says := releaseLine.FindString(b.Text) == b.Text || reactions.MatchString(b.Text) && !endsSentence(b.Text)
	if says && b.Text != d.Title {
		b.Kind = Caption // what kind of text it is, or how many comments there are
		if at := writtenDate.FindString(b.Text); d.Published == "" && at != "" && !embargo.MatchString(b.Text) {
			d.Published = asDate(at)
		}
	}
	if b.Kind != Paragraph && b.Kind != Turn {
		return
	}
	if m := dateline.FindStringSubmatch(b.Text); m != nil && d.Published == "" {
		d.Published = asDate(m[1])
	}
	if len(b.Text) > longestByline {
		return
	}
	at := writtenDate.FindString(b.Text)
	answer := i > 0 && d.Blocks[i-1].Kind == Heading && d.Blocks[i-1].Text != d.Title // "How many?" "12."
	if at == "" && !answer && !strings.ContainsFunc(b.Text, unicode.IsLetter) {
		b.Kind = Caption
		return
	}
	if d.Author == "" {
		d.Author = d.writer(i)
	}
	if rest := d.withoutWriters(writtenDate.ReplaceAllString(b.Text, " ")); rest == b.Text || !(i > 0 && onlyDated(b.Text)) && !d.office(b.Text, rest) && !byline.MatchString(strings.Join(strings.Fields("by "+rest), "")) {
		return
	}
	b.Kind = Caption
	if d.Published == "" && at != "" {
		d.Published = asDate(at)
	}
}

// writer is who wrote the document as a line says: by a word, or, below the title, by a name
// alone.
func (d *Document) writer(i int) string {
	text := d.Blocks[i].Text
	if m := named.FindStringSubmatch(text); m != nil && !endsSentence(text) {
		return m[1]
	}
	if i == 1 && d.Blocks[0].Kind == Heading && attribution.FullName(text) {
		return text
	}
	return ""
}

// withoutWriters is a line without the names of those who wrote the document.
func (d *Document) withoutWriters(line string) string {
	for name := range strings.SplitSeq(d.Author, ",") {
		if name = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(name), "and ")); name != "" {
			line = strings.ReplaceAll(line, name, " ")
		}
	}
	return line
}

// office reports whether a line has the name of who wrote the document and, set apart from it,
// what that person is: "Ada Lund · Harbour correspondent".
func (d *Document) office(line, rest string) bool {
	_, after, apart := strings.Cut(rest, "·")
	name, _, _ := strings.Cut(line, "·")
	return apart && d.Author != "" && strings.Contains(d.Author, strings.TrimSpace(name)) && headingLike(strings.TrimSpace(after))
}

var (
	weekday   = regexp.MustCompile(`(?i)^\p{L}+day,? `)
	september = regexp.MustCompile(`(?i)\bsept\b\.?`) // a short form that package time does not know
	ordinal   = regexp.MustCompile(`(\d)(?:st|nd|rd|th|\.)?(?: of\b)?`)
)

// asDate is a date in words as YYYY-MM-DD, or as it stands where it has no year.
func asDate(s string) string {
	plain := strings.ReplaceAll(ordinal.ReplaceAllString(weekday.ReplaceAllString(s, ""), "$1"), ",", "")
	plain = september.ReplaceAllString(plain, "Sep")
	for _, layout := range []string{"2006-01-02", "2 January 2006", "January 2 2006", "2 Jan 2006", "Jan 2 2006", "2 Jan. 2006", "Jan. 2 2006"} {
		if at, err := time.Parse(layout, plain); err == nil {
			return at.Format("2006-01-02")
		}
	}
	return s
}
