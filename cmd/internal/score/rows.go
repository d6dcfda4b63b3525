package score

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"verbatim/corpus/words"
)

// Row is a line of a question file: a single question, which is one turn, or a
// dialogue.
type Row struct {
	ID    string
	Tags  []string
	Turns []Turn // at least one
	Line  int    // where it stands in its file, from 1
}

// Turn is a question with what is known of its right answer.
type Turn struct {
	Q string
	// Any are parts of the text, and a right answer quotes one of them. It is empty
	// where the text does not say; a right answer shows no quote then.
	Any []string
	// Speaker is who says it, or empty where that is not known: an attribution (article,
	// reported, …), or a name, or a part of one, whose own words they are.
	Speaker string
	// AbstainOK says that declining is right, too.
	AbstainOK bool
	// Leans says whether the turn needs the ones before it; nil where that is not
	// known.
	Leans *bool
}

// turnJSON is a Turn as it stands in a file. Other fields, such as the nearest
// sentence of a question without an answer, are for people and for training.
type turnJSON struct {
	Q         *string  `json:"q"`
	Any       []string `json:"any"`
	Speaker   string   `json:"speaker"`
	AbstainOK bool     `json:"abstain_ok"`
	Leans     *bool    `json:"leans"`
}

type rowJSON struct {
	turnJSON
	ID    string     `json:"id"`
	Tags  []string   `json:"tags"`
	Turns []turnJSON `json:"turns"`
}

// ReadFile reads a question file. An error names the file and the line.
func ReadFile(name string) ([]*Row, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows, nil
}

// longestLine is the longest line of a question file, in bytes.
const longestLine = 1 << 20

// Read reads questions, one JSON object a line; empty lines are skipped. An error
// names the line, counted from 1.
func Read(r io.Reader) ([]*Row, error) {
	var out []*Row
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	n := 0
	for lines.Scan() {
		n++
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		row, err := readRow(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		row.Line = n
		out = append(out, row)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	return out, nil
}

func readRow(line []byte) (*Row, error) {
	var in rowJSON
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, err
	}
	row := &Row{ID: in.ID, Tags: in.Tags}
	if in.Turns == nil {
		t, err := in.turn()
		if err != nil {
			return nil, err
		}
		row.Turns = []Turn{t}
		return row, nil
	}
	if in.Q != nil || in.Any != nil {
		return nil, errors.New(`a row has either "q" and "any" or "turns", not both`)
	}
	if len(in.Turns) == 0 {
		return nil, errors.New(`"turns" is empty`)
	}
	for i, turn := range in.Turns {
		t, err := turn.turn()
		if err != nil {
			return nil, fmt.Errorf("turn %d: %w", i, err)
		}
		t.AbstainOK = t.AbstainOK || in.AbstainOK
		row.Turns = append(row.Turns, t)
	}
	return row, nil
}

// turn checks what would be scored wrongly in silence: a question without a known
// answer would count as one that the text does not answer, and an empty part of the
// text stands in every quote.
func (t turnJSON) turn() (Turn, error) {
	if t.Q == nil {
		return Turn{}, errors.New(`"q", the question, is missing`)
	}
	if t.Any == nil {
		return Turn{}, errors.New(`"any" is missing; where the text does not say it is []`)
	}
	for _, part := range t.Any {
		if words.Fold(part) == "" {
			return Turn{}, errors.New(`"any" holds an empty text`)
		}
	}
	return Turn{*t.Q, t.Any, t.Speaker, t.AbstainOK, t.Leans}, nil
}
