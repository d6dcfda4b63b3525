package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Input is a document as it came.
type Input struct {
	// Name is the name of its file, or empty. Its extension is a hint.
	Name string
	// ContentType is what a server called it, or empty.
	ContentType string
	// Address is where a page was read from, or nil.
	Address *url.URL
	// Encoding is what a person says its characters are in, or empty.
	Encoding string
	Data     []byte
}

// format is one that documents are read in.
type format struct {
	name      string
	extension string
	// read gets the bytes of a format that is not text, else the decoded text.
	read func(in Input, text string) (*Document, error)
}

var (
	htmlFormat     = format{"HTML", ".html", readPage}
	pdfFormat      = format{"PDF", ".pdf", readPDF}
	docxFormat     = format{"DOCX", ".docx", readDOCX}
	odtFormat      = format{"ODT", ".odt", readODT}
	epubFormat     = format{"EPUB", ".epub", readEPUB}
	rtfFormat      = format{"RTF", ".rtf", readRTF}
	mailFormat     = format{"mail", ".eml", readMail}
	markdownFormat = format{"Markdown", ".md", readMarkdown}
	rstFormat      = format{"reStructuredText", ".rst", readRST}
	captionFormat  = format{"captions", ".vtt", readCaptions}
	srtFormat      = format{"captions", ".srt", readCaptions}
	jsonFormat     = format{"JSON", ".json", readJSONPairs}
	csvFormat      = format{"CSV", ".csv", readCSVPairs}
	plainFormat    = format{"plain text", ".txt", readPlain}
)

// Formats is what can be read, in words.
const Formats = "a web page, PDF, DOCX, ODT, EPUB, Markdown, reStructuredText, RTF, VTT or SRT captions, JSON or CSV of questions and answers, .eml mail or plain text"

// byExtension are the formats of text that is not told by its first bytes.
var byExtension = map[string]format{
	".html": htmlFormat, ".htm": htmlFormat, ".xhtml": htmlFormat,
	".md": markdownFormat, ".markdown": markdownFormat, ".mdown": markdownFormat,
	".rst": rstFormat, ".rest": rstFormat,
	".vtt": captionFormat, ".srt": srtFormat,
	".json": jsonFormat, ".jsonl": jsonFormat, ".ndjson": jsonFormat, ".csv": csvFormat, ".tsv": csvFormat,
	".eml": mailFormat, ".txt": plainFormat, ".text": plainFormat,
}

// byType are the formats that servers name.
var byType = map[string]format{
	"text/html": htmlFormat, "application/xhtml+xml": htmlFormat,
	"text/markdown": markdownFormat, "text/x-rst": rstFormat, "text/prs.fallenstein.rst": rstFormat,
	"text/vtt": captionFormat, "application/x-subrip": srtFormat,
	"application/json": jsonFormat, "application/jsonl": jsonFormat, "application/x-ndjson": jsonFormat, "text/csv": csvFormat, "message/rfc822": mailFormat,
}

// Known reports whether the name of a file is that of a format that can be read.
func Known(name string) bool {
	switch suffix(name) {
	case ".pdf", ".docx", ".odt", ".epub", ".rtf":
		return true
	}
	_, ok := byExtension[suffix(name)]
	return ok
}

func suffix(name string) string { return strings.ToLower(path.Ext(name)) }

// Read reads a document. An error says what the document is and what would work. A
// PDF is read in a process of its own, for which main has to call Child.
func Read(ctx context.Context, in Input) (*Document, error) {
	if len(bytes.TrimSpace(in.Data)) == 0 {
		return nil, errors.New("it is empty")
	}
	if len(in.Data) > MaxSize {
		return nil, fmt.Errorf("it has more than %d MB; save what matters of it as plain text and add that", MaxSize>>20)
	}
	return within(ctx, maxTime, func(ctx context.Context) (*Document, error) {
		doc, err := read(ctx, in)
		if err != nil {
			return nil, err
		}
		if doc.URL == "" && in.Address != nil {
			doc.URL = in.Address.String() // what is no page seldom says where it is found
		}
		switch n := doc.characters(); {
		case n == 0:
			return nil, errors.New("it has no text")
		case n > MaxText:
			return nil, fmt.Errorf("it has %d MB of text; at most %d are read: split it", n>>20, MaxText>>20)
		}
		return doc, nil
	})
}

func read(ctx context.Context, in Input) (*Document, error) {
	f, found, err := binaryFormat(in.Data)
	switch {
	case err != nil:
		return nil, err
	case found && f.name == pdfFormat.name:
		return readApart(ctx, in)
	case found:
		return f.document(in, "")
	}
	text, encoding, err := decode(in)
	if err != nil {
		return nil, err
	}
	if !utf8.ValidString(text) || binary(text) {
		return nil, fmt.Errorf("it is %s and no text; what can be added is %s", describe(in.Data), Formats)
	}
	if f, err = textFormat(in, text); err != nil {
		return nil, err
	}
	doc, err := f.document(in, text)
	if doc != nil && doc.Encoding == "" && encoding != "" {
		doc.Encoding = encoding
		doc.Notes = append(doc.Notes, "its characters were converted from "+encoding+"; where letters look wrong, say --encoding")
	}
	return doc, err
}

// document reads a document in the format.
func (f format) document(in Input, text string) (*Document, error) {
	doc, err := f.read(in, text)
	if err != nil {
		return nil, err
	}
	doc.Format, doc.Extension = f.name, f.extension
	doc.Title, doc.Author, doc.Publisher = oneLine(doc.Title), oneLine(doc.Author), oneLine(doc.Publisher)
	doc.boldHeadings()
	doc.questions()
	doc.withoutContents()
	doc.bylines()
	doc.captions()
	return doc, nil
}

// binaryFormat tells by its first bytes a format that is not text. It reports
// false for what may be text, and an error for what is known not to be read.
func binaryFormat(data []byte) (f format, found bool, err error) {
	head := data[:min(len(data), 1024)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return pdfFormat, true, nil
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return rtfFormat, true, nil
	case bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")):
		f, err = packedFormat(data)
		return f, err == nil, err
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return f, false, errEncrypted
		}
		return f, false, errors.New("it is a document of Office before 2007 (like .doc); save it as DOCX or PDF and add that")
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")) || bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return f, false, nil // UTF-32, not an image
	}
	if kind := http.DetectContentType(head); !strings.HasPrefix(kind, "text/") && kind != "application/octet-stream" {
		return f, false, fmt.Errorf("it is %s; what can be added is %s", describe(data), Formats)
	}
	return f, false, nil
}

// packedFormat tells what a ZIP archive is.
func packedFormat(data []byte) (format, error) {
	a, err := openArchive(data)
	if err != nil {
		return format{}, err
	}
	kind, err := a.read("mimetype")
	if err != nil {
		return format{}, err
	}
	kind = bytes.TrimSpace(kind)
	switch {
	case a.has("word/document.xml"):
		return docxFormat, nil
	case a.has("META-INF/container.xml") && (len(kind) == 0 || string(kind) == "application/epub+zip"):
		return epubFormat, nil
	case bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.text")):
		return odtFormat, nil
	case a.has("xl/workbook.xml") || bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.spreadsheet")):
		return format{}, errors.New("it is a spreadsheet; save the questions and answers in it as CSV and add that")
	case a.has("ppt/presentation.xml") || bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.presentation")):
		return format{}, errors.New("it is a presentation; save it as PDF and add that")
	}
	return format{}, errors.New("it is a ZIP archive; unpack it and add the folder")
}

// describe says what binary data is, as far as can be told.
func describe(data []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(data[:min(len(data), 512)]), ";")
	family, name, _ := strings.Cut(kind, "/")
	switch {
	case family == "image":
		return "an image (" + name + ")"
	case family == "audio" || family == "video" || kind == "application/ogg":
		return "a recording (" + name + ")"
	case kind == "application/octet-stream" || family == "text":
		return "binary data"
	}
	return "a file of the kind " + kind
}

// binary reports whether decoded text has what text does not have: a NUL, or one
// control character in fifty.
func binary(text string) bool {
	controls := 0
	for _, r := range text {
		switch {
		case r == 0:
			return true
		case r < ' ' && !blank(r), r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' && r != '\x1a':
			controls++
		}
	}
	return controls*50 > len(text)
}

var (
	pageStart = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b`)
	srtStart  = regexp.MustCompile(`^\s*\d+\s*\n\s*\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->`)
	mailStart = regexp.MustCompile(`(?i)^(?:from|received|return-path|delivered-to|date|message-id|mime-version|subject|to):[ \t]`)
	mailMore  = regexp.MustCompile(`(?im)^(?:from|date|subject|message-id|mime-version):[ \t]`)
)

// textFormat tells the format of text: by its first characters where they leave no
// doubt, then by what the server and the name say. An error says of text that is written
// for a program what it is.
func textFormat(in Input, text string) (format, error) {
	start := strings.TrimPrefix(text, "\ufeff")
	start = strings.ReplaceAll(start[:min(len(start), 8192)], "\r", "")
	head, _, _ := strings.Cut(start, "\n\n")
	kind, _, _ := strings.Cut(in.ContentType, ";")
	named, known := byExtension[suffix(in.Name)]
	typed, told := byType[strings.ToLower(strings.TrimSpace(kind))]
	plain := known && named.name == plainFormat.name
	switch other := otherStart(start); {
	case strings.HasPrefix(start, "WEBVTT"):
		return captionFormat, nil
	case srtStart.MatchString(start):
		return srtFormat, nil
	case pageStart.MatchString(start):
		return htmlFormat, nil
	case other != nil && (!known || plain):
		return format{}, other
	case told && (typed.name != htmlFormat.name || strings.Contains(start, "<")):
		return typed, nil
	case known && !plain:
		return named, nil
	}
	if err := otherName(in); err != nil {
		return format{}, err
	}
	if jsonStart.MatchString(start) {
		return jsonFormat, nil
	}
	if !plain && mailStart.MatchString(start) && len(mailMore.FindAllString(head, -1)) >= 2 {
		return mailFormat, nil
	}
	if err := forProgram(start); err != nil {
		return format{}, err
	}
	if !plain && markdownLike(start) {
		return markdownFormat, nil
	}
	return plainFormat, withTags(start)
}
