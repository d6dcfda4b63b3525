package extract

import (
	"strings"
	"testing"
)

// TestMailText: the text of a mail as it was written, whatever its parts and their coding.
func TestMailText(t *testing.T) {
	const head = "From: Paweł Żuk <pz@tram.example>\nSubject: Nowy tramwaj\nDate: Mon, 04 Mar 2024 23:10:00 -0500\nMIME-Version: 1.0\n"
	const plain = head + "Content-Type: text/plain; charset=utf-8\n"
	parts := func(kind string, all ...string) string {
		return head + "Content-Type: multipart/" + kind + "; boundary=\"b/1\"\n\nnobody reads this\n--b/1\n" + strings.Join(all, "\n--b/1\n") + "\n--b/1--\nnor this\n"
	}
	const text = "P Tramwaj jedzie przez Łódź od poniedziałku.\nP Bilet kosztuje cztery złote."
	const body = "Tramwaj jedzie przez Łódź od poniedziałku.\n\nBilet kosztuje cztery złote.\n"
	for _, c := range []struct{ name, mail, want string }{
		{"plain", plain + "\n" + body, text},
		{"no type", head + "\n" + body, text},
		{"a type that is none", head + "Content-Type: ;;;\n\n" + body, text},
		{"Windows lines", strings.ReplaceAll(plain+"\n"+body, "\n", "\r\n"), text},
		{"base64", plain + "Content-Transfer-Encoding: BASE64\n\nVHJhbXdhaiBqZWR6aWUgcHJ6ZXogxYHDs2TFuiBv\nZCBwb25pZWR6aWHFgmt1Lgo=\n", "P Tramwaj jedzie przez Łódź od poniedziałku."},
		{"quoted-printable", plain + "Content-Transfer-Encoding: quoted-printable\n\nTramwaj jedzie przez =C5=81=C3=B3d=C5=BA od ponie=\ndzia=C5=82ku.\n\nBilet kosztuje cztery z=C5=82ote.\n", text},
		{"another encoding", head + "Content-Type: text/plain; charset=iso-8859-2\nContent-Transfer-Encoding: quoted-printable\n\nTramwaj jedzie przez =A3=F3d=BC od poniedzia=B3ku.\n\nBilet kosztuje cztery z=B3ote.\n", text},
		{"an encoding that is none", head + "Content-Type: text/plain; charset=klingon\n\n" + body, text},
		{"lines that flow", head + "Content-Type: text/plain; charset=utf-8; format=flowed\n\nTramwaj jedzie \nprzez Łódź \nod poniedziałku.\n\nBilet kosztuje \ncztery złote.\n", text},
		{"a signature", plain + "\n" + body + "-- \nPaweł Żuk\nTramwaje Łódzkie\n", text},
		{"a signature without its blank", plain + "\n" + body + "--\nPaweł Żuk\n", text},
		{"a signature in lines that flow", head + "Content-Type: text/plain; charset=utf-8; format=flowed\n\n" + body + "\n-- \nPaweł Żuk\n", text},
		{"a line of dashes", plain + "\nTramwaj jedzie przez Łódź od poniedziałku.\n\n-----\n\nBilet kosztuje cztery złote.\n", text},
		{"an attachment and a picture", parts("mixed", "Content-Type: text/plain; charset=utf-8\n\n"+body, "Content-Disposition: attachment; filename=a.txt\n\nNie.", "Content-Type: image/png\n\nx"), text},
		{"two parts of text", parts("mixed", "Content-Type: text/plain; charset=utf-8\n\nTramwaj jedzie przez Łódź od poniedziałku.", "Content-Type: text/plain; charset=utf-8\n\nBilet kosztuje cztery złote."), text},
		{"a part that is HTML", parts("alternative", "Content-Type: text/plain; charset=utf-8\n\n"+body, "Content-Type: text/html; charset=utf-8\n\n<p>Tramwaj jedzie przez Łódź od poniedziałku.<p>Bilet kosztuje cztery złote."), text},
		{"only HTML", parts("alternative", "Content-Type: text/html; charset=utf-8\n\n<style>p{}</style><p>Tramwaj jedzie przez Łódź od poniedziałku.</p><p>Bilet kosztuje cztery złote.</p>"), text},
		{"a signature of PGP", parts("signed", "Content-Type: text/plain; charset=utf-8\n\n"+body, "Content-Type: application/pgp-signature\n\nabc"), text},
		{"a mail that breaks off", strings.TrimSuffix(parts("mixed", "Content-Type: text/plain; charset=utf-8\n\n"+body), "\n--b/1--\nnor this\n"), text},
		{"what another wrote", plain + "\n" + body + "\nIda Wilk wrote:\n> Bilet jest za drogi.\n> Nikt nie jedzie.\n", text + "\nP Ida Wilk wrote:\nQ “Bilet jest za drogi.\nQ “Nikt nie jedzie.”"},
		{"what two others wrote", plain + "\n" + body + "\n>> Bilet jest za drogi.\n> To prawda.\n", text + "\nQ Bilet jest za drogi.\nQ To prawda."},
		{"an earlier mail under a line", plain + "\n" + body + "\n________________________________\nFrom: Ida Wilk <iw@tram.example>\nSent: Friday, March 1, 2024 4:00 PM\nTo: Paweł Żuk\nSubject: Tramwaj\n\nIle kosztuje bilet?\n", text + "\nP Ida Wilk wrote:\nQ “Ile kosztuje bilet?”"},
		{"two earlier mails", plain + "\n" + body + "\n-----Original Message-----\nFrom: Wilk, Ida (External)\nSent: Friday\nTo: All\n\nNie wiem.\n\n-----Original Message-----\nFrom: <jo@tram.example>\nDate: Thursday\nTo: Ida\n\nIle kosztuje bilet?\n", text + "\nP Ida Wilk wrote:\nQ “Nie wiem.”\nP jo@tram.example wrote:\nQ “Ile kosztuje bilet?”"},
		{"an earlier mail in HTML", head + "Content-Type: text/html; charset=utf-8\n\n<p>Tramwaj jedzie przez Łódź od poniedziałku.</p><p>Bilet kosztuje cztery złote.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Ida Wilk &lt;iw@tram.example&gt; <br><b>Sent:</b> Friday<br><b>To:</b> All<br><b>Subject:</b> Tramwaj</p></div><p>Ile kosztuje bilet?</p>", text + "\nP Ida Wilk wrote:\nQ “Ile kosztuje bilet?”"},
		{"where a tram goes", plain + "\nFrom: Łódź\n\n" + body, "P From: Łódź\n" + text},
		{"a warning before it", plain + "\nCAUTION: This email originated from outside of the organization. Do not click links.\n\n" + body, text},
		{"an answer between", plain + "\n> Ile kosztuje bilet?\n\nCztery złote.\n\n> A kiedy jedzie?\n\nCo godzinę.\n", "Q Ile kosztuje bilet?\nP Cztery złote.\nQ A kiedy jedzie?\nP Co godzinę."},
	} {
		doc := mustRead(t, Input{Name: "tram.eml", Data: []byte(c.mail)})
		if got := strings.TrimPrefix(lines(doc), "H Nowy tramwaj\n"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestMailFacts: who wrote a mail, about what and when, as its headers have it.
func TestMailFacts(t *testing.T) {
	for _, c := range []struct{ name, head, title, author, date, notes string }{
		{"plain", "From: Ada Mill <a@mill.example>\nSubject: The mill\nDate: Mon, 04 Mar 2024 23:10:00 -0500\n", "The mill", "Ada Mill", "2024-03-04", ""},
		{"an answer to an answer", "From: \"Mill, Ada\" <a@mill.example>\nSubject: RE: AW[2]: Fwd: The mill\n", "The mill", "Ada Mill", "", ""},
		{"a word that begins so", "From: a@mill.example\nSubject: Research on the mill\n", "Research on the mill", "", "", ""},
		{"words outside ASCII", "From: =?iso-8859-1?Q?J=F8rn_=C5s?= <j@mill.example>\nSubject: =?utf-8?B?S3bDpnJuZW4=?= =?utf-8?B?IG1hbGVy?=\n", "Kværnen maler", "Jørn Ås", "", ""},
		{"a subject on two lines", "From: a@mill.example\nSubject: The mill\n that turns\n", "The mill that turns", "", "", ""},
		{"an encoding that is none", "From: a@mill.example\nSubject: =?klingon?Q?Qapla?=\n", "=?klingon?Q?Qapla?=", "", "", ""},
		{"no date", "From: a@mill.example\nSubject: The mill\nDate: yesterday\n", "The mill", "", "", ""},
		{"attachments", "From: a@mill.example\nSubject: The mill\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nIt turns.\n--b\nContent-Type: application/pdf\n\nx\n--b\nContent-Disposition: attachment\n\nx\n--b--\n", "The mill", "", "", "attachments that were left out: 2; save them and add them"},
	} {
		doc := mustRead(t, Input{Name: "mill.eml", Data: []byte(c.head + "\nThe mill turns on Mondays.\n")})
		if notes := strings.Join(doc.Notes, "|"); doc.Title != c.title || doc.Author != c.author || doc.Published != c.date || notes != c.notes {
			t.Errorf("%s: %q by %q on %q, %q; want %q by %q on %q, %q", c.name, doc.Title, doc.Author, doc.Published, notes, c.title, c.author, c.date, c.notes)
		}
	}
	for name, c := range map[string]struct{ mail, want string }{
		"no headers":         {"The mill turns.\n", "it has no headers of a mail"},
		"sealed":             {"From: a@mill.example\nContent-Type: application/pkcs7-mime\n\nx", "it is encrypted"},
		"sealed in a part":   {"From: a@mill.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/encrypted; boundary=c\n\n--c--\n--b--\n", "it is encrypted"},
		"only an attachment": {"From: a@mill.example\nSubject: The mill\nContent-Type: application/pdf\n\nx", "it has no text"},
		"parts without end":  {"From: a@mill.example\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", maxMailParts+1), "too many, to be a mail"},
	} {
		if _, err := Read(t.Context(), Input{Name: "mill.eml", Data: []byte(c.mail)}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// TestMailSubjects: what programs of several languages put before the subject is none of it.
func TestMailSubjects(t *testing.T) {
	for _, before := range []string{"FV: ", "SV: FV: ", "VS: ", "Re[2]: TR: ", "[EXTERNAL] FW: "} {
		doc := mustRead(t, Input{Name: "a.eml", Data: []byte("From: e@tarn.example\nSubject: " + before + "The ferry\n\nIt sails again in September.\n")})
		if doc.Title != "The ferry" {
			t.Errorf("%s: %q", before, doc.Title)
		}
	}
}
