package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/adapters"
	"verbatim/adapters/local"
	"verbatim/answers"
	"verbatim/corpus"
)

func askCommand(corpusDir *string) *cobra.Command {
	var one asking
	var batch bool
	var source string
	cmd := &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Answer one question, or many from a script",
		Long: `Answers one question in plain text, or as JSON.

With --batch it reads JSON lines on standard input and writes one JSON line for
each, in the same order:
  {"id": "1", "conversation": "c1", "text": "what did zuck say about windows"}
With "source": "NAME" a line is answered from that article alone, as all are with
--source. A question may also say so itself: "in NAME: who said that?"`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if batch == (len(args) > 0) {
				return usageError{errors.New(`give a question (bot ask "What did he say about Apple?"), or --batch and lines on standard input`)}
			}
			env, err := environment()
			if err != nil {
				return err
			}
			links := env.links()
			engine, err := loadEngine(cmd.Context(), cmd.ErrOrStderr(), *corpusDir)
			if err != nil {
				return err
			}
			if err := hasSource(engine, source); err != nil {
				return err
			}
			if batch {
				log := io.Writer(io.Discard) // whoever sees the answers knows how far it is
				if terminalWidth(cmd.OutOrStdout()) == 0 && terminalWidth(cmd.ErrOrStderr()) > 0 {
					log = cmd.ErrOrStderr()
				}
				_, err := watched(cmd.Context(), log, "answering", 0, func(p *progress) (struct{}, error) {
					return struct{}{}, askBatch(cmd.InOrStdin(), cmd.OutOrStdout(), asker{counted{engine, p}, source, links})
				})
				return err
			}
			one.question = answers.Question{Text: strings.Join(args, " "), Source: source}
			return one.ask(cmd, engine, links)
		},
	}
	cmd.Flags().BoolVar(&one.asJSON, "json", false, "print the answer as a JSON object")
	cmd.Flags().BoolVar(&one.why, "why", false, "say how the answer came about")
	cmd.Flags().BoolVar(&batch, "batch", false, "answer JSON lines from standard input")
	sourceFlag(cmd, &source, corpusDir)
	return cmd
}

// asking is one question, and how its answer is to be shown.
type asking struct {
	question    answers.Question
	asJSON, why bool
}

// ask asks it, and shows the answer.
func (a asking) ask(cmd *cobra.Command, engine *answers.Engine, links adapters.Links) error {
	var why answers.Explanation
	var took time.Duration
	answer, err := watched(cmd.Context(), cmd.ErrOrStderr(), "reading", 0, func(*progress) (answer answers.Answer, _ error) {
		began := time.Now()
		if a.why {
			answer, why = engine.Explain(a.question)
		} else {
			answer = engine.Ask(a.question)
		}
		took = time.Since(began)
		return answer, nil
	})
	out := cmd.OutOrStdout()
	switch {
	case err != nil:
		return err
	case a.why:
		_, err = fmt.Fprintf(out, "%s\n\n%s", local.Linked(answer, links), local.Printable(why.String()))
	case a.asJSON:
		err = jsonLine(out, newReply(nil, answer, links, took))
	default:
		_, err = fmt.Fprintln(out, local.Linked(answer, links))
	}
	return err
}

// request is one line of a batch. The id is given back as it came, whatever
// JSON it is.
type request struct {
	ID           json.RawMessage `json:"id"`
	Conversation string          `json:"conversation"`
	Text         *string         `json:"text"`
	Source       string          `json:"source"`
}

// reply is one line of a batch's output.
type reply struct {
	ID          json.RawMessage `json:"id,omitempty"`
	Kind        answers.Kind    `json:"kind"`
	Intent      string          `json:"intent"`
	Confidence  float64         `json:"confidence"`
	Verdict     answers.Finding `json:"verdict,omitempty"`
	Quotes      []replyQuote    `json:"quotes"`
	Nearest     []replyQuote    `json:"nearest"`
	Suggestions []string        `json:"suggestions"`
	Text        string          `json:"text"`
	Micros      int64           `json:"micros"`
}

type replyQuote struct {
	Text        string             `json:"text"`
	Speaker     string             `json:"speaker"`
	Attribution corpus.Attribution `json:"attribution"`
	Source      string             `json:"source"`
	Paragraph   int                `json:"paragraph"`
	Start       int                `json:"start"`
	End         int                `json:"end"`
	URL         string             `json:"url,omitempty"`  // at the source's own place, see adapters.Links
	Page        string             `json:"page,omitempty"` // on the page of PUBLIC_URL
}

func newReply(id json.RawMessage, a answers.Answer, links adapters.Links, took time.Duration) reply {
	return reply{
		ID: id, Kind: a.Kind, Intent: a.Intent, Confidence: a.Confidence, Verdict: a.Finding,
		Quotes: replyQuotes(a.Quotes, links), Nearest: replyQuotes(a.Nearest, links),
		Suggestions: append([]string{}, a.Suggestions...),
		Text:        local.Text(a), Micros: took.Microseconds(),
	}
}

func replyQuotes(passages []corpus.Passage, links adapters.Links) []replyQuote {
	out := make([]replyQuote, len(passages))
	for i, p := range passages {
		q := p.Quote
		out[i] = replyQuote{q.Text(), p.Speaker, p.Attribution, q.Source().ID(), q.Paragraph(), q.Start(), q.End(), links.Source(q), links.Page(q)}
	}
	return out
}

// asker answers the lines of a batch, from one source where they name no other.
type asker struct {
	counted
	source string
	links  adapters.Links
}

// askBatch answers JSON lines until in ends. A line that cannot be read gets an error
// line, and the run goes on.
func askBatch(in io.Reader, out io.Writer, asked asker) error {
	turns := map[string]answers.Turn{}
	reader := bufio.NewReader(in)
	writer := bufio.NewWriter(out)
	for {
		line, readErr := reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := jsonLine(writer, asked.answer(line, turns)); err != nil {
				return fmt.Errorf("write the answer: %w", err)
			}
			// A pipe's reader may wait for each answer.
			if err := writer.Flush(); err != nil {
				return fmt.Errorf("write the answer: %w", err)
			}
		}
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return fmt.Errorf("read the questions: %w", readErr)
		}
	}
}

// answer answers one line of a batch.
func (a asker) answer(line []byte, turns map[string]answers.Turn) any {
	type failure struct {
		ID    json.RawMessage `json:"id"`
		Error string          `json:"error"`
	}
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return failure{idOf(line), "not a valid request: " + err.Error()}
	}
	if r.Text == nil {
		return failure{r.ID, `the request lacks "text"`}
	}
	q := answers.Question{Text: *r.Text, Source: cmp.Or(r.Source, a.source)}
	if r.Source != "" {
		if _, err := a.engine.Source(r.Source); err != nil {
			return failure{r.ID, err.Error()}
		}
	}
	if r.Conversation != "" {
		q.Previous = turns[r.Conversation]
	}
	began := time.Now()
	answer := a.Ask(q)
	took := time.Since(began)
	if r.Conversation != "" {
		turns[r.Conversation] = answer.Turn
	}
	return newReply(r.ID, answer, a.links, took)
}

// idOf finds the id of a request that is valid JSON but not of the right form.
func idOf(line []byte) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(line, &fields) != nil {
		return nil
	}
	return fields["id"]
}
