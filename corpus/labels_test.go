package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus/attribution"
)

// spokenLabel is a row of testdata/attribution/labels.tsv: see the README there.
type spokenLabel struct {
	form, speaker string
	start         int // of the first words, in the text
}

// tally counts how the labels of a genre, or of all, are read.
type tally struct {
	quotes, found, own    int // quotations and turns; read as somebody's words; read as the text's
	named, right          int // speakers named of those found, and named right
	kind                  int // quotations of which the kind is right
	extra                 int // quotations that are read and not labelled
	reports, read, rightR int // reports; read as such; with the right speaker
	extraReports          int
}

func (t *tally) add(o tally) {
	t.quotes, t.found, t.own, t.named, t.right, t.kind, t.extra = t.quotes+o.quotes, t.found+o.found, t.own+o.own, t.named+o.named, t.right+o.right, t.kind+o.kind, t.extra+o.extra
	t.reports, t.read, t.rightR, t.extraReports = t.reports+o.reports, t.read+o.read, t.rightR+o.rightR, t.extraReports+o.extraReports
}

func share(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f%% (%d of %d)", 100*float64(n)/float64(of), n, of)
}

func (t tally) String() string {
	return fmt.Sprintf("quotations found %s, precision %s, taken for the text's %s; speakers right of those named %s, of all %s; kind right %s; reports found %s, precision %s, speaker right %s",
		share(t.found, t.quotes), share(t.found, t.found+t.extra), share(t.own, t.quotes), share(t.right, t.named), share(t.right, t.quotes), share(t.kind, t.quotes),
		share(t.read, t.reports), share(t.read, t.read+t.extraReports), share(t.rightR, t.read))
}

// TestLabels measures the reading of texts on labels that were made by hand.
func TestLabels(t *testing.T) {
	data, err := os.ReadFile("testdata/attribution/labels.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(sharedReading, "texts")); err != nil {
		t.Skip("no texts beside the checkout")
	}
	list, err := os.ReadFile("testdata/attribution/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	genres, all := map[string]*tally{}, tally{}
	var order []string
	for id := range strings.FieldsSeq(string(list)) {
		text, err := os.ReadFile(filepath.Join(sharedReading, "texts", id+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Read(id, string(text))
		if err != nil {
			t.Fatal(err)
		}
		one := measure(t, s, labelsOf(t, string(data), s))
		genre, _, _ := strings.Cut(id, "-")
		if genres[genre] == nil {
			genres[genre] = &tally{}
			order = append(order, genre)
		}
		genres[genre].add(one)
		all.add(one)
	}
	for _, g := range order {
		t.Logf("%s: %v", g, genres[g])
	}
	t.Logf("all: %v", all)
	if all.quotes == 0 || all.reports == 0 {
		t.Error("no labels")
	}
}

func labelsOf(t *testing.T, data string, s *Source) []spokenLabel {
	t.Helper()
	var out []spokenLabel
	for line := range strings.Lines(data) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if f[0] != s.ID() {
			continue
		}
		start := strings.Index(s.Text(), f[3])
		if len(f) != 4 || start < 0 {
			t.Fatalf("%s: %q is not in the text", s.ID(), line)
		}
		out = append(out, spokenLabel{f[1], f[2], start})
	}
	return out
}

// measure compares the speeches of a text with its labels.
func measure(t *testing.T, s *Source, labels []spokenLabel) tally {
	t.Helper()
	var out tally
	speeches := s.Speeches()
	matched := make([]bool, len(speeches))
	for _, l := range labels {
		i := slices.IndexFunc(speeches, func(sp Speech) bool { return covers(sp, l) })
		if i >= 0 {
			matched[i] = true
		}
		switch l.form {
		case "skip":
			for k, sp := range speeches {
				matched[k] = matched[k] || sp.Quote.Start() <= l.start+8 && l.start < sp.Quote.End()
			}
		case "report":
			out.report(t, s, l, speeches, i)
		default:
			out.quotation(t, s, l, speeches, i)
		}
	}
	for i, sp := range speeches {
		switch {
		case matched[i] || sp.Form == attribution.Authored || sp.Form == attribution.Turn && slices.ContainsFunc(labels, func(l spokenLabel) bool { return l.form == "turn" }):
		case sp.Form == attribution.Report:
			out.extraReports++
			t.Logf("%s: not a report, but read as %s’s: %s", s.ID(), sp.Speaker, sp.Quote.Text())
		case !slices.ContainsFunc(labels, func(l spokenLabel) bool {
			return l.form != "skip" && sp.Quote.Start() <= l.start && l.start < sp.Quote.End()
		}):
			out.extra++
			t.Logf("%s: not speech, but read as %s’s: %s", s.ID(), sp.Speaker, sp.Quote.Text())
		}
	}
	return out
}

// covers reports whether a speech is of the kind of a label and holds its first words.
func covers(sp Speech, l spokenLabel) bool {
	if l.form == "report" {
		return !sp.Spoken() && sp.Quote.Start() <= l.start && l.start < sp.Quote.End()
	}
	return sp.Spoken() && sp.Words.Start() <= l.start && l.start < sp.Words.End()
}

func (out *tally) report(t *testing.T, s *Source, l spokenLabel, speeches []Speech, i int) {
	t.Helper()
	out.reports++
	if i < 0 {
		t.Logf("%s: no report: %s", s.ID(), s.Text()[l.start:min(len(s.Text()), l.start+70)])
		return
	}
	out.read++
	if rightSpeaker(speeches[i], l) {
		out.rightR++
		return
	}
	t.Logf("%s: the report is %s’s, want %s: %s", s.ID(), speeches[i].Speaker, l.speaker, speeches[i].Quote.Text())
}

func rightSpeaker(sp Speech, l spokenLabel) bool {
	if l.speaker == "-" {
		return sp.Attribution == Others
	}
	return sp.Attribution != Others && sameSpeaker(sp.Speaker, l.speaker)
}

func (out *tally) quotation(t *testing.T, s *Source, l spokenLabel, speeches []Speech, i int) {
	t.Helper()
	out.quotes++
	begin := s.Text()[l.start:min(len(s.Text()), l.start+70)]
	if i < 0 {
		out.own++
		t.Logf("%s: no speech: %s", s.ID(), begin)
		return
	}
	out.found++
	sp := speeches[i]
	right := rightSpeaker(sp, l)
	if sp.Attribution != Others {
		out.named++
	}
	if right && sp.Attribution != Others {
		out.right++
	}
	if !right {
		t.Logf("%s: %s’s (%s), want %s: %s", s.ID(), sp.Speaker, sp.Attribution, l.speaker, begin)
	}
	want := Direct
	switch {
	case l.speaker == "-":
		want = Others
	case l.form == "part":
		want = Reported
	}
	if sp.Attribution == want {
		out.kind++
	}
}
