package question

import (
	"testing"

	"verbatim/corpus/words"
)

func TestBeside(t *testing.T) {
	for text, want := range map[string]string{
		"and Hart?": "hart", "What about Ada Brown": "ada brown", "and what did Hart say?": "", "and the trains, are they late?": "", "who is Hart": "", "and?": "",
	} {
		if f := frameOf(text, words.Tokens(text)); f.Beside != want {
			t.Errorf("%q puts %q beside something, want %q", text, f.Beside, want)
		}
	}
}

func TestFrameOf(t *testing.T) {
	for _, tt := range []struct {
		text, rest           string
		attribution, wording bool
	}{
		{"need the exact words on trains", "trains", false, true},
		{"The remark about trains: a quotation, or background supplied by the reporter?", "the remark about trains", true, false},
		{"for my newsletter: what about trains", "what about trains", false, false},
		{"trains are late. is that his wording or the reporter's?", "trains are late", true, false},
		{"what did he say about trains?", "what did he say about trains", false, false},
		{"trains: direct quote or paraphrase", "trains", true, false},
		{"are those his own words?", "", true, false},
		{"did she really say that in those words?", "", true, false},
		{"does he say it literally", "", true, false},
		{"did she say that the train literally flew", "did she say that the train flew", false, true},
		{"a friend claims that trains are late, is that right", "trains are late", false, false},
		{"the trains sentence word for word", "the trains sentence", false, true},
	} {
		f := frameOf(tt.text, words.Tokens(tt.text))
		if f.Beside != "" {
			t.Errorf("%q puts %q beside something", tt.text, f.Beside)
		}
		if f.Rest != tt.rest || f.Attribution != tt.attribution || f.Wording != tt.wording {
			t.Errorf("frameOf(%q) = %+v, want rest %q, attribution %v, wording %v", tt.text, f, tt.rest, tt.attribution, tt.wording)
		}
	}
}
