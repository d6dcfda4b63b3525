package words

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/kljensen/snowball/english"
)

func TestTokens(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"What did Zuckerberg say about Windows?", "what did zuckerberg say about windows"},
		{"Meta’s Llama 3.1", "meta llama 3.1"},
		{"llama3.1 vs Llama2 and GPT-4", "llama 3.1 versus llama 2 and gpt 4"},
		{"whats up w ppl", "what is up with people"},
		{"what's that", "what is that"},
		{"open-source", "open source"},
		{"ＦＵＬＬ width", "full width"},
		{"“incredible gift”", "incredible gift"},
		{"zero\u200bwidth \u202eflip", "zero width flip"},
		{"10-15 years", "10 15 years"},
		{"don’t", "do not"},
		{"\xff\xfebad bytes\x80", "bad bytes"},
		{"Zoë’s café, 5 RUE Ångström", "zoë café 5 rue ångström"},
		{"ΑΘΗΝΑ и Москва", "αθηνα и москва"},
		{"ﬁne co\u00adop e\u0301tude", "fine coop étude"},
		{"U.S. and U.K. e-mail", "u.s and u.k e mail"},
		{"1,900 at 3.5% by 10:30", "1,900 at 3.5 by 10 30"},
		{"2nd B2B A4 area51", "2nd b2b a4 area 51"},
		{"snake_case _x_", "snake_case x"},
		{"‘tis rock ’n’ roll", "tis rock and roll"},
		{"PPL’S gov’t", "people government"},
		{"IDK, y’all!", "i do not know you"},
		{"a\u00a0b\u2003c\u2028d", "a b c d"},
		{"東京 tower", "東 京 tower"},
		{"३ नदी", "३ नदी"},
		{"O'Hara's O'Hara", "o'hara o'hara"},
		{"' \" ___ ...", ""},
		{"🦙!! …", ""},
		{"", ""},
	} {
		var got []string
		for _, tok := range Tokens(tt.text) {
			got = append(got, tok.Word)
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"One. Two? Three!", []string{"One.", "Two?", "Three!"}},
		{"A platform.On a podcast, he spoke.Meta released it.", []string{"A platform.", "On a podcast, he spoke.", "Meta released it."}},
		{"Dr. Smith met J. Doe. They spoke.", []string{"Dr. Smith met J. Doe.", "They spoke."}},
		{"Llama 3.1 came in July. It was good.", []string{"Llama 3.1 came in July.", "It was good."}},
		{"No stop", []string{"No stop"}},
		{"One.\r\n\r\nTwo.\r\n", []string{"One.", "Two."}},
		{"Met Mr.\nHale left.", []string{"Met Mr.", "Hale left."}},
		{"雨が降った。雪も降った。", []string{"雨が降った。", "雪も降った。"}},
		{"Line one\nline two", []string{"Line one", "line two"}},
		{"  \n ", nil},
	} {
		var got []string
		for _, s := range Sentences(tt.text) {
			got = append(got, tt.text[s.Start:s.End])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Sentences(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"quote", "quote", 2, 0}, {"qoute", "quote", 2, 1}, {"quot", "quote", 2, 1}, {"quotes", "quote", 1, 1}, {"quite", "quote", 2, 1},
		{"", "", 0, 0}, {"toll", "toll", 0, 0}, {"toll", "tall", 0, 1}, {"ferry", "frery", 1, 1}, {"ferry", "ferry boat", 9, 5}, {"abcd", "badc", 3, 2},
		{strings.Repeat("a", 31), strings.Repeat("a", 30) + "b", 1, 1}, {strings.Repeat("a", 31), "", 40, 31}, {strings.Repeat("a", 32), "", 40, 41},
		{"quiet", "quote", 2, 2}, {"passages", "quote", 2, 3}, {"frame", "famer", 1, 2}, {"", "ab", 2, 2}, {strings.Repeat("a", 40), strings.Repeat("a", 40), 2, 3},
	} {
		for _, got := range []int{Distance(c.a, c.b, c.limit), Distance(c.b, c.a, c.limit)} {
			if got != c.want {
				t.Errorf("from %s to %s: %d, want %d", c.a, c.b, got, c.want)
			}
		}
	}
}

// What is shown is cut from the text by a token's offsets, so they bound the word as written.
func TestTokenOffsets(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Where’s Zoë’s kiln?", "Where’s|Where’s|Zoë’s|kiln"},
		{"  “Ｆｕｌｌ” size\n", "Ｆｕｌｌ|size"},
		{"idk: Area51", "idk|idk|idk|idk|Area|51"},
		{"a\xffb 7°", "a|b|7"},
		{"(e-mail)", "e|mail"},
		{"co\u00adop", "co\u00adop"},
	} {
		var got []string
		for _, tok := range Tokens(tt.text) {
			got = append(got, tt.text[tok.Start:tok.End])
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("Tokens(%q) stand at %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Words that are written out are read again as what they are: an abbreviation never stands
// for another one.
func TestChatIsWrittenOutOnce(t *testing.T) {
	for short, long := range chat {
		if short != fold(short) || long == "" {
			t.Errorf("%q for %q is never found or says nothing", long, short)
		}
		for w := range strings.FieldsSeq(long) {
			if again := Normalise(w); again != w {
				t.Errorf("%q is written out as %q, and that as %q", short, w, again)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{" \t\n", ""},
		{"  The\n TOLL\u00a0\tis  up ", "the toll is up"},
		{"“Ja,” «oui» „nein“", `"ja," "oui" "nein"`},
		{"Zoë‘s ʼn` ´x´ 5″", `zoë's 'n' 'x' 5"`},
		{"ＦＵＬＬ ﬁn ①", "full fin 1"},
		{"E\u0301VA", "éva"},
		{"ze\u200bro \u202eflip\ufeff", "zero flip"},
		{"ok\xff\xc3 ÿ", "ok\xff\xc3 ÿ"},
		{"Ünder_score.", "ünder_score."},
	} {
		want := strings.ToValidUTF8(tt.want, "")
		if got := Fold(tt.text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", tt.text, got, want)
		}
		if again := Fold(want); again != want {
			t.Errorf("Fold(%q) = %q, want it as it was", want, again)
		}
	}
}

func TestStem(t *testing.T) {
	for _, forms := range []string{"open opened opening opens", "city cities", "argue argued argues arguing", "ferry ferries", "warn warned warning", "sail sails sailing"} {
		words := strings.Fields(forms)
		for _, w := range words {
			if Stem(w) != Stem(words[0]) {
				t.Errorf("%s and %s have the stems %s and %s", words[0], w, Stem(words[0]), Stem(w))
			}
		}
	}
	for _, w := range []string{"", "1990s", "3.5", "b2bs", "naïves", "東京", "u.s"} { // as they are
		if Stem(w) != w {
			t.Errorf("Stem(%q) = %q", w, Stem(w))
		}
	}
	if Stem("port") == Stem("fort") {
		t.Error("port and fort have one stem")
	}
}

// Words that share a place in the memory, and questions at the same time, get their own stems.
func TestStemRemembersRightly(t *testing.T) {
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for n := range 6000 { // of 3,000 words, twice, over a hundred share a place
				w := string([]byte{'a' + byte(n%3000/120), 'a' + byte(n%12), 'a' + byte(n%120/12)}) + "nings"
				if got, want := Stem(w), english.Stem(w, true); got != want {
					t.Errorf("Stem(%q) = %q, want %q", w, got, want)
					return
				}
			}
		})
	}
	all.Wait()
}

func TestNames(t *testing.T) {
	for _, tt := range []struct {
		word                                            string
		title, organisation, place, territory, forename bool
	}{
		{word: "dr", title: true},
		{word: "senator", title: true},
		{word: "university", organisation: true},
		{word: "ltd", organisation: true},
		{word: "river", place: true},
		{word: "kenya", place: true, territory: true},
		{word: "u.s", place: true, territory: true},
		{word: "lisbon", place: true, territory: true},
		{word: "fatima", forename: true},
		{word: "virginia", place: true, territory: true, forename: true},
		{word: "jordan", place: true, territory: true, forename: true},
		{word: "kiln"},
		{word: ""},
		{word: "Dr"}, // small letters are asked for
	} {
		got := []bool{Title(tt.word), Organisation(tt.word), Place(tt.word), Territory(tt.word), GivenName(tt.word)}
		if diff := cmp.Diff([]bool{tt.title, tt.organisation, tt.place, tt.territory, tt.forename}, got); diff != "" {
			t.Errorf("%q as title, organisation, place, territory, given name (-want +got):\n%s", tt.word, diff)
		}
	}
}
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Meta’s Llama2", "\xff a\xc3", "ﬁ Ⅷ ½ ١٢", "a.b_c'd's", "ﷺ whats"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, tok := range Tokens(text) {
			if tok.Start < 0 || tok.Start >= tok.End || tok.End > len(text) || tok.Start < last && tok.Start != 0 && tok.End < last {
				t.Fatalf("token %+v is no run of %q", tok, text)
			}
			last = tok.Start
			if tok.Word == "" || !utf8.ValidString(tok.Word) || strings.ContainsAny(tok.Word, " \t\n") {
				t.Fatalf("word %q of %q", tok.Word, text)
			}
		}
	})
}

func FuzzSentences(f *testing.F) {
	f.Add("One. Two? “Three,” he said.\nFour")
	f.Add("a.B c.D\r\n\xff.")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, s := range Sentences(text) {
			if s.Start < last || s.Start >= s.End || s.End > len(text) {
				t.Fatalf("sentence %+v after %d in %q", s, last, text)
			}
			last = s.End
		}
	})
}
