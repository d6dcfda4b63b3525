package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"verbatim/answers/draft"
)

func draftCommand() *cobra.Command {
	var out, id string
	var force bool
	cmd := &cobra.Command{
		Use:   "draft ARTICLE.txt",
		Short: "Write a first curation of an article, to be reviewed",
		Long: `Writes a curation.yaml for a plain article: a passage for every sentence, who is
credited with it, and questions generated from it. All of it is to be reviewed; see
docs/curation.md.

The draft of an article.txt is written beside it. Of another file, or with --id, a
folder is made beside it with both: ID/article.txt and ID/curation.yaml.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readArticle(args[0])
			if err != nil {
				return err
			}
			curation, err := watched(cmd.Context(), cmd.ErrOrStderr(), "drafting", 0, func(*progress) ([]byte, error) {
				return draft.Draft(string(text))
			})
			if cmd.Context().Err() != nil {
				return cmd.Context().Err()
			}
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if out == "-" {
				_, err := cmd.OutOrStdout().Write(curation)
				return err
			}
			dir, name := filepath.Split(args[0])
			files := map[string][]byte{}
			switch {
			case out != "":
				dir = filepath.Dir(out)
			case id != "" || name != articleName:
				if id == "" {
					id = strings.TrimSuffix(name, filepath.Ext(name))
				}
				if id != filepath.Base(id) || strings.HasPrefix(id, ".") {
					return fmt.Errorf("--id %s: give the name of a folder, without a path and not beginning with a full stop", id)
				}
				dir = filepath.Join(dir, id)
				files[filepath.Join(dir, articleName)] = text
				out = filepath.Join(dir, "curation.yaml")
			default:
				dir = filepath.Clean(dir + ".")
				out = filepath.Join(dir, "curation.yaml")
			}
			files[out] = curation
			if err := writeNew(files, force); err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "wrote %s; review it, then: bot check --corpus %s\nask it: bot ask --corpus %s 'QUESTION'\n", out, dir, dir)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file to write the draft to, or - for standard output")
	cmd.Flags().StringVar(&id, "id", "", "name of the source, that is of its folder (default: the file's name)")
	cmd.Flags().BoolVar(&force, "force", false, "write over files that are there")
	return cmd
}

// articleName is what a source's text is called in its folder.
const articleName = "article.txt"

// readArticle reads a file that can be drafted: one that is much too long is not read.
func readArticle(file string) ([]byte, error) {
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
	return os.ReadFile(file)
}

// writeNew writes files, all or none: those that are there already are
// written over only by force, but for the same article.
func writeNew(files map[string][]byte, force bool) error {
	for name, data := range files {
		old, err := os.ReadFile(name)
		if err == nil && !force && !(filepath.Base(name) == articleName && bytes.Equal(old, data)) {
			return fmt.Errorf("%s is there already, and is left as it is; --force writes over it, --out FILE elsewhere", name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for name, data := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
