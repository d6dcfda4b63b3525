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
