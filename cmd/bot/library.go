package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

// defaultCorpus is where articles are added to, and read from, where neither
// --corpus nor CORPUS says otherwise.
const defaultCorpus = "corpus-data"

// corpusFolder is the corpus to read: what --corpus says, else CORPUS, else
// ./corpus-data where something is in it, else empty for the embedded article.
func corpusFolder(flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	env, err := environment()
	if err != nil || env.Corpus != "" {
		return env.Corpus, err
	}
	if !isFolder(defaultCorpus) {
		return "", nil
	}
	// Where the last source was removed, or the first is only being got ready, the folder
	// is as good as not there.
	entries, err := os.ReadDir(defaultCorpus)
	holds := func(e fs.DirEntry) bool {
		return e.Name() == articleName || !strings.HasPrefix(e.Name(), ".") && isFolder(filepath.Join(defaultCorpus, e.Name()))
	}
	if err == nil && !slices.ContainsFunc(entries, holds) {
		return "", nil
	}
	return defaultCorpus, nil // what is wrong with it is told by whoever reads it
}

// library is a corpus whose sources are added, listed, renamed and removed.
type library struct{ dir string }

// openLibrary returns the corpus to change. It need not be there yet.
func openLibrary(flag string) (library, error) {
	dir, err := corpusFolder(flag)
	if err != nil {
		return library{}, err
	}
	dir = cmp.Or(dir, defaultCorpus)
	if _, err := os.Stat(filepath.Join(dir, articleName)); err == nil {
		return library{}, fmt.Errorf("%s is the folder of one source; name the folder that holds it", dir)
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return library{}, fmt.Errorf("%s is a file; name a folder", dir)
	}
	return library{dir}, nil
}

// path is the folder of a source.
func (l library) path(name string) string { return filepath.Join(l.dir, name) }

// has reports whether there is a source, or anything else, of that name.
func (l library) has(name string) bool {
	_, err := os.Lstat(l.path(name))
	return err == nil
}

// need says whether there is no source of that name, and which there are.
func (l library) need(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(l.path(name), articleName)); err == nil {
		return nil
	}
	names, err := l.names()
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("there is no source %s: %s has none", name, l.dir)
	}
	const most = 10
	more := ""
	if len(names) > most {
		names, more = names[:most], ", …"
	}
	return fmt.Errorf("there is no source %s in %s; there are %s%s", name, l.dir, strings.Join(names, ", "), more)
}

// names lists the sources in order; none where there is no folder.
func (l library) names() ([]string, error) {
	entries, err := os.ReadDir(l.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if _, err := os.Stat(filepath.Join(l.dir, e.Name(), articleName)); err == nil {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// checkName says whether a name cannot be a source's.
func checkName(name string) error {
	if name == "" || name != filepath.Base(name) || strings.HasPrefix(name, ".") || strings.ContainsAny(name, `/\`) {
		return fmt.Errorf("%q cannot be the name of a source: it is the name of a folder, without a path and not beginning with a full stop", name)
	}
	return nil
}

// take moves a folder that is ready to be the source of that name. A source that is
// there is exchanged for it, or stays if that fails.
func (l library) take(folder, name string) error {
	if !l.has(name) {
		return os.Rename(folder, l.path(name))
	}
	old := folder + ".old"
	if err := os.Rename(l.path(name), old); err != nil {
		return err
	}
	if err := os.Rename(folder, l.path(name)); err != nil {
		return errors.Join(err, os.Rename(old, l.path(name)))
	}
	return os.RemoveAll(old)
}

// workFolder makes a hidden folder in the corpus, where a source is got ready. It is
// in the same file system, and no reader of the corpus sees what is in it. Done
// takes it away, and the corpus, too, where that is left without anything.
func (l library) workFolder() (dir string, done func(), err error) {
	if err := os.MkdirAll(l.dir, 0o755); err != nil {
		return "", nil, err
	}
	dir, err = os.MkdirTemp(l.dir, ".adding-")
	if err != nil {
		_ = os.Remove(l.dir) // only if it is empty
		return "", nil, err
	}
	return dir, func() {
		_ = os.RemoveAll(dir)
		_ = os.Remove(l.dir) // only if it is empty
	}, nil
}

func listCommand(corpusDir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the sources of a corpus",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := loadCorpus(cmd.Context(), cmd.ErrOrStderr(), *corpusDir)
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "NAME\tPUBLISHED\tPARAGRAPHS\tCURATED\tPUBLIC\tTITLE")
			for _, s := range c.Sources() {
				fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\n", printable(s.ID()), cmp.Or(printable(s.Meta().Published), "-"), len(s.Paragraphs()), yesNo(s.Curated()), yesNo(s.Public()), printable(s.Title()))
			}
			return w.Flush()
		},
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func removeCommand(corpusDir *string) *cobra.Command {
	return &cobra.Command{
		Use:               "remove NAME…",
		Aliases:           []string{"rm"},
		Short:             "Remove sources from a corpus, with their curation and the copy of the original",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeSources(corpusDir, maxFiles),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := openLibrary(*corpusDir)
			if err != nil {
				return err
			}
			for _, name := range args { // all or none
				if err := l.need(name); err != nil {
					return err
				}
			}
			for _, name := range args {
				if err := l.remove(name); err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), "removed", printable(name))
			}
			return nil
		},
	}
}

// remove takes a source away at once, and then deletes it.
func (l library) remove(name string) error {
	dir, done, err := l.workFolder()
	if err != nil {
		return err
	}
	defer done()
	return os.Rename(l.path(name), filepath.Join(dir, name))
}

func renameCommand(corpusDir *string) *cobra.Command {
	return &cobra.Command{
		Use:               "rename NAME NEW",
		Short:             "Give a source of a corpus another name",
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: completeSources(corpusDir, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := openLibrary(*corpusDir)
			if err != nil {
				return err
			}
			if err := l.need(args[0]); err != nil {
				return err
			}
			if err := checkName(args[1]); err != nil {
				return err
			}
			if l.has(args[1]) {
				return fmt.Errorf("%s is there already; remove it first", args[1])
			}
			if err := os.Rename(l.path(args[0]), l.path(args[1])); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "renamed %s to %s\n", printable(args[0]), printable(args[1]))
			return nil
		},
	}
}

// quotesGone returns the quotes of a source that do not stand in a text, and how
// many it has: what a curator chose, else its sentences and the words it quotes.
func quotesGone(s *corpus.Source, text string) (gone []corpus.Passage, all int) {
	for _, p := range s.Passages() {
		if !strings.Contains(text, p.Quote.Text()) {
			gone = append(gone, p)
		}
	}
	return gone, len(s.Passages())
}
