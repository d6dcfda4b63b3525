package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/answers"
	"verbatim/answers/reader"
	"verbatim/answers/reader/matrix"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

const (
	// articleSentences is how long the article of the reader section is: a long piece
	// of news, or a short page of an encyclopedia.
	articleSentences = 100
	// articleQuestions is how many questions it is asked, where it has as many.
	articleQuestions = 200
	// comparedEach of the questions is also timed on the reader alone, and on ONNX
	// Runtime: some twenty-five, as each is read a dozen times by both.
	comparedEach = 8
	comparedRuns = 10
	// comparedThreads is how many threads both may use.
	comparedThreads = 2
)

// readerSection measures a question that has to be read, on an article of a hundred
// sentences that nobody curated.
func readerSection(w *bytes.Buffer, dir string, other onnx) error {
	articles, byArticle, err := squad(dir)
	if err != nil {
		return err
	}
	id, text, questions := shortArticle(articles, byArticle, articleSentences, articleQuestions)
	if len(questions) == 0 {
		return fmt.Errorf("no article in %s has %d sentences and questions about them", dir, articleSentences)
	}
	folder, err := os.MkdirTemp("", "verbatim-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	texts := filepath.Join(folder, "texts")
	if err := errors.Join(os.Mkdir(texts, 0o755), writeArticle(texts, id, text)); err != nil {
		return err
	}
	c, err := corpus.LoadDir(texts)
	if err != nil {
		return err
	}
	e, err := engine(c, nil)
	if err != nil {
		return err
	}
	e.Warm()

	// Every question is asked once: an engine keeps its answers.
	var took []time.Duration
	for _, q := range questions {
		began := time.Now()
		e.Ask(answers.Question{Text: q})
		took = append(took, time.Since(began))
	}
	figures := []figure{
		{"a question, median", fmt.Sprintf("%.1f ms", millis(percentile(took, 50))), "60 ms"},
		{"a question, p99", fmt.Sprintf("%.1f ms", millis(percentile(took, 99))), "150 ms"},
	}

	var read []work
	windows, pieces := 0, 0
	for _, q := range questions {
		_, why := e.Explain(answers.Question{Text: q})
		if len(why.Windows) == 0 {
			continue // words decided
		}
		one := workOf(q, why.Windows)
		read = append(read, one)
		windows += len(one.windows)
		pieces += one.pieces()
	}
	if len(read) == 0 {
		return errors.New("no question was read")
	}
	figures = append(figures, figure{what: "windows read for a question, and word pieces in them with the question, mean",
		value: fmt.Sprintf("%.1f; %.0f", float64(windows)/float64(len(read)), float64(pieces)/float64(len(read)))})

	compared, err := compare(read, other)
	if err != nil {
		return err
	}
	figures = append(figures, compared...)

	quoted, err := quotedLookUps(e, c.Sources()[0])
	if err != nil {
		return err
	}
	figures = append(figures, figure{fmt.Sprintf("who said some exact words, which words alone answer, median of %d", len(quoted)),
		fmt.Sprintf("%.0f µs", micros(percentile(quoted, 50))), "100 µs"})

	bot, err := buildBot(folder)
	if err != nil {
		return err
	}
	const starts = 5
	first, mb, err := firstAnswers(bot, texts, questions[0], starts)
	if err != nil {
		return err
	}
	figures = append(figures,
		figure{fmt.Sprintf("start to first answer with nothing kept from before, median of %d", starts), fmt.Sprintf("%.0f ms", millis(first)), "500 ms"},
		figure{"most memory of the process until then", fmt.Sprintf("%d MB", mb), "250 MB"})

	cpuinfo, _ := os.ReadFile("/proc/cpuinfo") // not everywhere
	fmt.Fprintf(w, "The first %d sentences of “%s” (SQuAD 1.1, CC BY-SA 4.0) without curation, and %d questions about them, each asked once. "+
		"Processor: %s; kernel: %s. The goals are for two cores.\n\n", articleSentences, strings.ReplaceAll(id, "_", " "), len(questions),
		cmp.Or(cpuName(string(cpuinfo)), "unknown"), matrix.Kernel())
	writeFigures(w, figures)
	return nil
}

// shortArticle returns the beginning of an article, some sentences long, and distinct
// questions about it, most of all: of the first article that has as many, or else of the
// one that has the most.
func shortArticle(articles []squadArticle, byArticle map[string][]squadQuestion, sentences, most int) (id, text string, questions []string) {
	for _, a := range articles {
		kept := firstSentences(a.Paragraphs, sentences)
		if kept == nil {
			continue
		}
		var inside []string
		for _, q := range byArticle[a.ID] {
			if len(inside) < most && a.answeredIn(q, kept) && !slices.Contains(inside, q.Question) {
				inside = append(inside, q.Question)
			}
		}
		if len(inside) > len(questions) {
			id, text, questions = a.ID, strings.Join(kept, "\n"), inside
		}
		if len(questions) == most {
			break
		}
	}
	return id, text, questions
}

// firstSentences returns the paragraphs of the first n sentences, nil if there are fewer.
func firstSentences(paragraphs []string, n int) []string {
	var kept []string
	for _, p := range paragraphs {
		spans := words.Sentences(p)
		if len(spans) >= n {
			return append(kept, p[:spans[n-1].End])
		}
		n -= len(spans)
		kept = append(kept, p)
	}
	return nil
}

// answeredIn reports whether all sentences in which a question's answer was marked
// stand in the first paragraphs of an article, the last of which may be cut short.
func (a squadArticle) answeredIn(q squadQuestion, kept []string) bool {
	for _, s := range q.GoldSents {
		paragraph, end := a.Sentences[s][0], a.Sentences[s][2]
		if paragraph >= len(kept) || end > utf8.RuneCountInString(kept[paragraph]) {
			return false
		}
	}
	return len(q.GoldSents) > 0
}

// work is a question and the windows that are read with it.
type work struct {
	question string
	windows  []*reader.Prepared
	shape    shape
}

// pieces is how many word pieces the layers that read both go through.
func (o work) pieces() int {
	n := 0
	for _, w := range o.shape.Windows {
		n += o.shape.Question + w
	}
	return n
}

// workOf is what the engine had read for a question.
func workOf(question string, windows []reader.Window) work {
	r := reader.Default()
	// A question and the context of a window are cut in the same way and to the same
	// length, so a window without sentences has as many pieces as the question.
	out := work{question: question, shape: shape{Question: r.Prepare(reader.Window{Context: question}).Pieces()}}
	for _, w := range windows {
		p := r.Prepare(w)
		out.windows = append(out.windows, p)
		out.shape.Windows = append(out.shape.Windows, p.Pieces())
	}
	return out
}

// compare times the reader alone on some of the questions and, where there is one, ONNX
// Runtime on sequences of the same lengths.
func compare(read []work, other onnx) ([]figure, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(min(comparedThreads, runtime.NumCPU())))
	r := reader.Default()
	lacks := other.lacks()
	var beside *comparison
	if lacks == "" {
		var err error
		if beside, err = other.start(comparedThreads, comparedRuns); err != nil {
			return nil, err
		}
	} else {
		fmt.Fprintf(os.Stderr, "reader: ONNX Runtime is not measured: it %s\n", lacks)
	}
	var ours, theirs []time.Duration
	for i := 0; i < len(read); i += comparedEach {
		one := read[i]
		if beside != nil {
			d, err := beside.time(one.shape)
			if err != nil {
				return nil, errors.Join(err, beside.stop())
			}
			theirs = append(theirs, d)
		}
		var took []time.Duration
		for k := range comparedRuns + 2 {
			began := time.Now()
			q := r.Ask(one.question, nil)
			reader.InParallel(len(one.windows), func(i int) { r.Read(q, one.windows[i]) })
			if k >= 2 { // the other's script leaves its first two out as well
				took = append(took, time.Since(began))
			}
		}
		ours = append(ours, percentile(took, 50))
	}
	mine := percentile(ours, 50)
	figures := []figure{{what: fmt.Sprintf("the reader alone on %d of the questions, %d threads, median", len(ours), comparedThreads),
		value: fmt.Sprintf("%.1f ms", millis(mine))}}
	const name = "ONNX Runtime on sequences of the same lengths, in 8 bits"
	if beside == nil {
		return append(figures, figure{what: name, value: "not measured (" + lacks + ")"}), nil
	}
	if err := beside.stop(); err != nil {
		return nil, err
	}
	its := percentile(theirs, 50)
	return append(figures,
		figure{what: name, value: fmt.Sprintf("%.1f ms", millis(its))},
		figure{what: "the reader's time as a multiple of ONNX Runtime's", value: fmt.Sprintf("%.2f", mine.Seconds()/its.Seconds())}), nil
}

// quotedLookUps asks who said the beginning of each sentence of an article, and returns
// the times.
func quotedLookUps(e *answers.Engine, s *corpus.Source) ([]time.Duration, error) {
	var took []time.Duration
	for _, p := range s.Paragraphs() {
		for _, span := range words.Sentences(p.Text()) {
			sentence := p.Text()[span.Start:span.End]
			beginning := strings.Fields(sentence)
			if len(beginning) < 8 || strings.ContainsAny(sentence, "“”\"") {
				continue // hardly a claim, or a quotation within one
			}
			q := answers.Question{Text: "Who said “" + strings.Join(beginning[:8], " ") + "”?"}
			began := time.Now()
			got := e.Ask(q)
			d := time.Since(began)
			if got.Kind == answers.Verdict && got.Finding == answers.Exact {
				took = append(took, d)
			}
		}
	}
	if len(took) == 0 {
		return nil, errors.New("no words of the article were found in it")
	}
	return took, nil
}
