package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

func checkCommand(corpusDir *string) *cobra.Command {
	var ask, strict bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify a corpus: every curated quote stands in its source",
		Long: `Verifies a corpus, every curated quote against its source, and exits with 1
where something is wrong. It also warns of what a curator should look at:
utterances that stand twice, intents that overlap or are one, passages that the
text credits otherwise, and names declared foreign that it has. With --ask it also
asks the text alone up to 10 utterances of each intent, and warns of those that lie
nearer to another intent's passage, and of intents said not to be covered that the
text seems to answer.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var c *corpus.Corpus
			var engine *answers.Engine
			var err error
			if ask {
				c, engine, err = loadBoth(cmd.Context(), cmd.ErrOrStderr(), *corpusDir)
			} else {
				c, err = loadCorpus(cmd.Context(), cmd.ErrOrStderr(), *corpusDir)
			}
			if err != nil {
				return err
			}
			p := newProgress(cmd.ErrOrStderr(), "checking", 0)
			defer p.stop()
			if !ask {
				p.Begin("", len(c.Sources()))
			}
			out := cmd.OutOrStdout()
			warnings := 0
			for _, s := range c.Sources() {
				p.doing(s.ID())
				p.printf(out, "%s: %s: all quotes verified\n", s.ID(), inside(s))
				found, err := review(cmd.Context(), s, engine, p)
				if err != nil {
					return err
				}
				for _, w := range found {
					warnings++
					p.printf(out, "%s:%d: warning: %s\n", w.File, w.Line, w.Text)
				}
				if !ask {
					p.Did()
				}
			}
			if strict && warnings > 0 {
				return fmt.Errorf("there are %d warnings", warnings)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&ask, "ask", false, "ask the text some utterances of each intent, too: about a second for each intent")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 on a warning, too")
	return cmd
}

// inside counts what a source has.
func inside(s *corpus.Source) string {
	utterances := 0
	for _, in := range s.Intents() {
		utterances += len(in.Utterances)
	}
	how := "read from the text"
	if s.Curated() {
		how = "curated"
	}
	return fmt.Sprintf("%d paragraphs, %d passages (%s), %d intents, %d utterances",
		len(s.Paragraphs()), len(s.Passages()), how, len(s.Intents()), utterances)
}

// review returns what a curator should look at, with what an engine finds, if there is
// one. It is given up when ctx ends.
func review(ctx context.Context, s *corpus.Source, engine *answers.Engine, p *progress) (found []corpus.Warning, err error) {
	found, err = result(ctx, func() ([]corpus.Warning, error) { return s.Review(), nil })
	if err != nil || engine == nil {
		return found, err
	}
	straying, err := engine.Review(ctx, s, p)
	return append(found, straying...), err
}

// loadCorpus loads the corpus that dir, a value of --corpus, and the environment name.
// On log it tells how far it is; it is given up when ctx ends.
func loadCorpus(ctx context.Context, log io.Writer, dir string) (c *corpus.Corpus, err error) {
	if dir, err = corpusFolder(dir); err != nil {
		return nil, err
	}
	if dir == "" {
		return corpus.Embedded()
	}
	if _, err := fs.Stat(os.DirFS(dir), articleName); err == nil || !isFolder(dir) {
		return corpus.LoadDir(dir) // one source, or an error that says what is to be named
	}
	c, err = watched(ctx, log, "reading sources", 0, func(p *progress) (*corpus.Corpus, error) {
		return corpus.Load(watchedFS{os.DirFS(dir), p})
	})
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("corpus %s: %w", dir, err)
	}
	return c, err
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// watchedFS is a corpus of which is told how many of its articles are read. All are
// looked for before the first is read.
type watchedFS struct {
	fs.FS
	progress *progress
}

// Stat finds a file.
func (w watchedFS) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(w.FS, name)
	if err == nil && path.Base(name) == articleName {
		w.progress.more()
	}
	return info, err
}

// Open opens a file.
func (w watchedFS) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err == nil && path.Base(name) == articleName {
		w.progress.Did()
	}
	return f, err
}
