package adapters

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"verbatim/corpus"
)

// Links leads from a citation to the place that it cites. The zero Links knows no
// pages.
type Links struct {
	// Pages is the address under which the pages of articles are reached (PUBLIC_URL),
	// without a slash at its end; empty: there are none.
	Pages string
}

// Source is where a quote stands in the source's own place on the web, with its words
// as a text fragment; empty where the source has no such place.
func (l Links) Source(q corpus.Quote) string {
	if q.IsZero() {
		return ""
	}
	address := SourceAddress(q.Source())
	if address == "" {
		return ""
	}
	if !strings.Contains(address, "#") {
		address += "#"
	}
	return address + textDirective(q)
}

// SourceAddress is where a source stands on the web, empty where it does not. It may
// stand in the markup of a platform.
func SourceAddress(s *corpus.Source) string {
	u, err := url.Parse(s.Meta().URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	u.User = nil // a password that got into it is nobody's to read
	return marksInAddress.Replace(u.String())
}

// marksInAddress encodes what an address may hold and the markup of platforms, too.
var marksInAddress = strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", "(", "%28", ")", "%29", "[", "%5B", "]", "%5D", "`", "%60", `"`, "%22", " ", "%20", `\`, "%5C")

// Page is the page of the article at the paragraph of a quote, whose words it marks;
// empty where there are no pages, or the source is not public.
func (l Links) Page(q corpus.Quote) string {
	if l.Pages == "" || q.IsZero() || !q.Source().Public() {
		return ""
	}
	return l.Pages + PagePath(q.Source().ID()) + "?q=" + q.Key() + "#p" + strconv.Itoa(q.Paragraph())
}

// Link is a link with the words that it is shown as.
type Link struct{ Label, Address string }

// Of returns the links of a quote, the source's own place first.
func (l Links) Of(q corpus.Quote) []Link {
	var out []Link
	for _, link := range []Link{{"At the source", l.Source(q)}, {"In the whole text", l.Page(q)}} {
		if link.Address != "" {
			out = append(out, link)
		}
	}
	return out
}

// PagePath is the path of the page of a source.
func PagePath(id string) string { return "/a/" + url.PathEscape(id) }

const (
	// fewestWords are how many words a text fragment has at each end at least: four are
	// rarely found elsewhere on a page.
	fewestWords = 4
	// prefixWords are how many words before a quote tell it from an earlier place.
	prefixWords = 4
)

// word is a run without white space that a page may break a line at.
var word = regexp.MustCompile(`\S+`)

// textDirective is the fragment directive that has a browser mark a quote's words
// (https://wicg.github.io/scroll-to-text-fragment/): their beginning and their end, or
// all where they are few; after some words that stand before them, where the beginning
// is found earlier in the text, too.
func textDirective(q corpus.Quote) string {
	begin, end := ends(q.Text())
	parts := encodeText(begin)
	if end != "" {
		parts += "," + encodeText(end)
	}
	if strings.Contains(q.Source().Text()[:q.Start()], begin) {
		before, _ := q.InParagraph()
		if words := word.FindAllString(before.Text(), -1); len(words) > 0 {
			parts = encodeText(strings.Join(words[max(0, len(words)-prefixWords):], " ")) + "-," + parts
		}
	}
	return ":~:text=" + parts
}

// ends returns the first and the last words of a text, as many as it takes for the last
// to be the only such ones after the first. Where that is all of a line, or nearly, end
// is empty and begin the text. Neither end goes over the end of a line, since a browser
// looks for it in one paragraph.
func ends(text string) (begin, end string) {
	words := word.FindAllStringIndex(text, -1)
	lines := strings.Contains(text, "\n")
	for n := fewestWords; 2*n < len(words); n++ {
		begin, end = text[:words[n-1][1]], text[words[len(words)-n][0]:]
		if lines || strings.Index(text[len(begin):], end) == len(text)-len(end)-len(begin) {
			break
		}
		begin, end = "", ""
	}
	switch {
	case lines:
		first, _, _ := strings.Cut(cmp.Or(begin, text), "\n")
		last := cmp.Or(end, text)
		return strings.TrimSpace(first), strings.TrimSpace(last[strings.LastIndexByte(last, '\n')+1:])
	case end == "":
		return text, ""
	}
	return begin, end
}

// encodeText writes words as a part of a text directive. All is percent-encoded that
// means something in one (a comma, an ampersand, a hyphen), or in a platform's markup.
func encodeText(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
