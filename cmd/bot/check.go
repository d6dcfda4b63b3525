package main

import (
	"fmt"

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
sentences that no passage covers, passages that no intent leads to, utterances
that stand twice, intents that overlap, and names declared foreign that the text
has.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := loadCorpus(*corpusDir)
			if err != nil {
				return err
			}
			var engine *answers.Engine
			if ask {
				if engine, err = loadEngine(*corpusDir); err != nil {
					return err
				}
			}
			warnings := 0
			for _, s := range c.Sources() {
				utterances := 0
				for _, in := range s.Intents() {
					utterances += len(in.Utterances)
				}
				how := "read from the text"
				if s.Curated() {
					how = "curated"
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s: %d paragraphs, %d passages (%s), %d intents, %d utterances: all quotes verified\n",
					s.ID(), len(s.Paragraphs()), len(s.Passages()), how, len(s.Intents()), utterances)
				found := s.Review()
				if ask {
					overlapping, err := engine.Review(cmd.Context(), s)
					if err != nil {
						return err
					}
					found = append(found, overlapping...)
				}
				for _, w := range found {
					warnings++
					fmt.Fprintf(cmd.OutOrStdout(), "%s:%d: warning: %s\n", w.File, w.Line, w.Text)
				}
			}
			if strict && warnings > 0 {
				return fmt.Errorf("there are %d warnings", warnings)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&ask, "ask", false, "ask every utterance too, and warn of intents that others answer for; some seconds for each 10,000")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 on a warning, too")
	return cmd
}

// loadCorpus loads the corpus that dir, a value of --corpus, and the environment name.
func loadCorpus(dir string) (*corpus.Corpus, error) {
	dir, err := corpusFolder(dir)
	if err != nil {
		return nil, err
	}
	if dir == "" {
		return corpus.Embedded()
	}
	return corpus.LoadDir(dir)
}
