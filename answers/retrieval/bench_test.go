package retrieval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"verbatim/corpus"
)

// squadFolder holds questions about encyclopedia articles (SQuAD 1.1), seen from
// this package; see README.md there. Nothing is fitted to it but what is named so.
const squadFolder = "../../../shared/bench/squad"

// squad reads the articles as sources without curation, and their questions.
func squad(b *testing.B) []*sample {
	b.Helper()
	lines := func(name string, each func(line []byte)) {
		data, err := os.ReadFile(filepath.Join(squadFolder, name))
		if errors.Is(err, fs.ErrNotExist) {
			b.Skipf("no %s: this benchmark reads ../shared/bench/squad, seen from the repository's root", filepath.Join(squadFolder, name))
		}
		if err != nil {
			b.Fatal(err)
		}
		scanner := bufio.NewScanner(bytes.NewReader(data))
		scanner.Buffer(nil, len(data)+1)
		for scanner.Scan() {
			each(scanner.Bytes())
		}
	}
	byID := map[string]*sample{}
	marked := map[string][][2]int{} // per article, byte offsets of its sentences in article.txt
	offset := map[string][]int{}    // … of its paragraphs
	texts := map[string][]string{}
	fsys := fstest.MapFS{}
	var out []*sample
	lines("articles.jsonl", func(line []byte) {
		var a struct {
			ID         string
			Paragraphs []string
			Sentences  [][3]int // paragraph, start, end in characters
		}
		if err := json.Unmarshal(line, &a); err != nil {
			b.Fatal(err)
		}
		at := 0
		for i, p := range a.Paragraphs {
			p = strings.ReplaceAll(p, "\n", " ")
			a.Paragraphs[i] = p
			offset[a.ID] = append(offset[a.ID], at)
			at += len(p) + 1
		}
		for _, s := range a.Sentences {
			p, from := a.Paragraphs[s[0]], offset[a.ID][s[0]]
			marked[a.ID] = append(marked[a.ID], [2]int{from + bytesOf(p, s[1]), from + bytesOf(p, s[2])})
		}
		texts[a.ID] = a.Paragraphs
		fsys[a.ID+"/article.txt"] = &fstest.MapFile{Data: []byte(strings.Join(a.Paragraphs, "\n"))}
		s := &sample{name: a.ID}
		byID[a.ID] = s
		out = append(out, s)
	})
	c, err := corpus.Load(fsys)
	if err != nil {
		b.Fatal(err)
	}
	for _, source := range c.Sources() {
		byID[source.ID()].passages = pointers(source.Passages())
	}
	lines("questions.jsonl", func(line []byte) {
		var q struct {
			Article, Question string
			Answers           []struct {
				Text             string
				Paragraph, Start int
			}
			Gold []int `json:"gold_sents"`
		}
		if err := json.Unmarshal(line, &q); err != nil {
			b.Fatal(err)
		}
		s := byID[q.Article]
		one := asked{text: q.Question, gold: map[int]bool{}}
		for i, p := range s.passages {
			start, end := p.Quote.Start(), p.Quote.End()
			for _, g := range q.Gold {
				m := marked[q.Article][g]
				// It holds the marked sentence, or is the part of it with the answer.
				one.gold[i] = one.gold[i] || start <= m[0] && m[1] <= end
				for _, a := range q.Answers {
					from := offset[q.Article][a.Paragraph] + bytesOf(texts[q.Article][a.Paragraph], a.Start)
					one.gold[i] = one.gold[i] || m[0] <= start && end <= m[1] && start <= from && from+len(a.Text) <= end
				}
			}
		}
		s.questions = append(s.questions, one)
	})
	return out
}

// bytesOf returns how many bytes the first n characters of s have.
func bytesOf(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// BenchmarkSquad measures, on articles without curation: how often the first
// passage holds the marked sentence, by the shipped weights and by weights fitted
// to the other articles.
func BenchmarkSquad(b *testing.B) {
	samples := squad(b)
	var indexes []*Index
	for _, s := range samples {
		indexes = append(indexes, Build(s.passages, nil))
	}
	b.Run("shipped", func(b *testing.B) {
		var right, asked int
		for b.Loop() {
			right, asked = 0, 0
			for g, x := range indexes {
				for _, q := range samples[g].questions {
					hits := x.Search(q.text, 1)
					asked++
					right += int(b2f(len(hits) > 0 && q.gold[hits[0].Passage]))
				}
			}
		}
		b.ReportMetric(100*float64(right)/float64(asked), "hit@1-%")
	})
	b.Run("fitted", func(b *testing.B) {
		var examples []example
		for g, x := range indexes {
			for _, q := range samples[g].questions {
				examples = append(examples, newExample(g, x.all(q.text), func(p int) bool { return q.gold[p] }))
			}
		}
		var first float64
		for b.Loop() {
			first = crossValidate(examples, len(samples), 3)
		}
		b.ReportMetric(first, "hit@1-%")
	})
}

// BenchmarkArticle measures one article: building its index, and a question.
func BenchmarkArticle(b *testing.B) {
	s := squad(b)[0]
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			Build(s.passages, nil)
		}
	})
	x := Build(s.passages, nil)
	b.Run("search", func(b *testing.B) {
		i := 0
		for b.Loop() {
			x.Search(s.questions[i%len(s.questions)].text, 5)
			i++
		}
	})
}

// BenchmarkScale measures 10,000 articles, about a million sentences. They are
// made of the paragraphs of squad, a dozen of them at random in each, with most
// names changed from article to article.
func BenchmarkScale(b *testing.B) {
	const articles, paragraphs = 10_000, 20
	samples := squad(b)
	var pool []string
	for _, s := range samples {
		for _, p := range s.passages[0].Quote.Source().Paragraphs() {
			pool = append(pool, p.Text())
		}
	}
	fsys := fstest.MapFS{}
	for i := range articles {
		random := rand.New(rand.NewPCG(uint64(i), 7))
		var text strings.Builder
		for range paragraphs {
			text.WriteString(rename(pool[random.IntN(len(pool))], random.IntN(1000)))
			text.WriteByte('\n')
		}
		fsys[fmt.Sprintf("%05d/article.txt", i)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	start := time.Now()
	c, err := corpus.Load(fsys)
	if err != nil {
		b.Fatal(err)
	}
	loaded := time.Since(start)
	clear(fsys)
	var passages []*corpus.Passage
	for _, s := range c.Sources() {
		passages = append(passages, pointers(s.Passages())...)
	}
	before := heapSize()
	start = time.Now()
	x := Build(passages, nil)
	built := time.Since(start)
	size := heapSize() - before
	var took []time.Duration
	n := 0
	for b.Loop() {
		s := samples[n%len(samples)]
		q := rename(s.questions[n*7%len(s.questions)].text, n%1000)
		n++
		start := time.Now()
		x.Search(q, 5)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(len(passages)), "passages")
	b.ReportMetric(loaded.Seconds(), "s-load")
	b.ReportMetric(built.Seconds(), "s-build")
	b.ReportMetric(float64(size)/(1<<20), "MB-index")
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs-99%")
	runtime.KeepAlive(c)
}

func heapSize() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// rename changes most of the names in a text.
func rename(text string, to int) string {
	ending := string([]byte{'a' + byte(to%26), 'a' + byte(to/26%26), 'n'})
	fields := strings.Split(text, " ")
	for i, f := range fields {
		if i > 0 && len(f) > 4 && 'A' <= f[0] && f[0] <= 'Z' && f[len(f)-1] >= 'a' && (len(f)+to)%3 > 0 {
			fields[i] = f + ending
		}
	}
	return strings.Join(fields, " ")
}
