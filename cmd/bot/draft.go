package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"verbatim/answers/draft"
	"verbatim/corpus"
)

func draftCommand(corpusDir *string) *cobra.Command {
	var d drafting
	cmd := &cobra.Command{
		Use:   "draft NAME|ARTICLE.txt",
		Short: "Write a first curation of an article, to be reviewed",
		Long: `Writes a curation.yaml for a plain article: few intents, each with the passage that
answers it and three to five questions. Where the article has questions with answers,
those are taken as they stand. All of it is to be reviewed; see docs/curation.md.

NAME is a source of the corpus. The draft of an article.txt is written beside it, with
the schema that helps editors to edit it. Of another file, or with --id, a folder is made beside it with both:
ID/article.txt and ID/curation.yaml.

--merge adds to a curation that is there what is new, and keeps all else as it is:
what somebody edited stays, and what somebody took out stays out.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return d.draft(cmd, articleOf(*corpusDir, args[0])) },
	}
	cmd.Flags().StringVar(&d.out, "out", "", "file to write the draft to, or - for standard output")
	cmd.Flags().StringVar(&d.id, "id", "", "name of the source, that is of its folder (default: the file's name)")
	cmd.Flags().BoolVar(&d.force, "force", false, "write over files that are there")
	cmd.Flags().BoolVar(&d.merge, "merge", false, "add to the curation that is there")
	cmd.MarkFlagsMutuallyExclusive("merge", "force")
	return cmd
}

// drafting is what the flags of bot draft say.
type drafting struct {
	out, id      string
	force, merge bool
}

// articleOf is the text file that an argument names: a file, or a source of the corpus by its name.
func articleOf(corpusDir, name string) string {
	if _, err := os.Stat(name); err == nil || checkName(name) != nil {
		return name
	}
	if l, err := openLibrary(corpusDir); err == nil && l.has(filepath.Join(name, articleName)) {
		return filepath.Join(l.path(name), articleName)
	}
	return name
}

// draft drafts the curation of a text file.
func (d drafting) draft(cmd *cobra.Command, file string) error {
	source, err := readArticle(file)
	if err != nil {
		return err
	}
	folder, keepsText, err := d.folder(file)
	if err != nil {
		return err
	}
	name := cmp.Or(d.out, filepath.Join(folder, curationName))
	var old []byte
	if d.merge {
		if old, err = os.ReadFile(filepath.Join(folder, curationName)); err != nil {
			return fmt.Errorf("there is no curation to add to: %w", err)
		}
	}
	added := 0
	curation, err := watched(cmd.Context(), cmd.ErrOrStderr(), "drafting", 0, func(*progress) (out []byte, err error) {
		if d.merge {
			out, added, err = draft.Merge(source, old)
			return out, err
		}
		return draft.Draft(source)
	})
	if cmd.Context().Err() != nil {
		return cmd.Context().Err()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if d.out == "-" {
		_, err := cmd.OutOrStdout().Write(curation)
		return err
	}
	files := map[string][]byte{name: curation, filepath.Join(filepath.Dir(name), corpus.SchemaFile): corpus.Schema}
	if keepsText && d.out == "" {
		files[filepath.Join(folder, articleName)] = []byte(source.Text())
	}
	if err := writeNew(files, name, d.force || d.merge && d.out == ""); err != nil {
		return err
	}
	what := "wrote " + name
	if d.merge {
		what = fmt.Sprintf("added %s to %s", plural(added, "intent"), name)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s; review it, then: bot check%s\nask it: bot ask%[2]s 'QUESTION'\n", printable(what), corpusFlag(folder))
	return nil
}

// folder returns the folder of the source that a text file is drafted for, and whether
// its text is to be kept there.
func (d drafting) folder(file string) (folder string, keepsText bool, err error) {
	dir, name := filepath.Split(file)
	if d.id == "" && name == articleName {
		return filepath.Clean(dir + "."), false, nil
	}
	id := cmp.Or(d.id, strings.TrimSuffix(name, filepath.Ext(name)))
	if id != filepath.Base(id) || strings.HasPrefix(id, ".") {
		return "", false, fmt.Errorf("--id %s: give the name of a folder, without a path and not beginning with a full stop", id)
	}
	return filepath.Join(dir, id), true, nil
}

// articleName and curationName are what a source's text and its curation are called in its
// folder.
const (
	articleName  = "article.txt"
	curationName = "curation.yaml"
)

// readArticle reads a file that can be drafted, with what the source.yaml beside it
// tells: one that is much too long is not read.
func readArticle(file string) (*corpus.Source, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder; name the article's text file", file)
	}
	if info.Size() > draft.MaxText {
		return nil, fmt.Errorf("%s: %w", file, draft.TooLong(int(info.Size())))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var about corpus.Description
	dir, name := filepath.Split(file)
	if name == articleName {
		if about, _, err = corpus.ReadDescription(os.DirFS(filepath.Clean(dir+".")), "."); err != nil {
			return nil, err
		}
	}
	source, err := corpus.ReadDescribed("draft", string(text), about)
	if err != nil && !utf8.Valid(text) {
		return nil, fmt.Errorf("%s: %w; save it as UTF-8", file, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return source, nil
}

// writeNew writes files. A curation that is there already is written over only by force,
// and an article never by another one; nothing is written then.
func writeNew(files map[string][]byte, curation string, force bool) error {
	for name, data := range files {
		old, err := os.ReadFile(name)
		kept := name == curation || filepath.Base(name) == articleName && !bytes.Equal(old, data)
		if err == nil && kept && !force {
			return fmt.Errorf("%s is there already, and is left as it is; --merge adds to a curation, --force writes over it, --out FILE elsewhere", name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for name, data := range files {
		if err := replaceFile(name, data); err != nil {
			return err
		}
	}
	return nil
}

// replaceFile writes a file at once or not at all.
func replaceFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
