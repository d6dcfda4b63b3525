package answers

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	_ "embed"
	"encoding/gob"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"verbatim/answers/asks"
	"verbatim/answers/classifier"
	"verbatim/answers/question"
	"verbatim/answers/reader"
	"verbatim/corpus"
	"verbatim/corpus/words"
)

// modelVersion changes whenever the same corpus would compile to another model.
const modelVersion = "verbatim model 8"

// Model is what is slow to compute of a corpus and computed once: the classifier
// of its intents, and the sentence vectors of longer ones.
type Model struct {
	fingerprint [sha256.Size]byte
	learned
}

// learned is what is stored of a model.
type learned struct {
	Intents *classifier.Model // labels are indices of intents; nil for a corpus without any
	Groups  *classifier.Model // labels are groups of intents; nil where each intent is its own
	Vectors [][]float32       // of the windows (see library.encode), nil for none
}

// Fingerprint is the name under which a corpus's model is kept: another corpus,
// encoder or way to compile gives another.
func Fingerprint(c *corpus.Corpus) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%s %s %x", modelVersion, reader.Fingerprint(), c.Hash()))
}

// Progress is told how far something is that takes long. Its methods may be called from
// many goroutines.
type Progress interface {
	// Begin says that work of so many parts at most begins, and what it is.
	Begin(what string, parts int)
	// Did says that a part of it is done.
	Did()
}

// silence is progress that nobody asks for.
type silence struct{}

func (silence) Begin(string, int) {}
func (silence) Did()              {}

// Compile computes a corpus's model: some milliseconds for each utterance, on
// every processor there is.
func Compile(c *corpus.Corpus) (*Model, error) { return CompileTelling(c, silence{}) }

// CompileTelling is Compile, and tells how far it is.
func CompileTelling(c *corpus.Corpus, told Progress) (*Model, error) {
	m := &Model{fingerprint: Fingerprint(c)}
	v := newVocabulary(c.Sources())
	var examples []classifier.Example
	var texts []string
	intents := intentsOf(c)
	for i, in := range intents {
		for _, u := range phrasingsOf(in) {
			t := words.Tokens(u)
			examples = append(examples, classifier.Example{Text: u, Label: strconv.Itoa(i), Features: v.features(v.find(t), asks.OfTokens(u, t))})
			texts = append(texts, u)
		}
	}
	var err error
	if len(examples) > 0 {
		told.Begin("reading the utterances", len(texts))
		reader.InParallel(len(texts), func(i int) {
			examples[i].Vector = reader.Default().Encode(texts[i])
			told.Did()
		})
		group, n := groupsOf(intents)
		fits := classifier.Fits(len(examples))
		if n < len(intents) {
			fits *= 2
		}
		told.Begin("learning the intents", fits)
		if m.Intents, err = classifier.Train(examples, told.Did); err != nil {
			return nil, fmt.Errorf("learn the intents: %w", err)
		}
		if n < len(intents) {
			for i := range examples {
				in, _ := strconv.Atoi(examples[i].Label)
				examples[i].Label = strconv.Itoa(group[in])
			}
			if m.Groups, err = classifier.Train(examples, told.Did); err != nil {
				return nil, fmt.Errorf("learn the groups of intents: %w", err)
			}
		}
	}
	if l := cutLibrary(passagesIn(c)); len(l.sentences) > maxFresh && len(l.sentences) <= maxVectors {
		told.Begin("reading the text", len(l.windows))
		m.Vectors = l.encode(told.Did)
	}
	return m, nil
}

// fewUtterances is the number from which an intent has enough utterances. Not tuned:
// ten were measured, and the shipped article's intents have 20 and more.
const fewUtterances = 20

// phrasingsOf returns what an intent is learned from: its utterances and, where they
// are few, its id in words, which says in the curator's what it is about. With ten
// utterances an intent that is worth 0.3 to 0.8 points on public intent sets.
func phrasingsOf(in corpus.Intent) []string {
	if len(in.Utterances) >= fewUtterances {
		return in.Utterances
	}
	return append(slices.Clone(in.Utterances), strings.NewReplacer("-", " ", "_", " ").Replace(in.ID))
}

// intentsOf returns the intents of all sources in order, but for those that were
// drafted and that nobody reviewed: their utterances only help to find a passage.
func intentsOf(c *corpus.Corpus) []corpus.Intent {
	var out []corpus.Intent
	for _, s := range c.Sources() {
		out = append(out, reviewed(s)...)
	}
	return out
}

// reviewed returns a source's intents that are learned from.
func reviewed(s *corpus.Source) []corpus.Intent {
	return slices.DeleteFunc(slices.Clone(s.Intents()), func(in corpus.Intent) bool { return in.Drafted })
}

// groupsOf puts intents together that come to the same: those answered by the
// same passages, those not covered that are nearest to the same passage, and
// small talk. It returns each intent's group and how many groups there are.
func groupsOf(intents []corpus.Intent) (group []int, n int) {
	ids := map[string]int{}
	for _, in := range intents {
		name := "chat"
		switch {
		case len(in.Passages) > 0:
			name = "answer " + strings.Join(keys(in.Passages), " ")
		case in.NotCovered && len(in.Nearest) > 0:
			name = "near " + in.Nearest[0].Quote.Key()
		case in.NotCovered:
			name = "far"
		}
		if _, ok := ids[name]; !ok {
			ids[name] = len(ids)
		}
		group = append(group, ids[name])
	}
	return group, len(ids)
}

// passagesIn returns all passages of a corpus, source by source in text order. They are
// the sources' own: do not change them.
func passagesIn(c *corpus.Corpus) []*corpus.Passage {
	var out []*corpus.Passage
	for _, s := range c.Sources() {
		from, list := len(out), s.Passages()
		for i := range list {
			out = append(out, &list[i])
		}
		slices.SortStableFunc(out[from:], func(a, b *corpus.Passage) int { return a.Quote.Start() - b.Quote.Start() })
	}
	return out
}

// MarshalBinary returns the model as bytes: its fingerprint, then what was learned (package
// gob), compressed with DEFLATE, as the program carries a model and is downloaded.
func (m *Model) MarshalBinary() ([]byte, error) {
	b := bytes.NewBuffer(slices.Clone(m.fingerprint[:]))
	packed, err := flate.NewWriter(b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(gob.NewEncoder(packed).Encode(m.learned), packed.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ReadModel reads what MarshalBinary returned. It is an error if the model was
// compiled from another corpus than c.
func ReadModel(c *corpus.Corpus, data []byte) (*Model, error) {
	m := &Model{fingerprint: Fingerprint(c)}
	data, ok := bytes.CutPrefix(data, m.fingerprint[:])
	if !ok {
		return nil, errors.New("the compiled corpus is not of this corpus: compile it again")
	}
	var err error
	m.learned, err = read(data)
	return m, err
}

// read reads what was learned.
func read(data []byte) (learned, error) {
	var l learned
	err := gob.NewDecoder(flate.NewReader(bytes.NewReader(data))).Decode(&l)
	if err == nil && slices.ContainsFunc(l.Vectors, func(v []float32) bool { return len(v) == 0 || len(v)%reader.Dim != 0 }) {
		err = errors.New("vectors of another length")
	}
	if err != nil {
		return l, fmt.Errorf("the compiled corpus is damaged, compile it again: %w", err)
	}
	return l, nil
}

//go:embed article.model
var embedded []byte

var readEmbedded = sync.OnceValues(func() (learned, error) { return read(embedded[sha256.Size:]) })

// EmbeddedModel returns the model of the corpus that ships in the program, false
// if that is not c.
func EmbeddedModel(c *corpus.Corpus) (*Model, bool) {
	m := &Model{fingerprint: Fingerprint(c)}
	if !bytes.HasPrefix(embedded, m.fingerprint[:]) {
		return nil, false
	}
	var err error
	m.learned, err = readEmbedded()
	return m, err == nil
}

// Warm does what a start needs before it has its corpus, on processors that reading that
// leaves idle; ships says that it will be the one in the program. It changes nothing else.
func Warm(ships bool) {
	go reader.Default()
	go reader.Fingerprint()
	go question.Warm()
	if ships {
		go readEmbedded()
	}
}
