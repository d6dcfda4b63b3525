package question

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus/words"
)

var learn = flag.Bool("learn", false, "learn what tells statements from questions anew, and write states.txt")

// message is what somebody typed about a text.
type message struct {
	text     string
	about    string
	states   bool
	features []string
}

// messages returns the questions and statements to texts that are not held out.
func messages(t *testing.T) []message {
	t.Helper()
	const shared, own = "../../../shared/reading", "../reader/train/data"
	list, err := os.ReadFile(filepath.Join(shared, "heldout.txt"))
	if err != nil {
		t.Skip("no texts to learn from: ", err)
	}
	heldout := strings.Fields(string(list))
	files := []string{filepath.Join(own, "questions.jsonl"), filepath.Join(own, "statements.jsonl")}
	for _, kind := range []string{"questions", "dialogues", "claims"} {
		of, err := filepath.Glob(filepath.Join(shared, kind, "*.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, slices.DeleteFunc(of, func(f string) bool {
			return slices.Contains(heldout, strings.TrimSuffix(filepath.Base(f), ".jsonl"))
		})...)
	}
	var out []message
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for lines := json.NewDecoder(f); ; {
			var row struct {
				Text, Q, Form, Verdict string
				Turns                  []struct{ Q string }
			}
			if err := lines.Decode(&row); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(name, err)
			}
			if row.Form != "" && row.Form != "indirect" {
				continue
			}
			for _, one := range append(row.Turns, struct{ Q string }{row.Q}) {
				if one.Q != "" {
					about := cmp.Or(row.Text, strings.TrimSuffix(filepath.Base(name), ".jsonl"))
					out = append(out, message{text: one.Q, about: about, states: row.Verdict != ""})
				}
			}
		}
		f.Close()
	}
	// What begins as a question for a yes or a no is told by its first word.
	return slices.DeleteFunc(out, func(m message) bool {
		plain := trimChatter(plainOf(words.Tokens(m.text)))
		return len(plain) == 0 || lists["auxiliary"][plain[0]]
	})
}

// leastSeen is how many messages a word, or a feature, is in that is learned.
const leastSeen = 60

// TestLearnStates writes states.txt, by logistic regression with AdaGrad (Duchi et al. 2011)
// and a little L1, and logs what it does to the messages about every fifth text if it has learned from
// those about the others.
func TestLearnStates(t *testing.T) {
	if !*learn {
		t.Skip("run with -learn")
	}
	all := messages(t)
	counts := map[string]int{}
	for _, m := range all {
		for w := range setOf(plainOf(words.Tokens(m.text))) {
			counts[w]++
		}
	}
	features := map[string]int{}
	for i, m := range all {
		all[i].features = stateFeatures(m.text, words.Tokens(m.text), func(w string) bool { return counts[w] >= leastSeen })
		for _, f := range all[i].features {
			features[f]++
		}
	}
	fit := func(from []message) map[string]float64 {
		random := rand.New(rand.NewPCG(1, 1))
		weights, squares := map[string]float64{"": 0}, map[string]float64{}
		order := slices.Clone(from)
		for range 14 {
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for _, m := range order {
				sum := weights[""]
				for _, f := range m.features {
					sum += weights[f]
				}
				d := 1 / (1 + math.Exp(-sum))
				if m.states {
					d--
				}
				for _, f := range append([]string{""}, m.features...) {
					if f != "" && features[f] < leastSeen {
						continue
					}
					squares[f] += d * d
					w := weights[f] - 0.3/math.Sqrt(squares[f]+1e-6)*d
					weights[f] = w - math.Copysign(min(math.Abs(w), 1e-4), w)
				}
			}
		}
		return weights
	}
	texts := slices.Compact(slices.Sorted(func(yield func(string) bool) {
		for _, m := range all {
			if !yield(m.about) {
				return
			}
		}
	}))
	keptBack := func(m message) bool { return slices.Index(texts, m.about)%5 == 0 }
	weights := fit(slices.DeleteFunc(slices.Clone(all), keptBack))
	var n, said [2]int
	for _, m := range all {
		if !keptBack(m) {
			continue
		}
		of := 0
		if m.states {
			of = 1
		}
		n[of]++
		if isStated(m.features, func(f string) float32 { return float32(weights[f]) }) {
			said[of]++
		}
	}
	t.Logf("%.1f %% of %d statements, %.1f %% of %d questions", 100*float64(said[1])/float64(n[1]), n[1], 100*float64(said[0])/float64(n[0]), n[0])
	weights = fit(all)
	var out bytes.Buffer
	for _, f := range slices.Sorted(maps.Keys(weights)) {
		// A word without a weight is still known: it does not stand as its ending.
		if w := weights[f]; math.Abs(w) >= 0.05 || strings.HasPrefix(f, "has ") {
			fmt.Fprintf(&out, "%s\t%.2f\n", f, w)
		}
	}
	if err := os.WriteFile("states.txt", out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d messages, %d weights", len(all), bytes.Count(out.Bytes(), []byte("\n")))
}

func setOf(list []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range list {
		out[w] = true
	}
	return out
}
