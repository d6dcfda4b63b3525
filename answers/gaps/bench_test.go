package gaps

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"verbatim/answers/reader"
)

// The public sets lie beside the repository; nothing of them is part of it.
const publicSets = "../../../shared/bench"

// labelled is a text of a public set, and what it asks.
type labelled struct{ Text, Intent string }

// rows returns the validation rows of a set, or skips the benchmark where they are
// missing.
func rows(b *testing.B, set string) []labelled {
	b.Helper()
	return rowsOf(b, set+"/val")
}

func rowsOf(b *testing.B, name string) []labelled {
	b.Helper()
	path := filepath.Join(publicSets, name+".jsonl")
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		b.Skipf("%s is missing: put the public intent sets there to measure on them", path)
	}
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var all []labelled
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r labelled
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			b.Fatalf("%s: %v", path, err)
		}
		if r.Intent != "oos" { // of many things, none of them an intent
			all = append(all, r)
		}
	}
	return all
}

// journal samples rows as a journal might have them: a few things that many ask
// and many that few ask, from 16 texts of an intent down to 1.
func journal(all []labelled, seed uint64, most int) []int {
	r := rand.New(rand.NewPCG(seed, 0))
	byIntent := map[string][]int{}
	var intents []string
	for i, l := range all {
		if byIntent[l.Intent] == nil {
			intents = append(intents, l.Intent)
		}
		byIntent[l.Intent] = append(byIntent[l.Intent], i)
	}
	var sample []int
	for i, n := range r.Perm(len(intents)) {
		if i == most {
			break
		}
		of := byIntent[intents[n]]
		for _, j := range r.Perm(len(of))[:min(len(of), 1+15/(1+i/2))] {
			sample = append(sample, of[j])
		}
	}
	r.Shuffle(len(sample), func(i, j int) { sample[i], sample[j] = sample[j], sample[i] })
	return sample
}

// agreement compares groups with labels: the adjusted Rand index, and of the pairs
// in a group the share that belongs together, and of those that belong together
// the share in a group.
func agreement(groups [][]int, label func(int) string) (rand, precision, recall float64) {
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	sizes := map[string]int{}
	var both, grouped, together float64
	n := 0
	for _, g := range groups {
		in := map[string]int{}
		for _, i := range g {
			in[label(i)]++
			sizes[label(i)]++
		}
		for _, k := range in {
			both += pairs(k)
		}
		grouped += pairs(len(g))
		n += len(g)
	}
	for _, k := range sizes {
		together += pairs(k)
	}
	chance := grouped * together / pairs(n)
	return (both - chance) / ((grouped+together)/2 - chance), both / max(1, grouped), both / max(1, together)
}

// sample is a journal with what is asked beside it, and the right groups.
type sample struct {
	texts, background []string
	labels            []string
}

// samples are journals of so many intents from the rows of a set, the background
// from the other rows; for 0 it is one of all rows, without a background.
func samples(all []labelled, intents int) (out []sample) {
	if intents == 0 {
		var s sample
		for _, l := range all {
			s.texts, s.labels = append(s.texts, l.Text), append(s.labels, l.Intent)
		}
		return []sample{s}
	}
	for seed := range uint64(10) {
		var s sample
		in := map[int]bool{}
		for _, i := range journal(all, seed, intents) {
			in[i] = true
			s.texts, s.labels = append(s.texts, all[i].Text), append(s.labels, all[i].Intent)
		}
		for i := 0; i < len(all) && len(s.background) < mostBackground; i += len(all) / mostBackground {
			if !in[i] {
				s.background = append(s.background, all[i].Text)
			}
		}
		out = append(out, s)
	}
	return out
}

// BenchmarkAgreement says how well groups agree with intents, the mean of ten
// journals of 6 intents, of ten of 40, and of all rows: the constants above Cluster
// were chosen by it.
//
//	go test -run '^$' -bench Agreement -benchtime 1x ./answers/gaps
func BenchmarkAgreement(b *testing.B) {
	for _, intents := range []int{6, 40, 0} {
		for _, set := range []string{"banking77", "hwu64", "clinc150"} {
			b.Run(fmt.Sprintf("%s-%d", set, intents), func(b *testing.B) {
				all := samples(rows(b, set), intents)
				for b.Loop() {
					var rand, precision, recall float64
					for _, s := range all {
						r, p, c := agreement(Cluster(s.texts, s.background), func(i int) string { return s.labels[i] })
						rand, precision, recall = rand+r, precision+p, recall+c
					}
					n := float64(len(all))
					b.ReportMetric(rand/n, "ARI")
					b.ReportMetric(precision/n, "precision")
					b.ReportMetric(recall/n, "recall")
				}
			})
		}
	}
}

// BenchmarkSweep is BenchmarkAgreement for other values of wordShare and alike: the
// means over the three sets.
//
//	go test -run '^$' -bench Sweep -benchtime 1x ./answers/gaps
func BenchmarkSweep(b *testing.B) {
	type encoded struct {
		sample
		vectors [][]float32
	}
	for _, intents := range []int{6, 40} {
		var all []encoded
		for _, set := range []string{"banking77", "hwu64", "clinc150"} {
			for _, s := range samples(rows(b, set), intents) {
				s.background = slices.Concat(anyQuestions, s.background)
				all = append(all, encoded{s, centred(reader.Default().EncodeAll(s.texts), reader.Default().EncodeAll(s.background))})
			}
		}
		for _, share := range []float64{0, 0.2, 0.4, 0.6, 1} {
			for _, least := range []float64{0.1, 0.15, 0.2, 0.25, 0.3} {
				b.Run(fmt.Sprintf("intents=%d/share=%v/least=%v", intents, share, least), func(b *testing.B) {
					for b.Loop() {
						var rand, precision, recall float64
						for _, s := range all {
							groups := cluster(s.texts, s.background, copied(s.vectors), share, least)
							r, p, c := agreement(groups, func(i int) string { return s.labels[i] })
							rand, precision, recall = rand+r, precision+p, recall+c
						}
						n := float64(len(all))
						b.ReportMetric(rand/n, "ARI")
						b.ReportMetric(precision/n, "precision")
						b.ReportMetric(recall/n, "recall")
					}
				})
			}
		}
	}
}

func copied(vectors [][]float32) (out [][]float32) {
	for _, v := range vectors {
		out = append(out, slices.Clone(v))
	}
	return out
}

// BenchmarkCluster groups 10,000 different questions.
//
//	go test -run '^$' -bench Cluster -benchtime 1x -benchmem ./answers/gaps
func BenchmarkCluster(b *testing.B) {
	var texts []string
	seen := map[string]bool{}
	for _, file := range []string{"clinc150/train", "hwu64/train"} {
		for _, r := range rowsOf(b, file) {
			if k := key(r.Text); k != "" && !seen[k] && len(texts) < 10_000 {
				seen[k] = true
				texts = append(texts, r.Text)
			}
		}
	}
	for b.Loop() {
		b.ReportMetric(float64(len(Cluster(texts, nil))), "groups")
	}
	b.ReportMetric(float64(len(texts)), "texts")
}
