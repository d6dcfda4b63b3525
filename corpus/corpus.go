package corpus

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
)

const (
	articleFile  = "article.txt"
	curationFile = "curation.yaml"
)

// Corpus is a set of sources. It does not change after it is loaded and may be
// read by many goroutines.
type Corpus struct {
	sources []*Source
	byKey   map[string]*Source
}

// Hash is a SHA-256 of everything the corpus was loaded from: each source's id,
// text and curation. What is computed from a corpus is kept under it.
func (c *Corpus) Hash() [sha256.Size]byte {
	h := sha256.New()
	for _, s := range c.sources {
		fmt.Fprintf(h, "%d %s %x", len(s.id), s.id, s.digest)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// Sources returns the sources in the order of their ids. The slice is shared:
// do not change it.
func (c *Corpus) Sources() []*Source { return c.sources }

//go:embed zuckerberg-open-source
var embedded embed.FS

// Embedded loads the corpus that ships in the program.
func Embedded() (*Corpus, error) { return Load(embedded) }

// LoadDir loads the corpus in a folder of the disk: one folder per source, or
// the folder of a single source.
func LoadDir(dir string) (*Corpus, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("corpus %s: %w", dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("corpus %s is a file; name the folder that holds one folder per source, each with %s", dir, articleFile)
	}
	if _, err := os.Stat(filepath.Join(dir, articleFile)); err == nil {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, fmt.Errorf("corpus %s: %w", dir, err)
		}
		s, err := loadSource(os.DirFS(dir), ".", filepath.Base(abs))
		if err != nil {
			return nil, err
		}
		return newCorpus([]*Source{s})
	}
	c, err := Load(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("corpus %s: %w", dir, err)
	}
	return c, nil
}

// Load loads every folder of fsys that holds an article.txt as a source and
// verifies its curation. The error names each problem with its file and line.
func Load(fsys fs.FS) (*Corpus, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range entries {
		if _, err := fs.Stat(fsys, path.Join(e.Name(), articleFile)); err == nil {
			ids = append(ids, e.Name())
		}
	}
	sources := make([]*Source, len(ids))
	problems := make([]error, len(ids))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, id := range ids {
		g.Go(func() error {
			sources[i], problems[i] = loadSource(fsys, id, id)
			return nil
		})
	}
	g.Wait()
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return newCorpus(sources)
}

func newCorpus(sources []*Source) (*Corpus, error) {
	if len(sources) == 0 {
		return nil, fmt.Errorf("no sources: want one folder per source, each with %s", articleFile)
	}
	c := &Corpus{sources: sources, byKey: make(map[string]*Source, len(sources))}
	for _, s := range sources {
		c.byKey[s.key] = s
	}
	return c, nil
}

// Read makes a source of a text that nobody curated, as a folder with nothing
// but article.txt would.
func Read(id, text string) (*Source, error) { return readDescribed(id, text, Description{}, nil) }

// ReadDescribed is Read for a text that has a source.yaml, too.
func ReadDescribed(id, text string, d Description) (*Source, error) {
	return readDescribed(id, text, d, nil)
}

// readDescribed is Read for a text whose description is known, and was read from data.
func readDescribed(id, text string, d Description, data []byte) (*Source, error) {
	if i := invalid(text); i >= 0 {
		return nil, fmt.Errorf("not UTF-8 at byte %d", i)
	}
	s := &Source{id: id, text: text, key: sourceKey(id, text)}
	s.describe(d)
	s.setParagraphs(nil)
	if len(s.paragraphs) == 0 {
		return nil, errors.New("it has no text")
	}
	s.read()
	s.digest = digest([]byte(text), nil, data)
	return s, nil
}

// loadSource loads one folder.
func loadSource(fsys fs.FS, dir, id string) (*Source, error) {
	file := path.Join(dir, articleFile)
	article, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	text := string(article)
	if err := checkUTF8(file, text); err != nil {
		return nil, err
	}
	description, describedBy, err := ReadDescription(fsys, dir)
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(fsys, path.Join(dir, curationFile))
	if errors.Is(err, fs.ErrNotExist) {
		s, err := readDescribed(id, text, description, describedBy)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	if err := checkUTF8(path.Join(dir, curationFile), string(data)); err != nil {
		return nil, err
	}
	s := &Source{id: id, text: text, key: sourceKey(id, text)}
	s.describe(description)
	if err := s.curate(path.Join(id, curationFile), data); err != nil {
		return nil, err
	}
	s.digest = digest(article, data, describedBy)
	return s, nil
}

// digest is of all that a source was loaded from. Without a description it is
// what it was before there were any, so that what was computed of it still fits.
func digest(article, curation, description []byte) [sha256.Size]byte {
	all := slices.Concat(article, []byte{0}, curation)
	if description != nil {
		all = slices.Concat(all, []byte{0}, description)
	}
	return sha256.Sum256(all)
}

// ReadCurated makes a source of a text and its curation, as a folder with both
// would. The error names each problem with its line of curation.yaml.
func ReadCurated(id, text string, curation []byte) (*Source, error) {
	if err := errors.Join(checkUTF8(articleFile, text), checkUTF8(curationFile, string(curation))); err != nil {
		return nil, err
	}
	s := &Source{id: id, text: text, key: sourceKey(id, text)}
	if err := s.curate(curationFile, curation); err != nil {
		return nil, err
	}
	s.digest = digest([]byte(text), curation, nil)
	return s, nil
}

// WithCuration returns what the source is with a curation. The error is that of
// ReadCurated.
func (s *Source) WithCuration(curation []byte) (*Source, error) {
	if err := checkUTF8(curationFile, string(curation)); err != nil {
		return nil, err
	}
	out := &Source{id: s.id, text: s.text, key: s.key, meta: s.meta, headings: s.headings, furniture: s.furniture}
	if err := out.curate(curationFile, curation); err != nil {
		return nil, err
	}
	out.digest = digest([]byte(s.text), curation, nil)
	return out, nil
}

func checkUTF8(file, text string) error {
	if i := invalid(text); i >= 0 {
		return fmt.Errorf("%s:%d: not UTF-8 at byte %d; save the file as UTF-8", file, 1+strings.Count(text[:i], "\n"), i)
	}
	return nil
}

// invalid returns the offset of the first byte that is not UTF-8, or -1.
func invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return i
		}
	}
	return -1
}

// Source returns the source of an id, nil where there is none.
func (c *Corpus) Source(id string) *Source {
	i, ok := slices.BinarySearchFunc(c.sources, id, func(s *Source, id string) int { return strings.Compare(s.id, id) })
	if !ok {
		return nil
	}
	return c.sources[i]
}

// Quote finds a quote by its key (see Quote.Key). It reports false for a key that is
// malformed, or of a text that has changed since.
func (c *Corpus) Quote(key string) (Quote, bool) {
	parts := strings.Split(key, ".")
	if len(parts) != 3 {
		return Quote{}, false
	}
	s := c.byKey[parts[0]]
	if s == nil {
		return Quote{}, false
	}
	start, err1 := strconv.Atoi(parts[1])
	end, err2 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil {
		return Quote{}, false
	}
	return s.quote(start, end)
}

// Passage finds the passage whose quote has a key. It reports false for a key that
// is malformed, or of a text that has changed since.
func (c *Corpus) Passage(key string) (Passage, bool) {
	q, ok := c.Quote(key)
	if !ok {
		return Passage{}, false
	}
	for _, p := range q.source.passages {
		if p.Quote == q {
			return p, true
		}
	}
	return Passage{}, false
}
