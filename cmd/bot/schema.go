package main

import (
	"github.com/spf13/cobra"

	"verbatim/corpus"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of curation.yaml, for editors",
		Long: `Prints the JSON Schema of curation.yaml. An editor that knows YAML completes keys and
names mistakes with it where the file's first line says

  # yaml-language-server: $schema=` + corpus.SchemaFile + `

as in what bot draft writes, with the schema beside it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := cmd.OutOrStdout().Write(corpus.Schema)
			return err
		},
	}
}
