package corpus

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/goccy/go-yaml"
)

// DescriptionFile is what the description of a source is called in its folder.
const DescriptionFile = "source.yaml"

// Description is the form of source.yaml: what is known of a source and of the
// document that its text was extracted from. A field that the document does not
// tell is empty. It is no curation, whose fields come before these.
type Description struct {
	Title     string `yaml:"title,omitempty"`
	Author    string `yaml:"author,omitempty"`
	Publisher string `yaml:"publisher,omitempty"`
	Published string `yaml:"published,omitempty"`
	URL       string `yaml:"url,omitempty"`
	Language  string `yaml:"language,omitempty"`
	// Public: everybody may read the whole text, as a page. Where nobody says so, it is not.
	Public bool `yaml:"public,omitempty"`
	// Hash is the SHA-256 of article.txt as it was extracted, "sha256:" and hex digits.
	Hash      string    `yaml:"hash,omitempty"`
	Original  Original  `yaml:"original,omitempty"`
	Structure Structure `yaml:"structure,omitempty"`
}

// Original is the document that a text was extracted from.
type Original struct {
	// File is the name of the copy that is kept beside article.txt.
	File string `yaml:"file,omitempty"`
	// From is the file or the address that it was read from; empty for standard input.
	From string `yaml:"from,omitempty"`
	// Format is the name of its format ("PDF").
	Format string `yaml:"format,omitempty"`
	// Encoding is what its characters were converted from, where that was not UTF-8.
	Encoding string `yaml:"encoding,omitempty"`
	// Hash is its SHA-256, "sha256:" and hex digits.
	Hash string `yaml:"hash,omitempty"`
}

// Structure says which lines of article.txt are no running text.
type Structure struct {
	// Headings are lines that head others. They are cited and counted as
	// paragraphs, and no passage is made of them.
	Headings []string `yaml:"headings,omitempty"`
	// Furniture are lines that are never quoted, such as captions.
	Furniture []string `yaml:"furniture,omitempty"`
}

// Hash returns the form in which a Description holds a hash.
func Hash(data []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(data)) }

// ReadDescription reads the source.yaml in a folder of fsys. Without one it
// returns an empty Description and no data.
func ReadDescription(fsys fs.FS, dir string) (d Description, data []byte, err error) {
	file := path.Join(dir, DescriptionFile)
	data, err = fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil, nil
	}
	if err != nil {
		return d, nil, err
	}
	if err := checkUTF8(file, string(data)); err != nil {
		return d, nil, err
	}
	if err := yaml.UnmarshalWithOptions(data, &d, yaml.Strict()); err != nil {
		place, text := yamlProblem(err)
		return d, nil, fmt.Errorf("%s:%s: %s", file, place, text)
	}
	return d, data, nil
}

// describe makes what a description tells known to the source, before its
// paragraphs are cut.
func (s *Source) describe(d Description) {
	s.meta = Meta{Title: d.Title, Author: d.Author, Publisher: d.Publisher, Published: d.Published, URL: d.URL, Language: d.Language}
	s.public = d.Public
	s.headings, s.furniture = map[string]bool{}, map[string]bool{}
	for _, line := range d.Structure.Headings {
		s.headings[line] = true
	}
	for _, line := range d.Structure.Furniture {
		s.furniture[line] = true
	}
}

// or returns m with what it does not tell taken from other.
func (m Meta) or(other Meta) Meta {
	return Meta{
		Title:     cmp.Or(m.Title, other.Title),
		Author:    cmp.Or(m.Author, other.Author),
		Publisher: cmp.Or(m.Publisher, other.Publisher),
		URL:       cmp.Or(m.URL, other.URL),
		Published: cmp.Or(m.Published, other.Published),
		Language:  cmp.Or(m.Language, other.Language),
	}
}
