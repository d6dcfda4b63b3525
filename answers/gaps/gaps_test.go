package gaps

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"verbatim/answers"
	"verbatim/answers/reader"
	"verbatim/corpus"
)

const article = `The ferry sails twice a day.
The boat runs on batteries.
A ticket costs 14 crowns.
`

const curation = `passages:
  - {id: sails, quote: The ferry sails twice a day., attribution: article}
  - {id: batteries, quote: The boat runs on batteries., attribution: article}
  - {id: ticket, quote: A ticket costs 14 crowns., attribution: article}
intents:
  - id: ticket
    passages: [ticket]
    utterances:
      - what does a ticket cost?
  - id: captain
    not_covered: true
    nearest: [batteries]
    utterances:
      - who is the captain?
`

func load(t testing.TB, curation string) *corpus.Corpus {
	t.Helper()
	files := fstest.MapFS{"ferry/article.txt": {Data: []byte(article)}}
	if curation != "" {
		files["ferry/curation.yaml"] = &fstest.MapFile{Data: []byte(curation)}
	}
	c, err := corpus.Load(files)
	if err != nil {
		t.Fatalf("%v\n%s", err, curation)
	}
	return c
}

// scripted is an engine that answers by the words of a question.
type scripted struct{ c *corpus.Corpus }

func (s scripted) passage(id string) []corpus.Passage {
	for _, p := range s.c.Sources()[0].Passages() {
		if p.ID == id {
			return []corpus.Passage{p}
		}
	}
	return nil
}

func (s scripted) Ask(q answers.Question) answers.Answer {
	text := strings.ToLower(q.Text)
	has := func(w string) bool { return strings.Contains(text, w) }
	switch {
	case has("hello"):
		return answers.Answer{Kind: answers.Chat, Confidence: 0.4}
	case has("dog") || has("pet"):
		return answers.Answer{Kind: answers.NotCovered, Intent: "captain", Confidence: 0.99, Nearest: s.passage("batteries")}
	case has("fare"):
		return answers.Answer{Kind: answers.Quote, Intent: "ticket", Confidence: 0.4, Quotes: s.passage("ticket")}
	case has("which boat"):
		return answers.Answer{Kind: answers.Clarify, Confidence: 0.9, Suggestions: []string{"when does the ferry sail", "the fare"}}
	case has("sail"):
		return answers.Answer{Kind: answers.Quote, Intent: "sails", Confidence: 0.95, Quotes: s.passage("sails")}
	}
	return answers.Answer{Kind: answers.NotCovered, Confidence: 0.6}
}

// add adds questions, each asked by a person of a round.
func add(q *Questions, texts ...string) {
	for i, t := range texts {
		q.Add(t, fmt.Sprint("person ", i%2))
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	c := load(t, curation)
	var q Questions
	add(&q, "can I bring my dog on board?", "May I bring my dog?", "CAN I BRING my dog on  board", "is my dog allowed on board",
		"what is the fare?", "the fare?", "how much is the fare for a child",
		"hello?", "when does it sail", "What does a ticket cost", "…", "", "\u202e",
		"does it snow in Lisbon")
	r := q.Gaps(scripted{c}, c, 0.75, 2)
	var got []string
	for _, g := range r.Gaps {
		got = append(got, fmt.Sprintf("%s %s: %d by %d, not covered %v, proposed %d, nearest %d, %v %q",
			g.Source.ID(), g.ID, g.Questions, g.People, g.NotCovered, len(g.Proposed), len(g.Nearest), g.Intents, g.Utterances))
	}
	want := []string{
		`ferry bring-dog-board: 4 by 2, not covered true, proposed 0, nearest 1, [{captain 4}] ["can I bring my dog on board?" "May I bring my dog?" "is my dog allowed on board"]`,
		`ferry fare: 3 by 2, not covered false, proposed 1, nearest 0, [{ticket 3}] ["what is the fare?" "the fare?" "how much is the fare for a child"]`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
	r.Gaps = nil
	if d := cmp.Diff(Report{Questions: 14, Known: 1, Answered: 2, Wordless: 3, Few: 1}, r); d != "" {
		t.Errorf("report (-want +got):\n%s", d)
	}
}

func TestGapsClarify(t *testing.T) {
	t.Parallel()
	c := load(t, curation)
	var q Questions
	add(&q, "which boat?", "which boat is it")
	gaps := q.Gaps(scripted{c}, c, 0.75, 2).Gaps
	if len(gaps) != 1 || gaps[0].NotCovered || len(gaps[0].Proposed) != 2 || gaps[0].Proposed[0].ID != "sails" || gaps[0].Proposed[1].ID != "ticket" {
		t.Errorf("gaps %+v; want one with both readings proposed", gaps)
	}
}

func TestNoGaps(t *testing.T) {
	t.Parallel()
	c := load(t, "")
	var q Questions
	if r := q.Gaps(scripted{c}, c, 0.75, 1); len(r.Gaps) != 0 {
		t.Errorf("gaps of nothing: %+v", r)
	}
}

// TestSameGaps: the groups do not depend on chance.
func TestSameGaps(t *testing.T) {
	t.Parallel()
	c := load(t, curation)
	var first string
	for range 3 {
		var q Questions
		for i := range 60 {
			q.Add(fmt.Sprintf("%s the %s number %d", []string{"where is", "who made", "when was"}[i%3], []string{"anchor", "lighthouse", "dog", "bell"}[i%4], i%7), fmt.Sprint(i%5))
		}
		var b strings.Builder
		if err := q.Gaps(scripted{c}, c, 0.75, 1).YAML(&b, nil); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = b.String()
		}
		if d := cmp.Diff(first, b.String()); d != "" {
			t.Fatalf("the same questions gave others (-first +now):\n%s", d)
		}
	}
}

func TestCluster(t *testing.T) {
	t.Parallel()
	texts := []string{
		"what is the weather like tomorrow", "how much does the boat weigh", "will it rain tomorrow", "weight of the boat",
		"is rain expected tomorrow", "how heavy is the boat?", "who wrote the book",
	}
	want := [][]int{{0, 2, 4}, {1, 3, 5}, {6}}
	if d := cmp.Diff(want, Cluster(texts, nil)); d != "" {
		t.Errorf("groups (-want +got):\n%s", d)
	}
	if got := Cluster(nil, nil); len(got) != 0 {
		t.Errorf("groups of nothing: %v", got)
	}
	if got := Cluster([]string{"", "", "?"}, nil); len(slices.Concat(got...)) != 3 {
		t.Errorf("groups of texts without words: %v", got)
	}
}

// TestAverageLinkage holds the chains against joining the nearest pair of all, again
// and again.
func TestAverageLinkage(t *testing.T) {
	t.Parallel()
	var texts []string
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("%s %s of the %s", []string{"the cost", "the age", "a picture", "the owner", "a history"}[i%5],
			[]string{"and size", "and name", "or colour"}[i%3], []string{"ship", "castle", "orchestra", "river"}[i%7%4]))
	}
	var vectors [][]float32
	for i := range texts {
		v := make([]float32, reader.Dim)
		for j := range 6 {
			v[(i*i*(j+3)+i)%11] += float32(j + 1)
		}
		vectors = append(vectors, v)
	}
	vectors = centred(vectors, nil)
	all, n := bags(texts)
	likeness := func(a, b []int) (sum float64) {
		for _, i := range a {
			for _, j := range b {
				spread := make([]float64, n)
				for _, w := range all[i] {
					spread[w.word] = float64(w.weight)
				}
				var shared float64
				for _, w := range all[j] {
					shared += spread[w.word] * float64(w.weight)
				}
				sum += 0.6*float64(reader.Dot(vectors[i], vectors[j])) + 0.4*shared
			}
		}
		return sum / float64(len(a)*len(b))
	}
	for _, least := range []float64{0.1, 0.3, 0.5, 0.8} {
		var want [][]int
		for i := range texts {
			want = append(want, []int{i})
		}
		for {
			bi, bj, most := -1, -1, least
			for i := range want {
				for j := range i {
					if l := likeness(want[i], want[j]); l > most {
						bi, bj, most = i, j, l
					}
				}
			}
			if bi < 0 {
				break
			}
			want[bj] = append(want[bj], want[bi]...)
			want = slices.Delete(want, bi, bi+1)
		}
		for _, g := range want {
			slices.Sort(g)
		}
		slices.SortFunc(want, func(a, b []int) int { return a[0] - b[0] })
		got := cluster(texts, nil, copied(vectors), 0.4, least)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("groups at %v (-nearest pair +chains):\n%s", least, d)
		}
	}
}

// hostile are texts that must come out of YAML as they went in (see corpus.YAMLText).
var hostile = []string{
	"plain", "it's “so”; (or not) - is it?", "a # b", "a: b", "- a", "yes", "NULL", "0x1f", "2020-01-01", "{a: b}", "%YAML 1.1", "--- a",
	"line\nbreak", "\x1b[31mred\x1b[0m", "\u202eright to left\u202c", "מה שלום", "x\n  - id: y", strings.Repeat("word ", 300) + "end",
}

// TestYAMLLoads pastes what is printed into the corpus, and loads it.
func TestYAMLLoads(t *testing.T) {
	t.Parallel()
	for name, curated := range map[string]string{"curated": curation, "not curated": "", "passages only": curation[:strings.Index(curation, "intents:")]} {
		c := load(t, curated)
		var q Questions
		for _, h := range hostile {
			q.Add(h, "someone")
		}
		add(&q, "can I bring my dog on board?", "is my dog allowed on board", "what is the fare?", "how high is the fare")
		r := q.Gaps(scripted{c}, c, 0.75, 1)
		var b strings.Builder
		if err := r.YAML(&b, nil); err != nil {
			t.Fatal(err)
		}
		again := load(t, curated+b.String())
		byID := map[string]corpus.Intent{}
		for _, in := range again.Sources()[0].Intents() {
			byID[in.ID] = in
		}
		texts := 0
		for _, g := range r.Gaps {
			in := byID[g.ID]
			if d := cmp.Diff(g.Utterances, in.Utterances); d != "" || in.NotCovered != g.NotCovered || len(in.Nearest) != len(g.Nearest) {
				t.Errorf("%s: the intent %s comes back otherwise (-want +got):\n%s", name, g.ID, d)
			}
			if !g.NotCovered && in.Passages[0].ID != g.Proposed[0].ID {
				t.Errorf("%s: the intent %s comes back with %v", name, g.ID, in.Passages)
			}
			texts += len(g.Utterances)
		}
		if texts < len(hostile) {
			t.Errorf("%s: only %d texts were grouped", name, texts)
		}
	}
}
