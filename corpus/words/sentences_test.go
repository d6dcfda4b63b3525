package words

import (
	"strings"
	"testing"
)

func TestSentenceBoundaries(t *testing.T) {
	for _, text := range []string{ // | marks where one ends
		"It rained.|It stopped.",
		"He met Mr. Hale and Dr. A. B. Brown.|They talked.",
		"The U.S. Army left.|It came back.",
		"They live in the U.S.|The house is small.",
		"It opens at 9 p.m. Eastern Time.|It closes at 11 p.m.|He left.",
		"The ferry leaves at 7 a.m. daily.|Boats return at 9 p.m.|Tickets cost 3 pounds.",
		"Call by 5 p.m. GMT or 9 p.m. Monday.|It ends at 6 p.m.|A guard stays.",
		"Bring boots, maps, etc.|Guides know the way, etc. and more.",
		"The S.S. Marlow sank.|J.R.R. Hale drowned.",
		"It costs 3.50 a day.|In 1.5 years it pays.",
		"See No. 5 and Fig. 2 below.|He said no.|Then he left.",
		"It grew.|15,000 came.",
		"It rose by 5%.|22 people came.",
		"It was found.[3]|Then it was lost.[note 1]|In 1950 it burned.",
		"The show (which ran from 9 a.m. Eastern. It was long) ended.|Nobody came.",
		"“Really?” he asked.|“Yes!”|She nodded.",
		"“We won.|We all won,” she said.",
		"He built a platform.|On it he stood.",
		"Wait...|What?",
		"He paused ... and went on.",
		"Hale Inc. bought it.|The price was low.",
		"He saw Hale Co.|The firm was new.",
		"Is it so?|It is!|Good.",
		"Saturn V was large.|Version 2.0 was larger.",
		// Abbreviations in the middle, and at the end before a word that opens a sentence.
		"Prof. Lindqvist sang at St. Olave.|Nobody clapped.",
		"She lives on Elm Rd.|The house is old.",
		"Acme Ltd. Sheffield closed.|Later it reopened.",
		"He was born ca. 1200.|He died in 1260.",
		"Moreau et al. found it.|They left.",
		"The wall is 3 ft.|The gate is 5 ft. high.",
		"On Jan. 5 it froze.|In Feb. Oslo thawed.",
		"See Sec. 4, Art. 9 and pp. 10 to 12.|It holds.",
		"Berg v. Lund was heard.|It failed.",
		"Bring fruit, e.g. Cox apples.|Wash it, i.e. Rinse it.",
		"The poet J. R. Vale wrote.|A. Vale slept.",
		"He and I.|Then they left.",
		"They chose plan B.|The crew left.",
		"Mme. Roux and Messrs. Hale and Kerr met Capt. Diaz.|Lt. Oh did not.",
		"Buses run at 5 p.m. Pacific Time.|They stop at 6 p.m.|Trams go on.",
		// Marks of other languages, and marks together.
		"¿Qué pasó?|¡Nadie sabe!|Quizá mañana.",
		"«Partez !» dit-elle.|Elle sortit.",
		"Is it so?!|Yes!!|Never.",
		"Wait… what?|Then she ran.",
		"The lake froze.|Ärger followed.|Éva left.",
		"यह झील है।|वह नदी है।",
		// Quotations, brackets and notes.
		"“I left.”|She stayed.",
		"(It rained.)|We left.",
		"“Is it?” asked Ola.|“It is.”",
		"He (the elder left.|She stayed.",
		"It opened [it was late. Very late] at last.|Some came.",
		"He paused.[12][13]|Then she sang.",
		"It sank (see Fig. 3).|40 drowned.",
		"She said: “No.|Not now.”|He sighed.",
		// Figures.
		"It cost £3.|Then it cost £4.50.|Now it is free.",
		"Only 4.5 km remain.|7 are paved.",
		"Version 1.2.3 failed.|So did 1.2.4.",
		"Write to ada@lamps.example or see lamps.example/toll.|It helps.",
	} {
		want := strings.Split(text, "|")
		plain := strings.ReplaceAll(text, "|", "")
		for i, w := range want {
			want[i] = strings.TrimSpace(w)
			if i > 0 && !strings.Contains(text, "platform") {
				plain = strings.Replace(plain, want[i-1]+want[i], want[i-1]+" "+want[i], 1)
			}
		}
		var got []string
		for _, s := range Sentences(plain) {
			got = append(got, plain[s.Start:s.End])
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("Sentences(%q)\n got %s\nwant %s", plain, strings.Join(got, "|"), strings.Join(want, "|"))
		}
	}
}

// Every letter of a text belongs to one sentence, which stands on one line and has no white
// space around it: what is shown is cut by these offsets.
func TestSentencesCover(t *testing.T) {
	for _, text := range []string{
		"", " \n\t ", "No stop", "One.\r\nTwo.\r\n", "Mr.\nHale went.\n\nHe (of Hull\nleft.) Then 5 came.",
		"« Oui. » Il rit.\u2028Elle aussi.", "雨が降った。雪も降った。", "a.B.C.d.E f.Gh.Ij", "...?!.. [1][2] .5 5.", "(((( a. B. C)", "[note never closed. It goes on. And on",
		"\ufeffIt began.\u00a0It ended.", "bad \xff byte. Another\xc3. \x80", strings.Repeat("(", 600) + " A. B. " + strings.Repeat(")", 600), strings.Repeat("Mr. ", 300),
	} {
		last := 0
		for _, s := range Sentences(text) {
			if gap := text[last:s.Start]; strings.TrimSpace(gap) != "" {
				t.Errorf("Sentences(%.60q) leaves %q out", text, gap)
			}
			if got := text[s.Start:s.End]; got == "" || got != strings.TrimSpace(got) || strings.Contains(got, "\n") {
				t.Errorf("Sentences(%.60q) has %q", text, got)
			}
			last = s.End
		}
		if strings.TrimSpace(text[last:]) != "" {
			t.Errorf("Sentences(%.60q) leaves %q out", text, text[last:])
		}
	}
}

// A bracket that is closed only far away is a slip: the sentences within it count.
func TestSentencesBracketFarAway(t *testing.T) {
	long := strings.Repeat("The boats went out and came back again. ", 30)
	if got := len(Sentences("He left (so they say. " + long + "It ended) at last.")); got != 32 {
		t.Errorf("%d sentences, want 32", got)
	}
	if got := len(Sentences("He left (so they say. It was late. It ended) at last.")); got != 1 {
		t.Errorf("%d sentences within a short bracket, want 1", got)
	}
}
