package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// curation is the form of curation.yaml. Lists of things that an error should
// name by line are decoded element by element.
type curation struct {
	Title     string     `yaml:"title"`
	Publisher string     `yaml:"publisher"`
	URL       string     `yaml:"url"`
	Published string     `yaml:"published"`
	Furniture []string   `yaml:"furniture"`
	KeyPoints []string   `yaml:"key_points"`
	Questions []string   `yaml:"questions"`
	Subjects  []Subject  `yaml:"subjects"`
	Foreign   []string   `yaml:"foreign"`
	Passages  []ast.Node `yaml:"passages"`
	Intents   []ast.Node `yaml:"intents"`

	// Search is of earlier versions, in which not every source was searched.
	Search any `yaml:"search"`
}

type curatedPassage struct {
	ID          string            `yaml:"id"`
	Quote       string            `yaml:"quote"`
	Paragraph   int               `yaml:"paragraph"`
	Attribution Attribution       `yaml:"attribution"`
	Speaker     string            `yaml:"speaker"`
	Frame       string            `yaml:"frame"`
	Tells       map[string]string `yaml:"tells"`
	About       []string          `yaml:"about"`
}

type curatedIntent struct {
	ID         string   `yaml:"id"`
	Passages   []string `yaml:"passages"`
	NotCovered bool     `yaml:"not_covered"`
	Nearest    []string `yaml:"nearest"`
	Chat       string   `yaml:"chat"`
	Asks       string   `yaml:"asks"`
	Subjects   []string `yaml:"subjects"`
	Drafted    bool     `yaml:"drafted"`
	Utterances []string `yaml:"utterances"`
}

// lineOf returns the line of curation.yaml on which a node begins.
func lineOf(n ast.Node) int { return n.GetToken().Position.Line }

// placeOf returns the line and the column at which an element of a list begins ("3:5").
func placeOf(n ast.Node) string {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		n = m.Values[0].Key
	}
	at := n.GetToken().Position
	return fmt.Sprintf("%d:%d", at.Line, at.Column)
}

// utteranceLines returns the line of each utterance of an intent.
func utteranceLines(intent ast.Node) []int {
	mapping, ok := intent.(*ast.MappingNode)
	if !ok {
		return nil
	}
	for _, v := range mapping.Values {
		if list, ok := v.Value.(*ast.SequenceNode); ok && v.Key.String() == "utterances" {
			var out []int
			for _, u := range list.Values {
				out = append(out, lineOf(u))
			}
			return out
		}
	}
	return nil
}

// MaxQuestion is the longest question that is offered to be asked, in
// characters: what a button holds.
const MaxQuestion = 75

// ChatKinds are the values of an intent's chat field.
var ChatKinds = []string{"greeting", "thanks", "bye", "help", "identity", "about", "praise", "insult"}

// problems collects what is wrong with a curation.
type problems struct {
	file string
	keys map[string]string // where the keys of the file stand
	all  []error
}

// add adds what is wrong at a place ("3:5").
func (p *problems) add(place, format string, a ...any) {
	p.all = append(p.all, fmt.Errorf("%s:%s: %s", p.file, place, fmt.Sprintf(format, a...)))
}

// under adds what is wrong with the value of a key of the file.
func (p *problems) under(key, format string, a ...any) {
	p.add(cmp.Or(p.keys[key], "1"), format, a...)
}

// yaml adds what is wrong with the YAML of an element.
func (p *problems) yaml(err error) {
	place, text := yamlProblem(err)
	p.add(place, "%s", text)
}

// parseCuration reads curation.yaml, and returns where its keys stand.
func parseCuration(file string, data []byte) (c curation, keys map[string]string, err error) {
	parsed, err := parser.ParseBytes(data, 0)
	if err != nil {
		place, text := yamlProblem(err)
		return c, nil, fmt.Errorf("%s:%s: not valid YAML: %s", file, place, text)
	}
	if len(parsed.Docs) > 1 {
		return c, nil, fmt.Errorf("%s: several YAML documents; put everything in one", file)
	}
	if len(parsed.Docs) == 1 && parsed.Docs[0].Body != nil {
		keys = map[string]string{}
		if top, ok := parsed.Docs[0].Body.(*ast.MappingNode); ok {
			for _, v := range top.Values {
				keys[v.Key.String()] = placeOf(v.Key)
			}
		}
		if err := yaml.NodeToValue(parsed.Docs[0].Body, &c, yaml.Strict()); err != nil {
			place, text := yamlProblem(err)
			return c, nil, fmt.Errorf("%s:%s: %s", file, place, text)
		}
	}
	return c, keys, nil
}

// curate reads curation.yaml into the source and verifies it. The error lists
// everything that is wrong, each with its file and line.
func (s *Source) curate(file string, data []byte) error {
	c, keys, err := parseCuration(file, data)
	if err != nil {
		return err
	}
	s.meta = Meta{Title: c.Title, Publisher: c.Publisher, URL: c.URL, Published: c.Published}.or(s.meta)
	s.subjects, s.foreign = c.Subjects, c.Foreign

	wrong := &problems{file: file, keys: keys}
	for _, f := range s.setParagraphs(c.Furniture) {
		wrong.under("furniture", "furniture %q is not a line of article.txt", f)
	}
	if len(s.paragraphs) == 0 {
		wrong.under("furniture", "article.txt has no line to quote outside furniture")
		return errors.Join(wrong.all...)
	}
	subjects := subjectIDs(c.Subjects, wrong)
	byID := s.curatePassages(c.Passages, subjects, wrong)
	for _, id := range c.KeyPoints {
		p, ok := byID[id]
		if !ok {
			wrong.under("key_points", "key_points: there is no passage %q", id)
			continue
		}
		s.keyPoints = append(s.keyPoints, p)
	}
	for _, q := range c.Questions {
		if n := utf8.RuneCountInString(q); n == 0 || n > MaxQuestion {
			wrong.under("questions", "questions: %q has %d characters; a question to try has 1 to %d", q, n, MaxQuestion)
		}
	}
	s.questions = c.Questions
	s.curateIntents(c.Intents, byID, subjects, wrong)
	return errors.Join(wrong.all...)
}

// subjectIDs verifies the subjects and returns their ids.
func subjectIDs(all []Subject, wrong *problems) map[string]bool {
	ids := make(map[string]bool, len(all))
	for _, sub := range all {
		if sub.ID == "" || len(sub.Names) == 0 {
			wrong.under("subjects", "subject %q needs an id and at least one name", sub.ID)
		}
		if ids[sub.ID] {
			wrong.under("subjects", "subject %q is there twice", sub.ID)
		}
		ids[sub.ID] = true
	}
	return ids
}

// curatePassages adds the curated passages, and those that are read from the text where a
// curator made none, and returns them by id.
func (s *Source) curatePassages(nodes []ast.Node, subjects map[string]bool, wrong *problems) map[string]Passage {
	byID := make(map[string]Passage, len(nodes))
	for _, node := range nodes {
		var cp curatedPassage
		if err := yaml.NodeToValue(node, &cp, yaml.Strict()); err != nil {
			wrong.yaml(err)
			continue
		}
		p, err := s.passage(cp)
		if err != nil {
			wrong.add(placeOf(node), "passage %q: %v", cp.ID, err)
			continue
		}
		if _, ok := byID[p.ID]; ok {
			wrong.add(placeOf(node), "passage %q is there twice", p.ID)
			continue
		}
		for _, id := range p.About {
			if !subjects[id] {
				wrong.add(placeOf(node), "passage %q is about the subject %q, which is not under subjects", p.ID, id)
			}
		}
		p.Line = lineOf(node)
		byID[p.ID] = p
		s.passages = append(s.passages, p)
	}
	s.curated = len(nodes) > 0
	made := s.passages
	s.passages = nil
	s.read()
	for _, p := range s.passages {
		if _, ok := byID[p.ID]; !ok && !mostlyIn(p.Quote, made) {
			byID[p.ID] = p
			made = append(made, p)
		}
	}
	s.passages = made
	return byID
}

// mostlyIn reports whether a curator's passages hold at least half of a quote.
func mostlyIn(q Quote, curated []Passage) bool {
	held := 0
	for _, p := range curated {
		if p.Curated() {
			held += max(0, min(p.Quote.End(), q.End())-max(p.Quote.Start(), q.Start()))
		}
	}
	return 2*held >= q.End()-q.Start()
}

// curateIntents adds the curated intents.
func (s *Source) curateIntents(nodes []ast.Node, byID map[string]Passage, subjects map[string]bool, wrong *problems) {
	ids := make(map[string]bool, len(nodes))
	for _, node := range nodes {
		var ci curatedIntent
		if err := yaml.NodeToValue(node, &ci, yaml.Strict()); err != nil {
			wrong.yaml(err)
			continue
		}
		in, errs := intent(ci, byID, subjects)
		in.Line, in.lines = lineOf(node), utteranceLines(node)
		for _, err := range errs {
			wrong.add(placeOf(node), "intent %q: %v", ci.ID, err)
		}
		if ids[ci.ID] {
			wrong.add(placeOf(node), "intent %q is there twice", ci.ID)
		}
		ids[ci.ID] = true
		s.intents = append(s.intents, in)
	}
}

// passage verifies one curated passage against the text.
func (s *Source) passage(c curatedPassage) (Passage, error) {
	if c.ID == "" {
		return Passage{}, errors.New("it has no id")
	}
	if !c.Attribution.Valid() {
		kinds := []string{"direct", "reported", "article", "others"}
		return Passage{}, fmt.Errorf("attribution is %q; it must be direct, reported, article or others%s", c.Attribution, like(string(c.Attribution), kinds))
	}
	if (c.Attribution == Direct || c.Attribution == Reported) && c.Speaker == "" {
		return Passage{}, fmt.Errorf("a %s passage needs a speaker", c.Attribution)
	}
	if c.Attribution == Article && c.Speaker != "" {
		return Passage{}, fmt.Errorf("an article passage is the article's own words and has no speaker, but names %q", c.Speaker)
	}
	if c.Quote == "" {
		return Passage{}, errors.New("it has no quote")
	}
	found := s.find(c.Quote)
	if c.Paragraph > 0 {
		found = slices.DeleteFunc(found, func(q Quote) bool { return q.Paragraph() != c.Paragraph })
	}
	switch {
	case len(found) == 0:
		where := "in article.txt outside furniture"
		if c.Paragraph > 0 {
			where = fmt.Sprintf("in paragraph %d of article.txt", c.Paragraph)
		}
		near, _ := s.Nearest(c.Quote)
		if near.IsZero() {
			return Passage{}, fmt.Errorf("the quote %q does not occur %s, nor does anything like it", c.Quote, where)
		}
		return Passage{}, fmt.Errorf("the quote %q does not occur %s; the nearest text that does is %q (paragraph %d)",
			c.Quote, where, near.Text(), near.Paragraph())
	case len(found) > 1:
		var at []string
		for _, q := range found {
			at = append(at, fmt.Sprint(q.Paragraph()))
		}
		return Passage{}, fmt.Errorf("the quote occurs %d times (paragraphs %s); say which with paragraph:, or quote more of the sentence",
			len(found), strings.Join(at, ", "))
	}
	for _, kind := range slices.Sorted(maps.Keys(c.Tells)) {
		if !strings.Contains(found[0].Text(), c.Tells[kind]) {
			return Passage{}, fmt.Errorf("tells %s: %q is not in the quote", kind, c.Tells[kind])
		}
	}
	return Passage{ID: c.ID, Quote: found[0], Attribution: c.Attribution, Speaker: c.Speaker, Frame: c.Frame, Tells: c.Tells, About: c.About}, nil
}

// intent resolves one curated intent's passages.
func intent(c curatedIntent, byID map[string]Passage, subjects map[string]bool) (in Intent, errs []error) {
	in = Intent{ID: c.ID, NotCovered: c.NotCovered, Chat: c.Chat, Asks: c.Asks, Subjects: c.Subjects, Drafted: c.Drafted, Utterances: c.Utterances}
	bad := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	resolve := func(ids []string) (out []Passage) {
		for _, id := range ids {
			p, ok := byID[id]
			if !ok {
				bad("there is no passage %q", id)
				continue
			}
			out = append(out, p)
		}
		return out
	}
	in.Passages, in.Nearest = resolve(c.Passages), resolve(c.Nearest)
	kinds := 0
	for _, is := range []bool{len(c.Passages) > 0, c.NotCovered, c.Chat != ""} {
		if is {
			kinds++
		}
	}
	if c.ID == "" {
		bad("it has no id")
	}
	if kinds != 1 {
		bad("it needs exactly one of passages, not_covered: true and chat")
	}
	if c.Chat != "" && !slices.Contains(ChatKinds, c.Chat) {
		bad("chat is %q; it must be one of %s%s", c.Chat, strings.Join(ChatKinds, ", "), like(c.Chat, ChatKinds))
	}
	for _, id := range c.Subjects {
		if !subjects[id] {
			bad("there is no subject %q", id)
		}
	}
	if len(c.Utterances) == 0 {
		bad("it has no utterances")
	}
	for _, u := range c.Utterances {
		if strings.TrimSpace(u) == "" {
			bad("it has an empty utterance")
			break
		}
	}
	return in, errs
}
