package extract

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// pair is a question with its answer.
type pair struct{ question, answer string }

var (
	questionNames = []string{"question", "q", "frage", "pregunta", "name", "title", "prompt", "utterance"}
	answerNames   = []string{"answer", "a", "antwort", "respuesta", "acceptedanswer", "response", "reply", "text", "body", "content"}
	listNames     = []string{"faq", "faqs", "questions", "mainentity", "items", "data", "entries", "pairs", "qa"}
	inWords       = regexp.MustCompile(`(?i)</?(?:a|b|strong|em|i|span)\b[^>]*>`) // parts no words
	markedUp      = regexp.MustCompile(`(?i)</?(?:p|br|ul|ol|li|div|a|b|strong|em|i|span|h[1-6])\b[^>]*>`)
)

// withPairs appends questions and their answers: each question heads its answer.
func (d *Document) withPairs(pairs []pair) error {
	for _, p := range pairs {
		d.add(Heading, stripped(p.question))
		if markedUp.MatchString(p.answer) {
			if err := d.markup([]byte(p.answer)); err != nil {
				return err
			}
			continue
		}
		d.plain(p.answer)
	}
	return nil
}

// mostAnswers is how many of them are looked at.
const mostAnswers = 500

// withAnswers adds questions and answers that a page tells beside its text: an answer that is in
// the text gets its question before it, the others stand at the end.
func (d *Document) withAnswers(pairs []pair) error {
	text := oneLine(d.Text())
	for _, p := range pairs[:min(len(pairs), mostAnswers)] {
		one := &Document{}
		if err := one.withPairs([]pair{p}); err != nil {
			return err
		}
		if len(one.Blocks) < 2 {
			continue
		}
		same := func(o Block) func(Block) bool { return func(b Block) bool { return b.Text == o.Text } }
		question, answer := slices.IndexFunc(d.Blocks, same(one.Blocks[0])), slices.IndexFunc(d.Blocks, same(one.Blocks[1]))
		switch {
		case answer >= 0 && question >= 0:
			d.Blocks[question].Kind = Heading
		case answer >= 0:
			d.Blocks = slices.Insert(d.Blocks, answer, one.Blocks[0])
		case !strings.Contains(text, one.Blocks[1].Text): // else it is told in other paragraphs
			if question >= 0 {
				d.Blocks = slices.Delete(d.Blocks, question, question+1)
			}
			d.Blocks = append(d.Blocks, one.Blocks...)
		}
	}
	return nil
}

// stripped is a question without markup.
func stripped(s string) string {
	return markedUp.ReplaceAllString(inWords.ReplaceAllString(s, ""), " ")
}

var errNoPairs = errors.New(`it has no questions and answers that can be told apart; JSON should be like [{"question": "…", "answer": "…"}]`)

// readJSONPairs reads questions and answers: a list of objects, also inside an object
// (as in a FAQPage of schema.org), one object of questions with their answers, or one
// object a line.
func readJSONPairs(_ Input, text string) (*Document, error) {
	doc := &Document{}
	var pairs []pair
	decoder := json.NewDecoder(strings.NewReader(text))
	for n := 0; ; n++ { // one value, or one a line
		var v any
		err := decoder.Decode(&v)
		if errors.Is(err, io.EOF) && n > 0 {
			break
		}
		if err != nil {
			return nil, errors.New("it is no valid JSON: " + err.Error())
		}
		doc.Title = ""
		if top, ok := v.(map[string]any); ok && n == 0 {
			doc.Title = field(top, []string{"title", "headline"}) // of one alone: in a line it is that of a question
		}
		pairs = append(pairs, jsonPairs(v, 0)...)
	}
	if len(pairs) == 0 {
		return nil, errNoPairs
	}
	if err := doc.withPairs(pairs); err != nil {
		return nil, err
	}
	doc.titled()
	return doc, nil
}

// jsonPairs finds the pairs in a value.
func jsonPairs(v any, depth int) []pair {
	if depth > maxNested {
		return nil
	}
	switch v := v.(type) {
	case []any:
		var out []pair
		for _, e := range v {
			out = append(out, jsonPairs(e, depth+1)...)
		}
		return out
	case map[string]any:
		if p := (pair{field(v, questionNames), field(v, answerNames)}); p.question != "" && p.answer != "" {
			return []pair{p}
		}
		for _, name := range listNames {
			if list := member(v, name); list != nil {
				return jsonPairs(list, depth+1)
			}
		}
		return mapped(v)
	}
	return nil
}

// mapped reads an object whose names are the questions.
func mapped(v map[string]any) []pair {
	var out []pair
	for question, a := range v {
		answer, ok := a.(string)
		if !ok || !strings.HasSuffix(strings.TrimSpace(question), "?") {
			return nil
		}
		out = append(out, pair{question, answer})
	}
	slices.SortFunc(out, func(a, b pair) int { return strings.Compare(a.question, b.question) })
	return out
}

func member(v map[string]any, name string) any {
	for key, e := range v {
		if strings.EqualFold(key, name) {
			return e
		}
	}
	return nil
}

// field returns the text of the first member of those names.
func field(v map[string]any, names []string) string {
	for _, name := range names {
		switch e := member(v, name).(type) {
		case string:
			if strings.TrimSpace(e) != "" {
				return e
			}
		case map[string]any: // acceptedAnswer: {text: …}
			if s, ok := member(e, "text").(string); ok {
				return s
			}
		}
	}
	return ""
}

// readCSVPairs reads questions and answers: two columns that are headed so, or two
// columns of which the first ends in question marks.
func readCSVPairs(_ Input, text string) (*Document, error) {
	rows, err := csvRows(text)
	if err != nil {
		return nil, errors.New("it is no valid CSV: " + err.Error())
	}
	if len(rows) == 0 {
		return nil, errNoColumns
	}
	question, answer := column(rows[0], questionNames), column(rows[0], answerNames)
	switch {
	case question >= 0 && answer >= 0 && question != answer:
		rows = rows[1:]
	case len(rows[0]) == 2 && asks(rows):
		question, answer = 0, 1
	default:
		return nil, errNoColumns
	}
	var pairs []pair
	for _, row := range rows {
		if question < len(row) && answer < len(row) && strings.TrimSpace(row[question]) != "" && strings.TrimSpace(row[answer]) != "" {
			pairs = append(pairs, pair{row[question], row[answer]})
		}
	}
	if len(pairs) == 0 {
		return nil, errNoColumns
	}
	doc := &Document{}
	return doc, doc.withPairs(pairs)
}

var errNoColumns = errors.New("it has no columns that are headed question and answer; only questions with answers are read from a table")

// csvRows reads rows that are parted by the sign that the first line has most of.
func csvRows(text string) ([][]string, error) {
	first, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, sign := range ";\t" {
		if strings.Count(first, string(sign)) > strings.Count(first, string(best)) {
			best = sign
		}
	}
	r := csv.NewReader(bytes.NewReader([]byte(text)))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = best, -1, true, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

// column finds the column that is headed by one of names, the first names first.
func column(head, names []string) int {
	for _, name := range names {
		for i, h := range head {
			h = strings.ToLower(strings.TrimSpace(h))
			if h == name || h == name+"s" || h == name+" text" {
				return i
			}
		}
	}
	return -1
}

// asks reports whether most rows begin with a question.
func asks(rows [][]string) bool {
	n := 0
	for _, row := range rows {
		if strings.HasSuffix(strings.TrimSpace(row[0]), "?") {
			n++
		}
	}
	return n*2 > len(rows)
}
