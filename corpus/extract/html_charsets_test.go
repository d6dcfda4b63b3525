package extract

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// htmlEncoded is text in an encoding.
func htmlEncoded(t *testing.T, label, text string) []byte {
	t.Helper()
	e, err := htmlindex.Get(label)
	if err != nil {
		t.Fatal(err)
	}
	data, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", label, err)
	}
	return data
}

// TestHTMLCharsets: a page that says what its characters are in is read so, whoever says it
// and in whatever place, and the person who adds it is told.
func TestHTMLCharsets(t *testing.T) {
	for label, text := range map[string]string{
		"windows-1250": "Žlutý člun pluje pod mostem – říká převozník.",
		"windows-1251": "Старый паром ходит — говорит капитан — дважды в день.",
		"windows-1253": "Το παλιό πλοίο φεύγει στις έξι – κάθε πρωί.",
		"windows-1254": "Eski vapur her sabah saat altıda kalkıyor, şehir uyurken.",
		"windows-1255": "הסירה הישנה נמכרה ביום שני – אמר הדייג.",
		"windows-1256": "أبحر المركب القديم من الميناء في السادسة صباحا.",
		"windows-1257": "Senā laiva aizbrauc sešos no rīta – saka kapteinis.",
		"windows-1258": "Chiê\u0301c thuyê\u0300n cu\u0303 rơ\u0300i bê\u0301n.",
		"iso-8859-2":   "Stary prom odpływa o szóstej, mówi kapitan Łucja Źrebak.",
		"iso-8859-4":   "Vana laev lahkub õhtul, ütleb kapten Žanna.",
		"iso-8859-15":  "Une barque à 40 € près de l'Œuvre.",
		"koi8-r":       "Старый паром уходит в шесть утра.",
		"koi8-u":       "Старий пором відходить о шостій, каже капітан Їжак.",
		"ibm866":       "Старый паром уходит в шесть утра.",
		"windows-1252": "Il a dit « c’est bête » et s’en est allé",
		"macintosh":    "The café on the quay – “open,” says Zoë.",
		"shift_jis":    "古い船は朝六時に港を出る。",
		"euc-jp":       "古い船は朝六時に港を出る。",
		"gb18030":      "旧渡轮早上六点离开码头。",
		"gbk":          "旧渡轮早上六点离开码头。",
		"big5":         "舊渡輪早上六點離開碼頭。",
		"euc-kr":       "낡은 배는 아침 여섯 시에 항구를 떠난다.",
	} {
		for place, page := range map[string]struct{ kind, head string }{
			"server":      {"text/html; charset=" + label, ""},
			"server, odd": {"TEXT/HTML;Charset=\"" + strings.ToUpper(label) + "\"", ""},
			"page":        {"text/html", `<meta charset="` + label + `">`},
			"page, old":   {"", `<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=` + label + `'>`},
			"both":        {"text/html; charset=" + label, `<meta charset="utf-8">`},
		} {
			data := htmlEncoded(t, label, htmlPage(page.head, "<p>"+text+"</p>"))
			doc, err := Read(context.Background(), Input{Data: data, ContentType: page.kind})
			if err != nil {
				t.Errorf("%s, %s: %v", label, place, err)
				continue
			}
			if got := lines(doc); got != "P "+text {
				t.Errorf("%s, %s: %q, want %q", label, place, got, text)
			}
			if !strings.EqualFold(doc.Encoding, label) || len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], "--encoding") {
				t.Errorf("%s, %s: told %q, %q", label, place, doc.Encoding, doc.Notes)
			}
		}
	}
}

// TestHTMLCharsetUnsaid: where nobody says what a page's characters are in, or says it wrongly,
// its bytes tell.
func TestHTMLCharsetUnsaid(t *testing.T) {
	const german = "Das Fährschiff fährt täglich über den Fluß – sagt „Käpt’n“ Jürgen Größl, der für 3 € übersetzt."
	const russian = "Старый паром ходит через пролив два раза в день. Капитан говорит, что новый паром будет быстрее и возьмёт на борт сто двадцать человек."
	for _, c := range []struct{ name, kind, head, label, text, told string }{
		{"nothing said", "", "", "windows-1252", german, "windows-1252"},
		{"said to be UTF-8", "text/html; charset=utf-8", `<meta charset="utf-8">`, "windows-1252", german, "windows-1252"},
		{"said to be what nobody knows", "text/html; charset=klingon", `<meta charset="klingon">`, "windows-1252", german, "windows-1252"},
		{"said with nothing", "text/html; charset=", `<meta charset="">`, "windows-1252", german, "windows-1252"},
		{"Cyrillic, nothing said", "text/html", "", "windows-1251", russian, "windows-1251"},
		{"UTF-8 that nobody says", "text/html", "", "utf-8", german, ""},
		{"UTF-8 that is said to be Cyrillic", "text/html; charset=windows-1251", `<meta charset="koi8-r">`, "utf-8", russian, ""},
		{"said far behind", "text/html", "<!--" + strings.Repeat(" ", 3000) + "-->" + `<meta charset="windows-1251">`, "windows-1251", russian, "windows-1251"},
	} {
		data := htmlEncoded(t, c.label, htmlPage(c.head, "<p>"+c.text+"</p>"))
		doc, err := Read(context.Background(), Input{Name: "a.html", Data: data, ContentType: c.kind})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := lines(doc); got != "P "+c.text || !strings.EqualFold(doc.Encoding, c.told) {
			t.Errorf("%s: in %q: %q", c.name, doc.Encoding, got)
		}
	}
}

// TestHTMLCharsetWide: a page in UTF-16 or UTF-32, whatever it says of itself.
func TestHTMLCharsetWide(t *testing.T) {
	const text = "Das Fährschiff fährt täglich – für 3 €."
	page := htmlPage(`<meta charset="utf-8">`, "<p>"+text+"</p>")
	for name, encode := range map[string]func(string) (string, error){
		"UTF-8 with a mark":            func(s string) (string, error) { return "\ufeff" + s, nil },
		"UTF-16 little":                unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String,
		"UTF-16 big":                   unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String,
		"UTF-16 little without a mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String,
		"UTF-16 big without a mark":    unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String,
		"UTF-32 little":                utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder().String,
		"UTF-32 big":                   utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder().String,
	} {
		data, err := encode(page)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Read(context.Background(), Input{Data: []byte(data), ContentType: "text/html"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		told, _, _ := strings.Cut(name, " ")
		if told == "UTF-8" {
			told = ""
		}
		if got := lines(doc); got != "P "+text || doc.Encoding != told || doc.Format != "HTML" {
			t.Errorf("%s: %s in %q: %q", name, doc.Format, doc.Encoding, got)
		}
	}
}

// TestHTMLCharsetOfAPerson: what a person says goes before all that the page and its server
// say, and before what the bytes look like.
func TestHTMLCharsetOfAPerson(t *testing.T) {
	const text = "Старый паром уходит в шесть утра."
	data := htmlEncoded(t, "koi8-r", htmlPage(`<meta charset="windows-1251">`, "<p>"+text+"</p>"))
	for _, label := range []string{"koi8-r", "KOI8-R", " koi8 ", "cskoi8r"} {
		doc, err := Read(context.Background(), Input{Data: data, ContentType: "text/html; charset=windows-1251", Encoding: label})
		if err != nil || lines(doc) != "P "+text {
			t.Errorf("%q: %v, %+v", label, err, doc)
		}
	}
	wrong := mustRead(t, Input{Data: data, ContentType: "text/html"})
	if lines(wrong) == "P "+text || wrong.Encoding != "windows-1251" {
		t.Errorf("the page's own word does not count: %q, %q", wrong.Encoding, lines(wrong))
	}
	for _, label := range []string{"klingon", "utf-99", "-"} {
		if _, err := Read(context.Background(), Input{Data: data, Encoding: label}); err == nil || !strings.Contains(err.Error(), "give a name like") {
			t.Errorf("%q: %v", label, err)
		}
	}
	// UTF-8 by its name is no conversion that anybody has to be told of.
	same := mustRead(t, Input{Data: []byte(htmlPage("", "<p>"+text+"</p>")), Encoding: "UTF8"})
	if same.Encoding != "" || len(same.Notes) != 0 || lines(same) != "P "+text {
		t.Errorf("UTF-8: %q, %q, %q", same.Encoding, same.Notes, lines(same))
	}
}
