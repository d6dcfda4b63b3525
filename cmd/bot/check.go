package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

func checkCommand(corpusDir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Verify a corpus: every curated quote stands in its source",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := loadCorpus(*corpusDir)
			if err != nil {
				return err
			}
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
			}
			return nil
		},
	}
}

// loadCorpus loads the corpus in a folder, or the embedded one.
func loadCorpus(dir string) (*corpus.Corpus, error) {
	if dir == "" {
		c, err := environment()
		if err != nil {
			return nil, err
		}
		dir = c.Corpus
	}
	if dir == "" {
		return corpus.Embedded()
	}
	return corpus.LoadDir(dir)
}
