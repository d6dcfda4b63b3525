package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"verbatim/corpus/extract"
	"verbatim/corpus/words"
)

// extractedTexts is how many texts are made into pages, each with every template.
const extractedTexts = 30

// template is a page with what usually stands around an article: navigation, links to
// other articles, comments, what is said of cookies.
type template struct {
	name   string
	page   string // with {{title}} and {{article}}
	inside string // what stands in the middle of the article and is not of it
}

// templates reads the pages in a folder. What stands behind {{inside}} is put into the
// article.
func templates(dir string) ([]template, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil {
		return nil, err
	}
	var out []template
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		page, inside, _ := strings.Cut(string(data), "{{inside}}\n")
		out = append(out, template{strings.TrimSuffix(filepath.Base(file), ".html"), page, inside})
	}
	return out, nil
}

// extracted counts what came out of pages.
type extracted struct {
	pages int
	// there are the sentences of the article that came out byte for byte, of all it has.
	there, sentences int
	// foreign are the sentences that came out and are not the article's, of all that did.
	foreign, out int
}

func (e extracted) add(o extracted) extracted {
	return extracted{e.pages + o.pages, e.there + o.there, e.sentences + o.sentences, e.foreign + o.foreign, e.out + o.out}
}

// good reports whether 98 % of the sentences are there, and at most 1 % are foreign.
func (e extracted) good() bool { return 100*e.there >= 98*e.sentences && 100*e.foreign <= e.out }

func (e extracted) String() string {
	return fmt.Sprintf("%d | %d of %d (%.2f) | %d of %d (%.2f)", e.pages, e.there, e.sentences, 100*float64(e.there)/float64(max(1, e.sentences)),
		e.foreign, e.out, 100*float64(e.foreign)/float64(max(1, e.out)))
}

// extractionSection puts texts into pages of several kinds, and reads them out of these.
func extractionSection(w *bytes.Buffer, reading string) error {
	names, err := textsToExtract(reading)
	if err != nil {
		return err
	}
	pages, err := templates("cmd/bench/testdata/pages")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d texts, each put into %d pages with navigation, links to other articles, comments and notices (cmd/bench/testdata/pages), and read out of them as `bot add` does. "+
		"The goal is that 98 %% of an article's sentences come out byte for byte and that at most 1 %% of what comes out is not the article's. Captions are never quoted and do not count.\n\n", len(names), len(pages))
	fmt.Fprint(w, "| page | pages | sentences there (%) | foreign ones (%) |\n|---|---|---|---|\n")
	var all extracted
	for _, t := range pages {
		var sum extracted
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(reading, "texts", name+".txt"))
			if err != nil {
				return err
			}
			got, err := t.extract(string(text), nil)
			if err != nil {
				return fmt.Errorf("%s in %s: %w", name, t.name, err)
			}
			sum = sum.add(got)
		}
		fmt.Fprintf(w, "| %s | %s |\n", t.name, sum)
		all = all.add(sum)
	}
	fmt.Fprintf(w, "| **all** | %s |\n", all)
	return nil
}

// textsToExtract chooses texts at even distances, none of those that are held out.
func textsToExtract(reading string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(reading, "texts", "*.txt"))
	if err != nil {
		return nil, err
	}
	held, err := textNames(filepath.Join(reading, "heldout.txt"))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".txt"); !slices.Contains(held, name) {
			all = append(all, name)
		}
	}
	n := min(extractedTexts, len(all))
	out := make([]string, n)
	for i := range out {
		out[i] = all[i*len(all)/n]
	}
	return out, nil
}

// extract makes a page of a text, whose first line is the title, reads it, and compares. If
// tell is not nil, it is told of each sentence that is lost or foreign.
func (t template) extract(text string, tell func(what, sentence string)) (extracted, error) {
	page, sentences := t.of(text)
	address, err := url.Parse("https://velden.example/a/1")
	if err != nil {
		return extracted{}, err
	}
	doc, err := extract.Read(context.Background(), extract.Input{Data: []byte(page), ContentType: "text/html", Address: address})
	if err != nil {
		return extracted{}, err
	}
	if tell == nil {
		tell = func(string, string) {}
	}
	e := extracted{pages: 1, sentences: len(sentences)}
	read := doc.Text()
	for _, s := range sentences {
		if strings.Contains(read, s) {
			e.there++
		} else {
			tell("lost", s)
		}
	}
	for _, b := range doc.Blocks {
		if b.Kind == extract.Caption {
			continue
		}
		for _, s := range words.Sentences(b.Text) {
			e.out++
			if sentence := b.Text[s.Start:s.End]; !strings.Contains(text, sentence) {
				e.foreign++
				tell("foreign", sentence)
			}
		}
	}
	return e, nil
}

// of makes a page of a text, and lists the sentences that are to come out of it.
func (t template) of(text string) (page string, sentences []string) {
	title, body, _ := strings.Cut(strings.TrimPrefix(text, "\ufeff"), "\n")
	title = strings.TrimSpace(title)
	sentences = []string{title}
	var article strings.Builder
	n := 0
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		tag := "p"
		if heading(line) {
			tag = "h2"
		}
		fmt.Fprintf(&article, "<%s>%s</%s>\n", tag, marked(line), tag)
		if n++; n == 3 {
			article.WriteString(t.inside)
		}
		for _, s := range words.Sentences(line) {
			sentences = append(sentences, line[s.Start:s.End])
		}
	}
	return strings.NewReplacer("{{title}}", html.EscapeString(title), "{{article}}", article.String()).Replace(t.page), sentences
}

// heading reports whether a line of a text is taken for a heading: short, and it does not
// end as a sentence does.
func heading(line string) bool {
	return len(strings.Fields(line)) <= 8 && !strings.ContainsAny(line[len(line)-1:], ".,;:!?\"')") && !strings.HasSuffix(line, "”") && !strings.HasSuffix(line, "’")
}

// marked makes HTML of a line: its second word leads elsewhere, its fifth is stressed.
func marked(line string) string {
	fields := strings.Split(line, " ")
	for i := range fields {
		fields[i] = html.EscapeString(fields[i])
	}
	if len(fields) > 6 {
		fields[1] = `<a href="/w/1">` + fields[1] + "</a>"
		fields[4] = "<em>" + fields[4] + "</em>"
	}
	return strings.Join(fields, " ")
}
