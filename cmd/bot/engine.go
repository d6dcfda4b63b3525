package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// slowCompile is after how long a log is told what is waited for. Reading a kept
// model takes less; compiling one takes some 4 ms for each utterance.
const slowCompile = time.Second

// loadEngine loads the corpus in a folder, or the embedded one, with its model. What
// takes long is told on log; it is given up when ctx ends.
func loadEngine(ctx context.Context, log io.Writer, dir string) (*answers.Engine, error) {
	_, engine, err := loadBoth(ctx, log, dir)
	if err == nil {
		go engine.Warm()
	}
	return engine, err
}

// loadBoth loads a corpus and its engine.
func loadBoth(ctx context.Context, log io.Writer, dir string) (c *corpus.Corpus, engine *answers.Engine, err error) {
	answers.Warm(dir == "")
	if c, err = loadCorpus(ctx, log, dir); err != nil {
		return nil, nil, err
	}
	engine, err = engineOf(ctx, log, c)
	return c, engine, err
}

// engineOf makes the engine of a corpus.
func engineOf(ctx context.Context, log io.Writer, c *corpus.Corpus) (*answers.Engine, error) {
	compile := func() (*answers.Model, error) { return compileModel(ctx, log, c) }
	m, err := loadModel(c, compile, func(message string) { fmt.Fprintln(log, "bot:", message) })
	if err != nil {
		return nil, err
	}
	return watched(ctx, log, "preparing the answers", 0, func(*progress) (*answers.Engine, error) {
		return answers.New(c, m), nil
	})
}

// compileModel compiles a corpus, tells on log that it takes its time, and gives it
// up when ctx ends.
func compileModel(ctx context.Context, log io.Writer, c *corpus.Corpus) (*answers.Model, error) {
	return watched(ctx, log, "compiling the corpus, once", 0, func(p *progress) (*answers.Model, error) { return answers.CompileTelling(c, p) })
}

// watched does work that has any number of parts, or none, tells on log how far it is,
// and gives it up when ctx ends.
func watched[T any](ctx context.Context, log io.Writer, what string, parts int, do func(*progress) (T, error)) (T, error) {
	p := newProgress(log, what, parts)
	defer p.stop()
	return result(ctx, func() (T, error) { return do(p) })
}

// until does what may take long, and gives it up when ctx ends. A panic is an error.
func until(ctx context.Context, do func() error) error {
	_, err := result(ctx, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

// result returns what do returns, or gives it up when ctx ends. A panic is an error.
func result[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type returned struct {
		value T
		err   error
	}
	done := make(chan returned, 1)
	go func() {
		var r returned
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("a panic: %v\n%s", p, debug.Stack())
			}
			done <- r
		}()
		r.value, r.err = do()
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// loadModel returns a corpus's model: the embedded one where it fits, else the
// one kept from before, else compile makes it and it is kept. say tells what went
// wrong on the way.
func loadModel(c *corpus.Corpus, compile func() (*answers.Model, error), say func(message string)) (*answers.Model, error) {
	if m, ok := compiled(c); ok {
		return m, nil
	}
	m, err := compile()
	if err != nil {
		return nil, err
	}
	file, err := modelFile(c)
	if err == nil {
		err = writeModel(file, m)
	}
	if err != nil {
		say("the compiled corpus could not be kept, and will be compiled again; set CACHE_DIR to a folder that can be written: " + err.Error())
	}
	return m, nil
}

// compiled returns a corpus's model if it need not be compiled.
func compiled(c *corpus.Corpus) (*answers.Model, bool) {
	if m, ok := answers.EmbeddedModel(c); ok {
		return m, true
	}
	file, err := modelFile(c)
	if err != nil {
		return nil, false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, false
	}
	m, err := answers.ReadModel(c, data)
	return m, err == nil
}

// modelFile is where a corpus's model is kept.
func modelFile(c *corpus.Corpus) (string, error) {
	env, err := environment()
	if err != nil {
		return "", err
	}
	dir := env.CacheDir
	if dir == "" {
		if dir, err = os.UserCacheDir(); err != nil {
			return "", err
		}
		dir = filepath.Join(dir, "verbatim")
	}
	name := answers.Fingerprint(c)
	return filepath.Join(dir, hex.EncodeToString(name[:16])+".model"), nil
}

// writeModel writes a model so that a reader finds all of it or nothing.
func writeModel(file string, m *answers.Model) error {
	data, err := m.MarshalBinary()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".model-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

// liveEngine is an adapters.Engine whose corpus can be exchanged while it serves.
// Whoever asks is answered by one corpus or the other.
type liveEngine struct{ now atomic.Pointer[loaded] }

// loaded is an engine and what it was loaded from.
type loaded struct {
	*answers.Engine
	corpus *corpus.Corpus
	name   [sha256.Size]byte // answers.Fingerprint of its corpus
}

// Ask, Check, Complete, About and Passage are the present engine's.
func (l *liveEngine) Ask(q answers.Question) answers.Answer { return l.now.Load().Ask(q) }

// Check says whether words stand in the present corpus.
func (l *liveEngine) Check(q answers.Question) answers.Answer { return l.now.Load().Check(q) }

// Complete returns questions to the present corpus.
func (l *liveEngine) Complete(beginning, source string, n int) []string {
	return l.now.Load().Complete(beginning, source, n)
}

// About describes the present corpus, or one of its sources.
func (l *liveEngine) About(source string) answers.About { return l.now.Load().About(source) }

// Sources returns the sources of the present corpus.
func (l *liveEngine) Sources() []*corpus.Source { return l.now.Load().Sources() }

// Source returns a source of the present corpus.
func (l *liveEngine) Source(name string) (*corpus.Source, error) { return l.now.Load().Source(name) }

// Passage finds a passage of the present corpus.
func (l *liveEngine) Passage(key string) (corpus.Passage, bool) { return l.now.Load().Passage(key) }

// corpus is the present one, nil before the first is loaded.
func (l *liveEngine) corpus() *corpus.Corpus {
	if now := l.now.Load(); now != nil {
		return now.corpus
	}
	return nil
}

// load loads the corpus beside the one that is being served, if any, and puts it
// in its place. With an error all stays as it was.
func (l *liveEngine) load(dir string, log *slog.Logger) error {
	// A log has no use for how far it is, and who calls gives it up when it must.
	c, err := loadCorpus(context.Background(), io.Discard, dir)
	if err != nil {
		return err
	}
	name := answers.Fingerprint(c)
	if old := l.now.Load(); old != nil && old.name == name {
		log.Info("the corpus has not changed")
		return nil
	}
	compile := func() (*answers.Model, error) {
		waiting := time.AfterFunc(slowCompile, func() { log.Info("compiling the corpus, once; this may take minutes") })
		defer waiting.Stop()
		return answers.Compile(c)
	}
	m, err := loadModel(c, compile, func(message string) { log.Info(message) })
	if err != nil {
		return err
	}
	engine := answers.New(c, m)
	go engine.Warm()
	l.now.Store(&loaded{engine, c, name})
	passages, intents, public := 0, 0, 0
	for _, s := range c.Sources() {
		passages += len(s.Passages())
		intents += len(s.Intents())
		if s.Public() {
			public++
		}
	}
	log.Info("the corpus is loaded", "sources", len(c.Sources()), "passages", passages, "intents", intents, "public", public)
	return nil
}

func compileCommand(corpusDir *string) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "compile",
		Short: "Compile a corpus ahead, so that the first start is quick",
		Long: `Computes what is slow to compute of a corpus, the classifier of its intents and
its sentence vectors, and keeps it under the corpus's content. A start finds it
there; a changed corpus is compiled anew. What is kept already, or is built into the
program, is not compiled again, but with --out.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := loadCorpus(cmd.Context(), cmd.ErrOrStderr(), *corpusDir)
			if err != nil {
				return err
			}
			if out == "" {
				if _, ok := answers.EmbeddedModel(c); ok {
					fmt.Fprintln(cmd.OutOrStdout(), "the model of this corpus is built into the program: there is nothing to compile")
					return nil
				}
				if out, err = modelFile(c); err != nil {
					return err
				}
				if _, ok := compiled(c); ok {
					fmt.Fprintln(cmd.OutOrStdout(), out)
					return nil
				}
			}
			m, err := compileModel(cmd.Context(), cmd.ErrOrStderr(), c)
			if err != nil {
				return err
			}
			if err := writeModel(out, m); err != nil {
				return fmt.Errorf("write the compiled corpus: %w", err)
			}
			fmt.Fprintln(cmd.OutOrStdout(), out)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file to write (default: where a start looks for it)")
	return cmd
}
