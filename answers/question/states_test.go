package question

import (
	"bytes"
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

// message is what somebody typed.
type message struct {
	text     string
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
				Q, Form, Verdict string
				Turns            []struct{ Q string }
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
					out = append(out, message{text: one.Q, states: row.Verdict != ""})
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
// and a little L1, and logs what it does to every fifth message if it has learned from the others.
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
	random := rand.New(rand.NewPCG(1, 1))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	fit := func(from []message) map[string]float64 {
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
	fifth := len(all) / 5
	weights := fit(all[fifth:])
	for _, at := range []float64{-2, -1.5, -1, -0.5, 0, 1} {
		var n, said [2]int
		for _, m := range all[:fifth] {
			sum := weights[""]
			for _, f := range m.features {
				sum += weights[f]
			}
			of := 0
			if m.states {
				of = 1
			}
			n[of]++
			if sum >= at {
				said[of]++
			}
		}
		t.Logf("at %.1f: %.1f %% of %d statements, %.1f %% of %d questions", at, 100*float64(said[1])/float64(n[1]), n[1], 100*float64(said[0])/float64(n[0]), n[0])
	}
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
