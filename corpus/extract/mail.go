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
		doc.Author = from.Name
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
		doc.withoutInvitations()
	}
	if plain := strings.TrimSpace(r.plain); plain != "" && 4*len(plain) >= doc.characters() { // else it says that there is HTML
		doc.Blocks = nil
		doc.mailText(r.plain)
	}
	if r.attached > 0 {
		doc.note(fmt.Sprintf("attachments that were left out: %d; save them and add them", r.attached))
	}
	if len(doc.Blocks) > 0 {
		doc.titled()
	}
	return doc, nil
}

// answered begins the subject of a mail that answers another or passes it on.
var answered = regexp.MustCompile(`(?i)^(?:(?:re|aw|antw|sv|vs|rv|fwd?|fv|wg|tr)(?:\[\d+\])?:\s*)+`)

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

// mailText appends the text of a mail without its signature. What it quotes of
// others is set off.
func (d *Document) mailText(text string) {
	if at := signature.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
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
