package local

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestPastes: inside a paste, and only there, line breaks are marks; however the bytes
// come.
func TestPastes(t *testing.T) {
	for _, c := range []struct{ name, sent, want string }{
		{"typed", "one\rtwo\n", "one\rtwo\n"},
		{"pasted", pasteBegins + "one\rtwo\r\nthree\nfour" + pasteEnds + "\r", pasteBegins + "one↵two↵three↵four" + pasteEnds + "\r"},
		{"empty lines", pasteBegins + "one\r\r\n\n" + pasteEnds, pasteBegins + "one↵↵↵" + pasteEnds},
		{"typed before and after", "a" + pasteBegins + "b\rc" + pasteEnds + "d\re", "a" + pasteBegins + "b↵c" + pasteEnds + "d\re"},
		{"two", pasteBegins + "a\r" + pasteEnds + "\r" + pasteBegins + "b\r" + pasteEnds + "\r", pasteBegins + "a↵" + pasteEnds + "\r" + pasteBegins + "b↵" + pasteEnds + "\r"},
		{"tab", "\t" + pasteBegins + "a\tb" + pasteEnds + "\t", "\t" + pasteBegins + "a b" + pasteEnds + "\t"},
		{"nearly a mark", "\x1b[\x1b[200~a\x1b[20\x1b[201\rb\x1b\x1b[201~\r", "\x1b[\x1b[200~a\x1b[20\x1b[201↵b\x1b\x1b[201~\r"},
		{"without an end", pasteBegins + "a\rb", pasteBegins + "a↵b"},
	} {
		for how, in := range map[string]io.Reader{"at once": strings.NewReader(c.sent), "by bytes": iotest.OneByteReader(strings.NewReader(c.sent))} {
			got, err := io.ReadAll(iotest.OneByteReader(&pastes{in: in}))
			if err != nil || string(got) != c.want {
				t.Errorf("%s, %s: %q (%v), want %q", c.name, how, got, err, c.want)
			}
		}
	}
	if got := unmarked("one↵two"); got != "one\ntwo" {
		t.Errorf("unmarked gives %q", got)
	}
}
