package answers

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/corpus"
)

var calibrate = flag.Bool("calibrate", false, "fit the weights of what speaks for an answer to the texts of ../shared/reading that validate")

// readingFolder holds texts with questions, seen from this package.
const readingFolder = "../../shared/reading"

// validation returns the texts on which weights and thresholds may be chosen: every tenth
// of those that are not held out. The reader has not learned from them.
func validation(t *testing.T) []string {
	t.Helper()
	list, err := os.ReadFile(filepath.Join(readingFolder, "heldout.txt"))
	if err != nil {
		t.Skip("no texts to calibrate with: ", err)
	}
	heldout := strings.Fields(string(list))
	files, err := filepath.Glob(filepath.Join(readingFolder, "questions", "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".jsonl"); !slices.Contains(heldout, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []string
	for i := 0; i < len(names); i += 10 {
		out = append(out, names[i])
	}
	return out
}

// readingEngine answers from a text of the readingFolder.
func readingEngine(t *testing.T, name string) *Engine {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(readingFolder, "texts", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return engineOn(t, fstest.MapFS{name + "/article.txt": {Data: text}})
}

// rowsOf yields the rows of a kind about a text of the readingFolder; none if there is no file.
func rowsOf[T any](t *testing.T, kind, name string) iter.Seq[T] {
	return rowsIn[T](t, filepath.Join(readingFolder, kind, name+".jsonl"))
}

// rowsIn yields the rows of a file; none if there is no such file.
func rowsIn[T any](t *testing.T, name string) iter.Seq[T] {
	return func(yield func(T) bool) {
		f, err := os.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
		for lines := json.NewDecoder(f); ; {
			var row T
			switch err := lines.Decode(&row); {
			case err == io.EOF:
				return
			case err != nil:
				t.Fatal(name, err)
			case !yield(row):
				return
			}
		}
	}
}

// fitTurn is a question with the sentences that were read for it.
type fitTurn struct {
	found      []sentence
	text       string       // the name of the text it is asked of
	gold       map[int]bool // passages that answer it
	answerable bool
	leans      bool
	alone      *fitTurn // the same question read without the turn before; nil on a first turn
	intents    fromIntents
	meant      [][meantEvidence]float64 // of each intent, nil where there is none
	may        []bool                   // whether each intent is right; none is where noneMay
	noneMay    bool
}

// under returns what is weighed for a turn by some weights, whether the best sentence is
// right, and whether a right one was read.
func (f fitTurn) under(w *weights) (probability float64, right, reached bool) {
	w.sort(f.found)
	for _, s := range f.found {
		reached = reached || f.gold[s.passage]
	}
	return w.probability(f.found, f.intents), f.gold[f.found[0].passage], reached
}

// TestCalibrate prints weights to put into weigh.go, and what each threshold gives.
func TestCalibrate(t *testing.T) {
	if !*calibrate {
		t.Skip("run with -calibrate")
	}
	var all []fitTurn
	for _, name := range validation(t) {
		all = append(all, fitTurns(t, readingEngine(t, name), name, questionsTo(name)...)...)
		t.Logf("%s: %d turns so far", name, len(all))
	}
	w := fit(all)
	t.Logf("%+v", w)
	report(t, "reader alone", func(fitTurn) *weights { return &alone }, all)
	report(t, "weighed", func(fitTurn) *weights { return &w }, all)
	// What weights do on texts that they were not fitted to: each half by the other's.
	half := func(f fitTurn) bool { return slices.Index(validation(t), f.text)%2 == 0 }
	even := fit(slices.DeleteFunc(slices.Clone(all), func(f fitTurn) bool { return !half(f) }))
	odd := fit(slices.DeleteFunc(slices.Clone(all), half))
	report(t, "each half of the texts weighed as fits the other", func(f fitTurn) *weights {
		if half(f) {
			return &odd
		}
		return &even
	}, all)
	early(t, &w, all)
}

// TestCalibrateIntents prints the weights of what speaks for intents of few utterances, to put into
// beliefs.go, and of what the intents say, to put into weigh.go beside those of TestCalibrate.
func TestCalibrateIntents(t *testing.T) {
	if !*calibrate {
		t.Skip("run with -calibrate")
	}
	var intended []fitTurn
	for _, name := range validation(t) {
		text, err := os.ReadFile(filepath.Join(readingFolder, "texts", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{8, 100} {
			e := engineOn(t, fstest.MapFS{name + "/article.txt": {Data: text}, name + "/curation.yaml": {Data: []byte(withIntents(t, name, n))}})
			intended = append(intended, fitTurns(t, e, name, questionsTo(name)...)...)
		}
		t.Logf("%s: %d turns so far", name, len(intended))
	}
	half := func(f fitTurn) bool { return slices.Index(validation(t), f.text)%2 == 0 }
	evenIntents := fitMeant(slices.DeleteFunc(slices.Clone(intended), func(f fitTurn) bool { return !half(f) }))
	oddIntents := fitMeant(slices.DeleteFunc(slices.Clone(intended), half))
	all := fitMeant(intended)
	t.Logf("intents: %.2f; halves %.2f, %.2f; as it ships log-likelihood %.3f, fitted %.3f, each half by the other's %.3f", all, evenIntents, oddIntents,
		likelihoodOf(intended, func(fitTurn) *[meantEvidence]float64 { return &meantWeights }),
		likelihoodOf(intended, func(fitTurn) *[meantEvidence]float64 { return &all }),
		likelihoodOf(intended, func(f fitTurn) *[meantEvidence]float64 {
			if half(f) {
				return &oddIntents
			}
			return &evenIntents
		}))
	for k := range meantEvidence { // what each is worth
		less := slices.Clone(intended)
		for i := range less {
			less[i].meant = slices.Clone(less[i].meant)
			for j := range less[i].meant {
				less[i].meant[j][k] = 0
			}
		}
		v := fitMeant(less)
		t.Logf("without %d: %.3f", k, likelihoodOf(less, func(fitTurn) *[meantEvidence]float64 { return &v }))
	}
	files, err := filepath.Glob("testdata/questions/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	practised := fitTurns(t, article(), "", files...) // with many utterances
	w := shipped
	whole := fitIntents(w, append(slices.Clone(intended), practised...))
	t.Logf("%+v", whole)
	for _, set := range []struct {
		name  string
		turns []fitTurn
	}{{"few", intended}, {"many", practised}} {
		report(t, set.name+" utterances, as it ships", func(fitTurn) *weights { return &shipped }, set.turns)
		report(t, set.name+" utterances", func(fitTurn) *weights { return &whole }, set.turns)
	}
	even := fitIntents(w, slices.DeleteFunc(slices.Clone(intended), func(f fitTurn) bool { return !half(f) }))
	odd := fitIntents(w, slices.DeleteFunc(slices.Clone(intended), half))
	report(t, "with intents, each half by the other's", func(f fitTurn) *weights {
		if half(f) {
			return &odd
		}
		return &even
	}, intended)
}

// withIntents returns a text's curation with n of its intents in a seeded order.
func withIntents(t *testing.T, name string, n int) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "curated", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(data), "intents:\n")
	intents := strings.SplitAfter(rest, "\n  - id:")
	for i := range intents {
		intents[i] = strings.TrimSuffix(intents[i], "\n  - id:")
		if i > 0 {
			intents[i] = "  - id:" + intents[i]
		}
	}
	rand.New(rand.NewPCG(1, uint64(len(name)))).Shuffle(len(intents), func(i, j int) { intents[i], intents[j] = intents[j], intents[i] })
	return head + "intents:\n" + strings.Join(intents[:min(n, len(intents))], "\n") + "\n"
}

// questionsTo are the files with questions to a text of the readingFolder.
func questionsTo(name string) []string {
	return []string{filepath.Join(readingFolder, "questions", name+".jsonl"), filepath.Join(readingFolder, "dialogues", name+".jsonl")}
}

// fitTurns asks a text the questions and dialogues of some files.
func fitTurns(t *testing.T, e *Engine, name string, files ...string) (all []fitTurn) {
	type turn struct {
		Q         string
		Any       []string
		AbstainOK bool `json:"abstain_ok"`
		Leans     *bool
	}
	look := func(q Question) (*reading, beliefs, candidates) {
		r := e.read(q)
		b := e.rank(r)
		return r, b, e.look(r, b)
	}
	for _, file := range files {
		for row := range rowsIn[struct {
			turn
			Turns []turn
		}](t, file) {
			turns := row.Turns
			if len(turns) == 0 {
				turns = []turn{row.turn}
			}
			var previous Turn
			for i, q := range turns {
				r, b, found := look(Question{Text: q.Q, Previous: previous})
				if len(found.list) > 0 && !q.AbstainOK && !row.AbstainOK {
					one := e.fitTurn(name, found, q.Any)
					one.leans = i > 0 && (q.Leans == nil || *q.Leans)
					if e.utterances != nil && len(b) > 0 {
						e.meantIn(&one, r, b, q.Any)
					}
					if i > 0 && len(b) == 0 {
						_, _, apart := look(Question{Text: q.Q})
						without := e.fitTurn(name, apart, q.Any)
						one.alone = &without
					}
					all = append(all, one)
				}
				if i+1 < len(turns) {
					previous = e.finish(e.decide(r, b), Question{Text: q.Q, Previous: previous}, r).Turn
				}
			}
		}
	}
	return all
}

// judgedStatement is a statement about a text that validates, with the passage that settles it.
type judgedStatement struct {
	text         string
	pair         bool // one of two that are alike and of which one holds
	contradicted bool
	evidence     [contraryEvidence]float64
}

// statedTurn is a statement with the best passage for it, to fit settledWeights.
type statedTurn struct {
	verdict string
	settled bool       // the passage settles it
	says    [3]float64 // what settledWeights weigh
}

// claimRow is a statement about a text: a row of the claims of ../shared/reading, or of testdata/statements.jsonl.
type claimRow struct {
	Text, Q, Form, Verdict string
	Evidence, Any          []string
}

// TestCalibrateJudge prints weights to put into judge.go and settling.go, fitted to the statements about the
// texts that validate, and what those of judge.go come to on one half of the texts by those of the other.
func TestCalibrateJudge(t *testing.T) {
	if !*calibrate {
		t.Skip("run with -calibrate")
	}
	var all []judgedStatement
	var stated []statedTurn
	look := func(e *Engine, name, text, verdict string, evidence []string, pair bool) {
		found := e.look(e.read(Question{Text: text}), nil)
		if len(found.list) == 0 {
			return
		}
		holds := func(s sentence) bool {
			passage := e.library.passages[s.passage].Quote.Text()
			return slices.ContainsFunc(evidence, func(part string) bool { return strings.Contains(passage, part) })
		}
		if !pair && found.judged {
			first := found.list[0]
			stated = append(stated, statedTurn{verdict, verdict != "absent" && holds(first), [3]float64{logOdds(shipped.probability(found.list, found.intents)), first.settles.either(), 1}})
		}
		if verdict == "absent" {
			return
		}
		for _, s := range found.list {
			if holds(s) && (!found.judged || s.settles != settled{}) {
				all = append(all, judgedStatement{name, pair, verdict == "contradicted", evidenceAgainst(text, e.library.passages[s.passage].Quote.Text(), s)})
				return
			}
		}
	}
	for _, name := range validation(t) {
		e := readingEngine(t, name)
		for row := range rowsOf[claimRow](t, "claims", name) {
			if row.Form == "indirect" {
				look(e, name, row.Q, row.Verdict, row.Evidence, false)
			}
		}
		for row := range rowsIn[claimRow](t, "testdata/statements.jsonl") {
			if row.Text == name {
				look(e, name, row.Q, row.Verdict, row.Any, true)
			}
		}
	}
	t.Logf("settled: %.2f", fitSettled(stated))
	w := fitContrary(all)
	t.Logf("%.2f", w)
	half := func(j judgedStatement) bool { return slices.Index(validation(t), j.text)%2 == 0 }
	even := fitContrary(slices.DeleteFunc(slices.Clone(all), func(j judgedStatement) bool { return !half(j) }))
	odd := fitContrary(slices.DeleteFunc(slices.Clone(all), half))
	onlyReader := [contraryEvidence]float64{byReader: 1}
	for _, by := range []struct {
		name string
		of   func(judgedStatement) *[contraryEvidence]float64
	}{
		{"reader alone", func(judgedStatement) *[contraryEvidence]float64 { return &onlyReader }},
		{"weighed", func(judgedStatement) *[contraryEvidence]float64 { return &w }},
		{"each half by the other's", func(j judgedStatement) *[contraryEvidence]float64 {
			if half(j) {
				return &odd
			}
			return &even
		}},
	} {
		for _, pair := range []bool{false, true} {
			for _, line := range []float64{0, 0.3, 0.6, 1} {
				of, right, told, rightly := 0, 0, 0, 0
				for _, j := range all {
					if j.pair != pair {
						continue
					}
					sum := 0.0
					for i, v := range j.evidence {
						sum += by.of(j)[i] * v
					}
					of++
					right += one((sum > line) == j.contradicted)
					told += one(sum > line)
					rightly += one(sum > line && j.contradicted)
				}
				t.Logf("%s, pairs %v, line %.1f: %d of %d right; told of %d, %d of them rightly", by.name, pair, line, right, of, told, rightly)
			}
		}
	}
}

// fitSettled fits settledWeights by logistic regression, as many statements of each verdict counting alike.
func fitSettled(all []statedTurn) (w [3]float64) {
	of := map[string]int{}
	for _, s := range all {
		of[s.verdict]++
	}
	for range 20000 {
		var g [3]float64
		for _, s := range all {
			d := logistic(s.says[0]*w[0]+s.says[1]*w[1]+w[2]) - float64(one(s.settled))
			for i, v := range s.says {
				g[i] += d * v / float64(len(of)*of[s.verdict])
			}
		}
		for i := range w {
			w[i] -= 0.1 * g[i]
		}
	}
	return w
}

// fitContrary fits weights by logistic regression with a little shrinking.
func fitContrary(all []judgedStatement) (w [contraryEvidence]float64) {
	for range 5000 {
		var g [contraryEvidence]float64
		for _, j := range all {
			z := 0.0
			for i, v := range j.evidence {
				z += w[i] * v
			}
			d := logistic(z) - float64(one(j.contradicted))
			for i, v := range j.evidence {
				g[i] += d * v / float64(len(all))
			}
		}
		for i := range w {
			w[i] -= 0.3 * (g[i] + 0.002*w[i])
		}
	}
	return w
}

// early logs what reading fewer windows, or stopping early, comes to.
func early(t *testing.T, w *weights, all []fitTurn) {
	for _, most := range []int{3, 4, 5, 6, 8} {
		for _, sure := range []float64{1.5, 2, 2.5, 3, 99} {
			if most < 4 && sure < 99 {
				continue
			}
			var answerable, reached, first, windows int
			for _, f := range all {
				n := most
				if most > 2 && slices.ContainsFunc(f.found, func(s sentence) bool { return s.rank < most/2 && s.odds >= sure }) {
					n = most / 2
				}
				part := f
				part.found = slices.DeleteFunc(slices.Clone(f.found), func(s sentence) bool { return s.rank >= n })
				windows += n
				if !f.answerable || len(part.found) == 0 {
					continue
				}
				_, right, there := part.under(w)
				answerable++
				reached += one(there)
				first += one(right)
			}
			t.Logf("at most %d windows, %d if the reader is sure at %.1f: %.2f read, right sentence among them %.1f %%, first %.1f %%", most, most/2, sure,
				float64(windows)/float64(len(all)), 100*float64(reached)/float64(answerable), 100*float64(first)/float64(answerable))
		}
	}
}

// report logs what weights come to.
func report(t *testing.T, name string, by func(fitTurn) *weights, all []fitTurn) {
	lines := []string{name}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	var answerable, first, read, leaning, leaningFirst int
	for _, f := range all {
		_, right, reached := f.under(by(f))
		if f.answerable {
			answerable++
			first += one(right)
			read += one(reached)
			leaning += one(f.leans)
			leaningFirst += one(f.leans && right)
		}
	}
	add("%d turns, %d answerable: right sentence read %.1f %%, first %.1f %%; of %d that lean on the turn before %.1f %%",
		len(all), answerable, percent(read, answerable), percent(first, answerable), leaning, percent(leaningFirst, leaning))
	for th := 0.2; th < 0.85; th += 0.05 {
		var right, declined, wrong int
		for _, f := range all {
			p, ok, _ := f.under(by(f))
			right += one(p >= th && ok)
			wrong += one(p >= th && !ok)
			declined += one(p < th && !f.answerable)
		}
		add("%.2f: answered %.1f, declined %.1f, wrong shown %.1f", th, percent(right, answerable), percent(declined, len(all)-answerable), percent(wrong, len(all)))
	}
	// Expected calibration error in ten bins (Guo et al. 2017).
	var sums [10]float64
	for _, f := range all {
		p, ok, _ := f.under(by(f))
		sums[min(9, int(p*10))] += p - float64(one(ok))
	}
	ece := 0.0
	for _, s := range sums {
		ece += math.Abs(s) / float64(len(all))
	}
	add("expected calibration error %.3f", ece)
	for _, leans := range []bool{true, false} {
		var n, with, without, likelier int
		for _, f := range all {
			if f.alone == nil || f.leans != leans {
				continue
			}
			good := func(f fitTurn) (float64, int) {
				p, ok, _ := f.under(by(f))
				return p, one(p >= threshold && ok || p < threshold && !f.answerable)
			}
			p, a := good(f)
			q, b := good(*f.alone)
			n, with, without = n+1, with+a, without+b
			if q > p {
				a = b
			}
			likelier += a
		}
		add("%d later turns, leaning %v: right with history %.1f %%, without %.1f %%, the likelier of both %.1f %%", n, leans, percent(with, n), percent(without, n), percent(likelier, n))
	}
	t.Log(strings.Join(lines, "\n"))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// fitTurn is what was read for a question that any of some parts of the text answers.
func (e *Engine) fitTurn(text string, found candidates, any []string) fitTurn {
	f := fitTurn{found: found.list, intents: found.intents, text: text, gold: map[int]bool{}, answerable: len(any) > 0}
	for _, s := range found.list {
		text := e.library.passages[s.passage].Quote.Text()
		f.gold[s.passage] = slices.ContainsFunc(any, func(a string) bool { return strings.Contains(text, a) || strings.Contains(a, text) })
	}
	return f
}

// fit finds weights by gradient descent: those of a sentence's score so that the
// answering ones are likely among all that were read, then those of the decision by
// logistic regression.
func fit(turns []fitTurn) weights {
	w := alone
	rate := [sentenceEvidence]float64{cosine: 2, wordShare: 0.1, bySpeaker: 0.5, untold: 0.5}
	for range 400 {
		var g [sentenceEvidence]float64
		n := 0.0
		for _, f := range turns {
			var sumAll, sumGold [sentenceEvidence]float64
			var a, b float64
			for k := range f.found {
				s := &f.found[k]
				e := math.Exp(w.of(s))
				for i, v := range s.has {
					sumAll[i] += e * v
					if f.gold[s.passage] {
						sumGold[i] += e * v
					}
				}
				a += e
				if f.gold[s.passage] {
					b += e
				}
			}
			if b == 0 {
				continue
			}
			n++
			for i := range g {
				g[i] += sumAll[i]/a - sumGold[i]/b
			}
		}
		for i := range g {
			w.sentence[i] -= rate[i] * g[i] / n
		}
	}
	var v [answerEvidence]float64
	var evidence [][answerEvidence]float64
	var rights []float64
	for _, f := range turns {
		_, right, _ := f.under(&w)
		evidence, rights = append(evidence, w.evidence(f.found, f.intents)), append(rights, float64(one(right)))
	}
	for range 20000 {
		var g [answerEvidence]float64
		for k, x := range evidence {
			z := 0.0
			for i := range v {
				z += v[i] * x[i]
			}
			d := logistic(z) - rights[k]
			for i := range g {
				g[i] += d * x[i] / float64(len(turns))
			}
		}
		for i := range v {
			v[i] -= 0.1 * g[i]
		}
	}
	w.answer = v
	return w
}

// meantIn adds which intents a question means: those whose passages answer it; where nothing answers it,
// any that is not covered, or none.
func (e *Engine) meantIn(f *fitTurn, r *reading, b beliefs, any []string) {
	f.meant, f.may, f.noneMay = e.meantEvidence(r, b), make([]bool, len(b)), true
	for i, in := range e.intents {
		switch {
		case len(any) == 0:
			f.may[i] = in.NotCovered
		case len(in.Passages) > 0:
			f.may[i] = slices.ContainsFunc(in.Passages, func(p corpus.Passage) bool {
				text := p.Quote.Text()
				return slices.ContainsFunc(any, func(a string) bool { return strings.Contains(text, a) || strings.Contains(a, text) })
			})
			if f.may[i] {
				f.noneMay = false
			}
		}
	}
}

// rightIn is the probability of all that a turn may mean.
func (f *fitTurn) rightIn(p beliefs) float64 {
	sum := 0.0
	for i := range p {
		if f.may[i] {
			sum += p[i]
		}
	}
	if f.noneMay {
		sum += p.none()
	}
	return sum
}

// fitMeant fits the weights of what speaks for intents.
func fitMeant(turns []fitTurn) (w [meantEvidence]float64) {
	w = meantWeights
	var m, v [meantEvidence]float64 // Adam (Kingma and Ba 2014)
	for step := 1; step <= 500; step++ {
		var g [meantEvidence]float64
		for _, f := range turns {
			p := meantOf(f.meant, &w)
			right := f.rightIn(p)
			for i, x := range f.meant {
				d := p[i]
				if f.may[i] {
					d -= p[i] / max(1e-9, right)
				}
				for k := range g {
					g[k] += d * x[k] / float64(len(turns))
				}
			}
		}
		for k := range w {
			g[k] += 0.0005 * w[k]
			m[k], v[k] = 0.9*m[k]+0.1*g[k], 0.999*v[k]+0.001*g[k]*g[k]
			w[k] -= 0.02 * m[k] / (1 - math.Pow(0.9, float64(step))) / (math.Sqrt(v[k]/(1-math.Pow(0.999, float64(step)))) + 1e-8)
		}
	}
	return w
}

// likelihoodOf is the mean logarithm of the probability of what is meant.
func likelihoodOf(turns []fitTurn, w func(fitTurn) *[meantEvidence]float64) float64 {
	sum := 0.0
	for _, f := range turns {
		sum += math.Log(max(1e-9, f.rightIn(meantOf(f.meant, w(f)))))
	}
	return sum / float64(len(turns))
}

// fitIntents adds the weights of what the intents say to those of the rest.
func fitIntents(w weights, turns []fitTurn) weights {
	best, most := 0.0, math.Inf(-1)
	for c := 0.2; c < 6; c += 0.1 { // likelihood that an answering sentence comes first, among those read
		w.sentence[curated] = c
		sum := 0.0
		for _, f := range turns {
			a, b := 0.0, 0.0
			for k := range f.found {
				e := math.Exp(w.of(&f.found[k]))
				a += e
				if f.gold[f.found[k].passage] {
					b += e
				}
			}
			if b > 0 {
				sum += math.Log(b / a)
			}
		}
		if sum > most {
			best, most = c, sum
		}
	}
	w.sentence[curated] = best
	var evidence [][answerEvidence]float64
	var rights []float64
	for _, f := range turns {
		_, right, _ := f.under(&w)
		evidence, rights = append(evidence, w.evidence(f.found, f.intents)), append(rights, float64(one(right)))
	}
	for range 5000 { // what the intents say of the whole; the rest stays
		var said, fits float64
		for k, x := range evidence {
			z := 0.0
			for i := range x {
				z += w.answer[i] * x[i]
			}
			d := (logistic(z) - rights[k]) / float64(len(turns))
			said, fits = said+d*x[notSaid], fits+d*x[known]
		}
		w.answer[notSaid] -= 0.5 * said
		w.answer[known] -= 0.5 * fits
	}
	return w
}
