package extract

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
)

// maxMailParts is how many parts of a mail are looked at.
const maxMailParts = 500

// headerWords decodes what headers have outside ASCII.
var headerWords = mime.WordDecoder{CharsetReader: charset.NewReaderLabel}

// readMail reads a mail: who wrote it, when, about what, and its text.
func readMail(in Input, _ string) (*Document, error) {
	m, err := mail.ReadMessage(strings.NewReader(string(in.Data)))
	if err != nil {
		return nil, errors.New("it has no headers of a mail; save the mail anew, or add its text as .txt")
	}
	doc := &Document{}
	doc.Title = answered.ReplaceAllString(header(m.Header.Get("Subject")), "")
	if from, err := (&mail.AddressParser{WordDecoder: &headerWords}).Parse(m.Header.Get("From")); err == nil {
		doc.Author = firstLast(behindName.ReplaceAllString(from.Name, ""))
	}
	if at, err := m.Header.Date(); err == nil {
		doc.Published = at.Format("2006-01-02")
	}
	doc.Language = language(m.Header.Get("Content-Language"))
	r := mailReader{}
	if err := r.part(textproto.MIMEHeader(m.Header), m.Body, 0); err != nil {
		return nil, err
	}
	if r.html != "" {
		if err := doc.markup([]byte(r.html)); err != nil {
			return nil, err
		}
	}
	if plain := strings.TrimSpace(r.plain); plain != "" && 4*len(plain) >= doc.characters() { // else it says that there is HTML
		doc.Blocks = nil
		doc.mailText(r.plain)
	}
	doc.withoutInvitations()
	doc.earlierMails()
	if r.attached > 0 {
		doc.note(fmt.Sprintf("attachments that were left out: %d; save them and add them", r.attached))
	}
	if len(doc.Blocks) > 0 {
		doc.titled()
	}
	return doc, nil
}

// answered begins the subject of a mail that answers another or passes it on.
var answered = regexp.MustCompile(`(?i)^(?:\[ext(?:ernal)?\]\s*|(?:re|aw|antw|sv|vs|rv|fwd?|fv|wg|tr)(?:\[\d+\])?:\s*)+`)

func header(s string) string {
	if decoded, err := headerWords.DecodeHeader(s); err == nil {
		return decoded
	}
	return s
}

// mailReader collects the text of the parts of a mail.
type mailReader struct {
	plain, html string
	parts       int
	attached    int
}

// part reads one part and those in it.
func (r *mailReader) part(h textproto.MIMEHeader, body io.Reader, depth int) error {
	if r.parts++; r.parts > maxMailParts || depth > maxNested {
		return errors.New("its parts lie too deep in each other, or are too many, to be a mail that somebody reads")
	}
	kind, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition")); disposition == "attachment" {
		r.attached++
		return nil
	}
	switch {
	case kind == "multipart/encrypted" || kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime":
		return errEncrypted
	case strings.HasPrefix(kind, "multipart/"):
		return r.several(multipart.NewReader(body, parameters["boundary"]), depth)
	case kind != "text/plain" && kind != "text/html":
		if !strings.HasPrefix(kind, "image/") && !strings.HasPrefix(kind, "application/pgp-signature") && !strings.Contains(kind, "pkcs7-signature") {
			r.attached++
		}
		return nil
	}
	text, err := partText(h, body, parameters["charset"])
	if err != nil {
		return err
	}
	if kind == "text/html" {
		r.html += text
		return nil
	}
	if parameters["format"] == "flowed" {
		text = unflowed(text)
	}
	r.plain += text + "\n\n"
	return nil
}

func (r *mailReader) several(parts *multipart.Reader, depth int) error {
	for {
		p, err := parts.NextRawPart()
		if err != nil { // the end, or damage: what came before it counts
			return nil
		}
		if err := r.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// partText decodes the text of a part.
func partText(h textproto.MIMEHeader, body io.Reader, label string) (string, error) {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, err := io.ReadAll(io.LimitReader(body, MaxText+1))
	if len(data) > MaxText {
		return "", fmt.Errorf("it has more than %d MB of text; split it", MaxText>>20)
	}
	if err != nil && len(data) == 0 {
		return "", errDamaged
	}
	text, _, err := decode(Input{Data: data, ContentType: "text/plain; charset=" + label})
	return strings.ReplaceAll(text, "\r\n", "\n"), err
}

// unflowed joins lines that end in a blank to the next, as format=flowed has it.
func unflowed(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		b.WriteString(line)
		if !strings.HasSuffix(line, " ") || line == "-- " {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// signature begins one; what sent the mail may have cut its blank off.
var signature = regexp.MustCompile(`(?m)^-- ?$`)

// outlookLine stands between a mail and the one that it answers.
var outlookLine = regexp.MustCompile(`(?m)^_{10,} *$`)

// mailText appends the text of a mail without its signature. What it quotes of
// others is set off.
func (d *Document) mailText(text string) {
	if at := signature.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	text = outlookLine.ReplaceAllString(text, "\n\n")
	var run []string
	quoting := false
	flush := func() {
		from := len(d.Blocks)
		d.plain(strings.Join(run, "\n"))
		if quoting {
			for i := from; i < len(d.Blocks); i++ {
				d.Blocks[i].Kind = Quotation
			}
			if from < len(d.Blocks) {
				d.markQuotation(from)
			}
		}
		run = nil
	}
	for _, line := range strings.Split(text, "\n") {
		quoted := strings.HasPrefix(line, ">")
		if quoted != quoting && (quoted || strings.TrimSpace(line) != "") {
			flush()
			quoting = quoted
		}
		run = append(run, strings.TrimPrefix(strings.TrimLeft(line, ">"), " "))
	}
	flush()
}

var (
	// earlierFrom begins the head of a mail that another answers or passes on, as Outlook writes it,
	// and earlierMore are its other lines, which may stand on the same.
	earlierFrom = regexp.MustCompile(`^(?:From|Von|De|Da|Van|Från|Fra): (.*?)(?: (?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden|Skickat|Sendt): .*)?$`)
	earlierMore = regexp.MustCompile(`^(?:Sent|Date|To|Cc|Bcc|Subject|Importance|Attachments|Reply-To|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Enviado|Para|Asunto|Inviato|A|Oggetto|Verzonden|Aan|Onderwerp|Skickat|Till|Ämne|Sendt|Til|Emne): ?`)
	// earlierLine is a line before such a head.
	earlierLine = regexp.MustCompile(`(?i)^(?:[-_]{2,} ?)?(?:original message|original appointment|forwarded (?:message|by .*)|ursprüngliche nachricht|message d['’]origine|mensaje original|messaggio originale|begin forwarded message:?)(?: ?[-_]{2,})?$`)
	mailAddress = regexp.MustCompile(`\s*(?:<[^<>]*>|\[mailto:[^\]]*\])`)
)

// earlierMails sets off the mails that this one answers or passes on: what stands behind the head
// of one is its writer's.
func (d *Document) earlierMails() {
	all := d.Blocks
	d.Blocks = nil
	quoted := -1 // where the earlier mail begins
	flush := func() {
		if quoted >= 0 && quoted < len(d.Blocks) {
			d.markQuotation(quoted)
		}
	}
	for i := 0; i < len(all); i++ {
		b := all[i]
		from, lines := earlierHead(all[i:])
		switch {
		case lines > 0:
			flush()
			d.add(Paragraph, from+" wrote:")
			quoted = len(d.Blocks)
			i += lines - 1
			continue
		case earlierLine.MatchString(b.Text):
			flush()
			quoted = len(d.Blocks)
			continue
		case quoted >= 0:
			b.Kind = Quotation
		}
		d.Blocks = append(d.Blocks, b)
	}
	flush()
}

// earlierHead reads the head of an earlier mail with which blocks begin: who wrote it, and how many
// blocks it has, none where there is no head.
func earlierHead(all []Block) (from string, lines int) {
	m := earlierFrom.FindStringSubmatch(all[0].Text)
	if m == nil {
		return "", 0
	}
	lines = 1
	for lines < len(all) && earlierMore.MatchString(all[lines].Text) {
		lines++
	}
	from = m[1]
	if lines < fewestHeadLines && strings.HasSuffix(all[0].Text, from) {
		return "", 0 // "From: Leeds" may be of the text
	}
	name := strings.Trim(mailAddress.ReplaceAllString(from, ""), `"' `)
	if name == "" {
		name = strings.Trim(from, "<> ")
	}
	return firstLast(behindName.ReplaceAllString(name, "")), lines
}

// fewestHeadLines is how many lines the head of an earlier mail has at least, if not all are on one.
const fewestHeadLines = 3

// firstLast is the name of somebody that a list may have with the last name first.
func firstLast(name string) string {
	last, first, ok := strings.Cut(name, ", ")
	if n := len(strings.Fields(first)); !ok || n > 2 || len(strings.Fields(last)) > 2 || strings.ContainsAny(first, ",.") && !strings.HasSuffix(first, ".") || nameEnd[strings.ToLower(strings.Trim(first, "."))] {
		return name
	}
	return first + " " + last
}

// nameEnd are what stands behind a comma after a name that is told in order.
var nameEnd = set("jr|sr|ii|iii|iv|md|phd|ph.d|dds|esq|cpa|mba|rn|llc|inc|ltd|gmbh")
