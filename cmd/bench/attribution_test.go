package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/cmd/internal/score"
	"verbatim/corpus"
	"verbatim/corpus/attribution"
)

var bridge = []string{
	"The bridge",
	"“The bridge is shut,” said Ana Ruiz, the mayor. “It opens in May.”",
	"Tom Beck said that the ferry runs until ten.",
	"One driver said, “I had to turn round.”",
	"The mill burned down in 1904.",
}

// labelLine is a line of a labels file for some words of bridge's paragraph.
func labelLine(text string, paragraph int, run, kind, form, speaker string) string {
	start := strings.Index(bridge[paragraph-1], run)
	return fmt.Sprintf("%s\tp%ds1\t%d\t%d\t%s\t%s\t%s\t\tno", text, paragraph, start, start+len(run), kind, form, speaker)
}

func TestAttributeText(t *testing.T) {
	file := filepath.Join(t.TempDir(), "news-bridge.txt")
	write(t, file, bridge...)
	none, yes, no := score.Share{}, score.Share{Count: 1, All: 1}, score.Share{All: 1}
	spoken := func(f runFigures) whoFigures { return whoFigures{forms: map[string]runFigures{"quotation": f}} }
	for _, test := range []struct {
		name                      string
		paragraph                 int
		run, kind, form, speaker  string
		want                      whoFigures
		calledSpoken, calledTells score.Share
	}{
		{"a quotation, its speaker named", 2, "The bridge is shut,", "direct", "quotation", "Mayor Ana Ruiz",
			spoken(runFigures{found: yes, swapped: no, article: no, kind: yes, precise: yes, complete: yes}), yes, none},
		{"one of two names is right", 2, "It opens in May.", "direct", "quotation", "Tom Beck|Ana Ruiz",
			spoken(runFigures{found: yes, swapped: no, article: no, kind: yes, precise: yes, complete: yes}), yes, none},
		{"somebody else is named", 2, "It opens in May.", "direct", "quotation", "Tom Beck",
			spoken(runFigures{found: yes, swapped: no, article: no, kind: yes, precise: no, complete: no}), yes, none},
		{"named, though the text is not clear", 2, "It opens in May.", "others", "quotation", "unclear",
			spoken(runFigures{found: yes, swapped: no, article: no, kind: no, open: yes}), yes, none},
		{"somebody without a name", 4, "I had to turn round.", "others", "quotation", "unnamed",
			spoken(runFigures{found: yes, swapped: no, article: no, kind: yes, open: no}), yes, none},
		{"much less is spoken than the program takes", 2, "May", "direct", "quotation", "Ana Ruiz",
			spoken(runFigures{found: no, swapped: no, article: yes, complete: no}), none, none},
		{"spoken, taken for reported", 3, "the ferry runs until ten", "direct", "quotation", "Tom Beck",
			spoken(runFigures{found: no, swapped: yes, article: no, complete: no}), none, no},
		{"spoken, taken for the article's", 5, "The mill burned down", "direct", "quotation", "Tom Beck",
			spoken(runFigures{found: no, swapped: no, article: yes, complete: no}), none, none},
		{"a report", 3, bridge[2], "reported", "report", "Tom Beck",
			whoFigures{reported: runFigures{found: yes, swapped: no, article: no, kind: yes, precise: yes, complete: yes}}, none, yes},
		{"a report, taken for spoken", 2, "The bridge is shut,", "reported", "report", "Ana Ruiz",
			whoFigures{reported: runFigures{found: no, swapped: yes, article: no, complete: no}}, no, none},
		{"marks taken for spoken", 2, "It opens in May.", "article", "marks", "", whoFigures{marks: yes}, no, none},
		{"marks in a report are not spoken by that", 3, "ferry", "article", "marks", "", whoFigures{marks: no}, none, none},
		{"a sentence taken for a report", 3, bridge[2], "article", "sentence", "", whoFigures{sentences: yes}, none, no},
		{"a sentence of the article", 5, bridge[4], "article", "sentence", "", whoFigures{sentences: no}, none, none},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, err := parseLabel(labelLine("news-bridge", test.paragraph, test.run, test.kind, test.form, test.speaker))
			if err != nil {
				t.Fatal(err)
			}
			got, err := attributeText(file, []label{l})
			if err != nil {
				t.Fatal(err)
			}
			test.want.texts, test.want.calledSpoken, test.want.calledReported = 1, test.calledSpoken, test.calledTells
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestUnnamedAuthor(t *testing.T) {
	by := corpus.Speech{Form: attribution.Authored, Attribution: corpus.Others, Speaker: attribution.TheAuthor, Unsure: true}
	for speaker, right := range map[string]score.Share{attribution.TheAuthor: {Count: 1, All: 1}, "Atul Jha": {All: 1}} {
		var f runFigures
		f.add(label{kind: corpus.Direct, form: "authored", speakers: []string{speaker}}, taken{corpus.Direct, by})
		if f.complete != right || f.kind != right || f.precise.All != right.Count {
			t.Errorf("%s: %+v", speaker, f)
		}
	}
}

func TestSameSpeaker(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"Charles Bolden", "Bolden", true},
		{"NASA Administrator Charles Bolden", "charles bolden", true},
		{"the BBC", "BBC", true},
		{"Orlando Ortega, Jr.", "Orlando Ortega", true},
		{"Maddie Collins", "Wilmot Collins", false},
		{"the", "The BBC", false},
		{"", "Bolden", false},
	} {
		if got := sameSpeaker(test.a, test.b); got != test.same {
			t.Errorf("%q and %q: %v", test.a, test.b, got)
		}
	}
}

func TestAttributionSection(t *testing.T) {
	dir := t.TempDir()
	columns := "text\tplace\tstart\tend\tkind\tform\tspeaker\trule\tused_in_building"
	labels := filepath.Join(dir, "labels.tsv")
	quote := func(text string) string {
		return labelLine(text, 2, "The bridge is shut,", "direct", "quotation", "Ana Ruiz")
	}
	for _, name := range []string{"news-bridge", "world-bridge", "news-other"} {
		write(t, filepath.Join(dir, name+".txt"), bridge...)
	}
	write(t, labels, columns, quote("news-bridge"), labelLine("news-bridge", 5, bridge[4], "article", "sentence", ""), quote("world-bridge"),
		strings.TrimSuffix(quote("news-other"), "no")+"maybe")
	var w bytes.Buffer
	if err := attributionSection(&w, dir, labels); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"**Texts that are held out** (2):",
		"| news (1) | 1/1 (100.0%", "| world (1) | 1/1 (100.0%", "| *quotation* | 2/2 (100.0%", "| **all** | 2/2 (100.0%",
		"| **all** | – | 0/1 (0.0%", // none of the article's sentences is given to somebody
		"(1):\n",
	} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("%q is missing in\n%s", want, w.String())
		}
	}

	for want, line := range map[string]string{
		"labels.tsv:2: 2 columns, not 9":  "news-bridge\tp1s1",
		`labels.tsv:2: "said" is no kind`: labelLine("news-bridge", 2, "The bridge", "said", "quotation", ""),
		"labels.tsv:2: strconv.Atoi":      strings.Replace(quote("news-bridge"), "p2s1", "px", 1),
		"news-bridge has no paragraph 9":  strings.Replace(quote("news-bridge"), "p2s1", "p9s1", 1),
		"are not in paragraph 1":          strings.Replace(quote("news-bridge"), "p2s1", "p1s1", 1),
		"news-gone.txt":                   quote("news-gone"),
	} {
		write(t, labels, columns, line)
		if err := attributionSection(&bytes.Buffer{}, dir, labels); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestLabels(t *testing.T) {
	labels, err := readLabels("testdata/attribution/labels.tsv")
	if err != nil {
		t.Fatal(err)
	}
	spoken, reported := 0, 0
	for _, l := range labels {
		switch {
		case l.kind.Spoken():
			spoken++
		case l.kind == corpus.Reported:
			reported++
		case l.form != "marks" && l.form != "sentence" || len(l.speakers) > 0:
			t.Errorf("%+v is the article's and has a speaker or a speech's form", l)
		}
	}
	if spoken < 400 || reported < 200 {
		t.Errorf("%d spoken and %d reported runs, fewer than 400 and 200", spoken, reported)
	}
}
