package draft

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/corpus"
	"verbatim/corpus/words"
)

// everything knows every name.
func everything(string) bool { return true }

// TestRead: a sentence is cut into what a question turns round.
func TestRead(t *testing.T) {
	for _, tt := range []struct {
		sentence string
		want     clause
	}{
		{"In 1880, the harbour board opened a second quay.",
			clause{subject: "the harbour board", verb: "opened", base: "open", rest: "a second quay", when: "in 1880"}},
		{"The ferry was sold to a Danish owner in March 1921.",
			clause{subject: "the ferry", verb: "was", rest: "sold to a Danish owner", when: "in March 1921"}},
		{"The lighthouse (a wooden tower) was painted red.", clause{subject: "the lighthouse", verb: "was", rest: "painted red"}},
		{"The council has two chambers.", clause{subject: "the council", verb: "has", base: "have", rest: "two chambers"}},
		{"The warden keeps bees.", clause{subject: "the warden", verb: "keeps", base: "keep", rest: "bees"}},
		{"The tower collapsed.", clause{subject: "the tower", verb: "collapsed", base: "collapse"}},
		{"However, the market moved to Hall Street.", clause{subject: "the market", verb: "moved", base: "move", rest: "to Hall Street"}},
		{"Ola Vik later founded a school in Bergen.", clause{subject: "Ola Vik", verb: "founded", base: "found", rest: "a school in Bergen"}},
		{"The pilot was also mayor of Tarn.", clause{subject: "the pilot", verb: "was", rest: "mayor of Tarn", also: true}},
		{"The keepers lived in Skye, Mull and Iona.", clause{subject: "the keepers", verb: "lived", base: "live", rest: "in Skye", cut: true}},
		{"The ship carried 40 sailors, of whom ten drowned.",
			clause{subject: "the ship", verb: "carried", base: "carry", rest: "40 sailors", cut: true}},
		{"The lake will freeze over by the end of January.",
			clause{subject: "the lake", verb: "will", rest: "freeze over by the end of January"}},
		{"The bridge is closed because of the storm.", clause{subject: "the bridge", verb: "is", rest: "closed", because: "because of the storm"}},
	} {
		got, ok := read(tt.sentence, everything)
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(clause{})); !ok || diff != "" {
			t.Errorf("%q: %v (-want +got):\n%s", tt.sentence, ok, diff)
		}
	}
}

// TestNotRead: a sentence that may be read wrongly, or points elsewhere, is not read.
func TestNotRead(t *testing.T) {
	for sentence, why := range map[string]string{
		"The mill stands beside the river.":                                      "an unknown verb",
		"The keepers visited Skye, Mull and Iona.":                               "a list that is cut",
		"The society met on 4 May and published a journal.":                      "what is left says too little",
		"The fund rose to 12 million in 1990 dollars.":                           "a year that is no date",
		"The rope, which was new, broke.":                                        "a clause within",
		"The board does meet.":                                                   "stressed",
		"It was painted red.":                                                    "a pronoun",
		"The mayor said that the bridge is safe.":                                "a report",
		"The museum is run by volunteers":                                        "no full stop",
		"Is the hall open?":                                                      "a question",
		"The house produced by Lee was sold.":                                    "a participle that looks like the verb",
		"The engineers moved the old crane there.":                               "“there” points elsewhere",
		"The choir sang his songs.":                                              "“his” points elsewhere",
		"The cost per box rose.":                                                 "“rose” or “cost”",
		"Included in the fare are a boat and a net.":                             "a participle at the beginning",
		"The papers show boat owners were poor.":                                 "“show” is the verb",
		"The choir uses closed halls in winter.":                                 "“uses” is the verb",
		"The amount members owe was raised.":                                     "a clause without “that”",
		"The winners of a race called the Tarn Cup, which is old, were sailors.": "“called” is not the verb",
		"Fortunately Skarvik is a safe harbour.":                                 "an adverb without a comma",
		"The quay was planned by Vik and opened in 1921.":                        "the date of another statement",
		"The last part is for the choir.":                                        "nobody knows of what",
		"First up is a boat of the club.":                                        "no noun",
		"Visiting Skarvik was a mistake of the board.":                           "a gerund",
		"A few months after the fire the choir rebuilt the hall":                 "no end",
	} {
		if got, ok := read(sentence, everything); ok {
			t.Errorf("%q (%s) is read: %+v", sentence, why, got)
		}
	}
}

// TestQuestionsOfAKind: each kind of statement has its questions, and the first come first.
func TestQuestionsOfAKind(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"The mill was built by Ola Vik in Bergen. Ola Vik was a miller. Everybody knew Ola Vik.",
			[]string{"Who built the mill in Bergen?", "By whom was the mill built in Bergen?", "Who was the mill built by in Bergen?"}},
		{"The mill was followed by Tarn Tower in Bergen. Tarn Tower burned.", // a tower is no "who"
			[]string{"Was the mill followed by Tarn Tower in Bergen?", "Do you know whether the mill was followed by Tarn Tower in Bergen?", "Is it true that the mill was followed by Tarn Tower in Bergen?"}},
		{"The mill was built by Mayor Ola Vik. Ola Vik was a miller. Everybody knew Ola Vik.",
			[]string{"Who built the mill?", "By whom was the mill built?", "Who was the mill built by?"}},
		{"The quay was opened in the 19th century.",
			[]string{"When was the quay opened?", "In which century was the quay opened?", "Do you know when the quay was opened?"}},
		{"The quay was opened in the 1920s.",
			[]string{"When was the quay opened?", "In which decade was the quay opened?", "Do you know when the quay was opened?"}},
		{"The quay was opened in the early 1800s.", nil}, // a decade, or a century
		{"The quay was opened in March.",
			[]string{"When was the quay opened?", "In which month was the quay opened?", "Do you know when the quay was opened?"}},
		{"The quay was opened on 4 May 1921.",
			[]string{"When was the quay opened?", "On what date was the quay opened?", "Do you know when the quay was opened?"}},
		{"The council has two chambers.",
			[]string{"How many chambers does the council have?", "Do you know how many chambers the council has?", "Can you tell me how many chambers the council has?"}},
		{"Ida Lund was born in Bergen. Ida Lund, a singer from Bergen, left. Ida Lund returned.",
			[]string{"Where was Ida Lund born?", "Do you know where Ida Lund was born?", "In which place was Ida Lund born?",
				"Who is Ida Lund?", "Do you know who Ida Lund is?", "Can you tell me who Ida Lund is?"}},
		{"Ida Lund left the opera in 1911. Ida Lund, a singer from Bergen, sang. Ida Lund returned.",
			[]string{"When did Ida Lund leave the opera?", "In what year did Ida Lund leave the opera?", "Do you know when Ida Lund left the opera?",
				"What did Ida Lund do in 1911?", "Who left the opera in 1911?",
				"Who is Ida Lund?", "Do you know who Ida Lund is?", "Can you tell me who Ida Lund is?"}},
		{"The keeper is a person who lives in the tower.",
			[]string{"Who is the keeper?", "Do you know who the keeper is?", "Can you tell me who the keeper is?"}},
		{"The Royal Harbour Board (RHB) met. The board met again.",
			[]string{"What does RHB stand for?", "What does the abbreviation RHB mean?", "What is RHB short for?"}},
		{"The old crane is not used on Sundays and Mondays.", nil}, // nobody who has not read it asks about the old crane
		{"The tower may be closed on Sundays and Mondays.", nil},   // nobody knows
	} {
		if diff := cmp.Diff(tt.want, drafts(t, tt.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}

// TestTooLong: what nobody types is no question, and none is asked twice.
func TestTooLong(t *testing.T) {
	var q questions
	q.add("when did", "the  board ", "meet,")
	q.add("when did the board meet")
	q.add("who", strings.Repeat("really ", 20), "met")
	if want := (questions{"When did the board meet?"}); !slices.Equal(q, want) {
		t.Errorf("%q, want %q", q, want)
	}
	if got := q.free(map[string]bool{q[0]: true}); len(got) > 0 {
		t.Errorf("what is taken is free: %q", got)
	}
}

// TestIDs: an id is made of the first words that say something, and none is given twice.
func TestIDs(t *testing.T) {
	taken := IDs{"harbour-board": true}
	for _, tt := range []struct{ kind, text, want string }{
		{"passage", "The harbour board met in the old hall.", "harbour-board-met-old"},
		{"passage", "The harbour board.", "harbour-board-2"},
		{"passage", "The harbour board!", "harbour-board-3"},
		{"question", "who was it?", "question"},
		{"question", "why not?", "question-2"},
		{"passage", "1905 brought a storm", "passage-1905-brought-storm"},
		{"passage", "Où est l’été?", "où-est-lété"},
		{"passage", strings.Repeat("x", idLength+1) + " quay", "quay"},
	} {
		if got := taken.Of(tt.kind, tt.text); got != tt.want {
			t.Errorf("%q has the id %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestFurniture: lines that stand around an article are told from its own.
func TestFurniture(t *testing.T) {
	for line, want := range map[string]bool{
		"Photo: Ida Lund / Skarvik Post": true, "Image courtesy of the museum": true, "By Ida Lund and Ola Vik": true, "12 Comments": true,
		"No comments": true, "Share this article": true, "Facebook | Twitter": true, "This site uses cookies.": true, "Sign up for the newsletter": true,
		"Read more about ferries": true, "Advertisement": true, "© 2024 Skarvik Post": true, "Published on 4 May 2021": true, "5 min read": true,
		"The ferry sails at noon.": false, "by the sea": false, "The comments were kind.": false, "He shared this view.": false,
	} {
		if got := isFurniture(line); got != want {
			t.Errorf("%q is furniture: %v", line, got)
		}
	}
}

// TestTitle: the first line is the title where it reads as one.
func TestTitle(t *testing.T) {
	const rest = "\nThe ferry sails at noon. It rains."
	for first, want := range map[string]string{
		"A ferry for Skarvik": "A ferry for Skarvik", "The ferry is late.": "", "Ferries": "", "Share this article": "", "Is it late?": "",
		strings.Repeat("ferry ", 21) + "ferry": "",
	} {
		if got := title(source(t, first+rest)); got != want {
			t.Errorf("%q has the title %q, want %q", first, got, want)
		}
	}
	if got := title(source(t, "A ferry for Skarvik")); got != "" {
		t.Errorf("of a single line: %q", got)
	}
	described, err := corpus.ReadDescribed("s", "A ferry for Skarvik"+rest, corpus.Description{Title: "Ferries"})
	if err != nil {
		t.Fatal(err)
	}
	if got := title(described); got != "" {
		t.Errorf("of a source that has one: %q", got)
	}
}

// TestKeep: the line that keeps what was drafted grows, whatever ends it.
func TestKeep(t *testing.T) {
	more := []intent{{id: "pier"}, {id: "quay"}}
	for _, tt := range []struct{ curation, want string }{
		{"intents: []\n", "# drafted so far: pier quay\nintents: []\n"},
		{"# drafted so far: mill\nintents: []\n", "# drafted so far: mill pier quay\nintents: []\n"},
		{"# drafted so far: mill\r\nintents: []\r\n", "# drafted so far: mill pier quay\r\nintents: []\r\n"},
		{"# drafted so far: mill", "# drafted so far: mill pier quay"},
	} {
		got := string(keep([]byte(tt.curation), more))
		if got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.curation, got, tt.want)
		}
		if so := draftedSoFar([]byte(got)); !so["pier"] || !so["quay"] || so["mill"] != strings.Contains(tt.curation, "mill") {
			t.Errorf("%q: drafted so far are %v", got, so)
		}
	}
}

// TestChoose: of many some of every part of the text are taken, and higher ranks only fill up.
func TestChoose(t *testing.T) {
	var all []intent
	for i := range 60 {
		all = append(all, intent{start: i, rank: min(i%3, 1)})
	}
	out := choose(all)
	if len(out) != mostIntents || out[0].start != 0 || out[len(out)-1].start != 57 || slices.ContainsFunc(out, func(in intent) bool { return in.rank > 0 }) {
		t.Errorf("of 20 that ask for something: %d, %+v", len(out), out)
	}
	if out = choose(all[1:6]); len(out) != 5 || !slices.IsSortedFunc(out, func(a, b intent) int { return a.start - b.start }) {
		t.Errorf("of few: %+v", out)
	}
	if out = choose([]intent{{start: 3, rank: 1}}); len(out) != 1 {
		t.Errorf("of one of the highest rank: %+v", out)
	}
}

// TestSubject: a name, or a noun with what belongs to it, can be asked about as it stands
// inside a sentence.
func TestSubject(t *testing.T) {
	known := func(name string) bool { return slices.Contains([]string{"Ola Vik", "Skarvik", "ferries"}, name) }
	for subject, want := range map[string]string{
		"The old ferry":      "the old ferry",
		"A ferry of Skarvik": "a ferry of Skarvik",
		"Ola Vik":            "Ola Vik",
		"Skarvik later":      "Skarvik",
		"Ferries":            "ferries",
		"Ferries to Skarvik": "ferries to Skarvik",
		"Ida Lund":           "", // nobody the text knows
		"Sailing":            "",
		"The ferry he":       "",
		"Of the ferry":       "",
		"The quickly":        "",
		"The":                "",
		"The second":         "",
		"The one that the old board of the port of Skarvik in Norway had": "",
	} {
		if got, ok := subjectOf(strings.Fields(subject), known); got != want || ok != (want != "") {
			t.Errorf("the subject %q is %q, %v; want %q", subject, got, ok, want)
		}
	}
}

// TestDefinition: what something is is asked only where it is said in full, and of people who
// they are.
func TestDefinition(t *testing.T) {
	nouns := words.Set("silence fear songs")
	for sentence, want := range map[string]string{
		"A quay is a wall that ships lie at.":              "What is a quay?",
		"Skarvik is a port with two quays.":                "What is Skarvik?",
		"Tarn is the capital of the island.":               "What is Tarn?",
		"The text is a stone of the quay.":                 "", // somewhere
		"The pilot is a singer based in Tarn.":             "Who is the pilot?",
		"Anna Vik is a PhD Candidate at the school.":       "", // she is no what
		"Ida Lund is a Singer from Bergen.":                "Who is Ida Lund?",
		"Fear is an issue cited by sailors.":               "",
		"Norway is a producer of wool.":                    "",
		"A masterpiece of Skarvik is a bridge of stone.":   "",
		"For most keepers, the tower is a place of fear.":  "", // not for all
		"Silence is a core value of the choir.":            "",
		"Norwegian is the dominant language on the coast.": "",
		"The sea is the mother.":                           "",
		"The mother of boats is a raft of logs.":           "",
		"Dr Vik is a fixture of the choir.":                "",
		"Ola Vik OBE is a member of the board.":            "",
		"The 25 days is a rule of the board.":              "",
		"Fear is the enemy of all sailors.":                "",
		"Songs without words are a habit of the choir.":    "",
		"The keepers are the only people who know.":        "",
		"The tower was a place of fear.":                   "", // what is it now?
	} {
		c, ok := read(sentence, func(name string) bool { return name != lower(name) || nouns[name] })
		if !ok {
			t.Errorf("%q is not read", sentence)
			continue
		}
		var q questions
		if q.clause(c, func(string) bool { return false }); want == "" && len(q) > 0 || want != "" && (len(q) == 0 || q[0] != want) {
			t.Errorf("%q: %q, want %q", sentence, q, want)
		}
	}
}

// TestSpeakers: what somebody said is asked of people only, and by a surname where the text
// itself calls them so.
func TestSpeakers(t *testing.T) {
	for _, tt := range []struct{ text, want, not string }{
		{"“The harbour is deep,” said Ida Lund. Lund left. “The quay is short,” said Ida Lund.", "What did Lund say about the harbour?", ""},
		{"“The harbour is deep,” said Ida Lund. “The quay is short,” said Ida Lund.", "What did Ida Lund say about the harbour?", "What did Lund say about the harbour?"},
		{"“The keeper is late,” said Ida Lund. Lund left. “The quay is short,” said Ida Lund.", "", "say about"}, // said in passing
		{"The Bergen and San Francisco reports noted that the harbour is deep. San Francisco noted that the harbour is wide.", "", "say about"},
		{"Three Harbour Boards said that the port is deep. Most boards met. Three Harbour Boards noted that the quay is short.", "", "say about"},
	} {
		got := strings.Join(drafts(t, tt.text+" It is a harbour for all. No harbour is better."), "\n")
		if !strings.Contains(got, tt.want) || tt.not != "" && strings.Contains(got, tt.not) {
			t.Errorf("%q: %q; want %q and not %q", tt.text, got, tt.want, tt.not)
		}
	}
}

// TestLeftOut: a heading is no statement, what is so "in Norway" is not asked without it, and
// a word that is most likely a mistake of the text is not carried over.
func TestLeftOut(t *testing.T) {
	const rest = " They saw Skarvik. It was Skarvik. Call it Skarvik."
	for text, want := range map[string]bool{
		"The old quay is closed on Sundays and Mondays." + rest:            true,
		"The old quay is closed on Sundays and Mondays\nIt rains." + rest:  false,
		"The old quay is closed on Sundays and Mondays!" + rest:            false,
		"In Norway, the old quay is closed on Sundays and Mondays." + rest: false,
		"However, the old quay is closed on Sundays and Mondays." + rest:   true,
		"The quay of Skarvik is closed on Sundays and Mondays." + rest:     true,
		"The quay of Skravik is closed on Sundays and Mondays." + rest:     false,
		"The choir has had a 12-month course of songs." + rest:             true,
		"The choir has had a 12 month course of songs." + rest:             false,
		"The first quay is closed on Sundays and Mondays." + rest:          false,
		"The old quay is open part time/full time on Mondays." + rest:      false,
		"The old quay is quite new and very well made." + rest:             false,
		"The old quay is how the boats are loaded." + rest:                 false,
		"The old quay is to close on Sundays and Mondays." + rest:          false,
	} {
		if got := drafts(t, text); len(got) > 0 != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestHead: the noun that a description begins with, and whether people are that.
func TestHead(t *testing.T) {
	for text, want := range map[string]string{
		"a Swiss mathematician of note": "mathematician", "the oldest harbour": "harbour", "a singer, and a good one": "singer", "pilot": "pilot", "a sailor based in Tarn": "sailor", "a retired pilot": "pilot",
	} {
		if got := head(text); got != want {
			t.Errorf("%q begins with the noun %q, want %q", text, got, want)
		}
	}
	for noun, want := range map[string]bool{"mathematician": true, "singer": true, "harbour": false, "bridge": false} {
		if got := isRole(noun); got != want {
			t.Errorf("people are a %s: %v", noun, got)
		}
	}
}
