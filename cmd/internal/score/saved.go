package score

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// Saved is what became of one question in an earlier run.
type Saved struct {
	ID    string `json:"id"`
	Turn  int    `json:"turn"` // from 0
	Q     string `json:"q"`
	Right bool   `json:"right"`
	// Speaker is whether the speaker was the right one, nil where that was not compared.
	Speaker *bool `json:"speaker,omitempty"`
}

// Save writes results, one JSON object a line.
func Save(w io.Writer, results []Result) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, r := range results {
		line := Saved{ID: r.Row.ID, Turn: r.Number, Q: r.Turn().Q, Right: r.Right}
		if r.Speaker != NotCompared {
			agrees := r.Speaker == Agrees
			line.Speaker = &agrees
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// ReadSaved reads a file that Save wrote. An error names the file and the line.
func ReadSaved(name string) ([]Saved, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []Saved
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		var s struct {
			Saved
			Right *bool `json:"right"`
		}
		err := json.Unmarshal(lines.Bytes(), &s)
		if other := new(json.UnmarshalTypeError); s.Right == nil && (err == nil || errors.As(err, &other)) {
			err = errors.New(`"right" is missing`) // a file of questions has other things by these names
		}
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w; name a file that bot eval --save wrote", name, len(out)+1, err)
		}
		s.Saved.Right = *s.Right
		out = append(out, s.Saved)
	}
	return out, lines.Err()
}

// Speakers are the questions of a run and of one before of which the speaker was compared, right
// where the speaker was.
func Speakers(before []Saved, now []Result) (outBefore []Saved, outNow []Result) {
	for _, s := range before {
		if s.Speaker != nil {
			s.Right = *s.Speaker
			outBefore = append(outBefore, s)
		}
	}
	for _, r := range now {
		if r.Speaker != NotCompared {
			r.Right = r.Speaker == Agrees
			outNow = append(outNow, r)
		}
	}
	return outBefore, outNow
}

// Change compares a run with one before.
type Change struct {
	// Before and Now are the questions of both runs.
	Before, Now Share
	// Won are right now only, Lost were right before only.
	Won, Lost []Result
	// Added are only of this run and Gone only of the one before.
	Added, Gone int
}

// Compare compares results with those of an earlier run of the same questions: the same
// id, turn and words.
func Compare(before []Saved, now []Result) Change {
	type key struct {
		id   string
		turn int
		q    string
	}
	was := make(map[key]bool, len(before))
	for _, s := range before {
		was[key{s.ID, s.Turn, s.Q}] = s.Right
	}
	var c Change
	for _, r := range now {
		k := key{r.Row.ID, r.Number, r.Turn().Q}
		right, there := was[k]
		if !there {
			c.Added++
			continue
		}
		delete(was, k)
		c.Before.Add(right)
		c.Now.Add(r.Right)
		switch {
		case r.Right && !right:
			c.Won = append(c.Won, r)
		case right && !r.Right:
			c.Lost = append(c.Lost, r)
		}
	}
	c.Gone = len(was)
	return c
}

// Chance is how probable so great a difference is, either way, if each of the questions
// that changed might as well have changed the other way: the exact test of McNemar.
func (c Change) Chance() float64 {
	n, k := len(c.Won)+len(c.Lost), min(len(c.Won), len(c.Lost))
	p := 0.0
	for i := 0; i <= k; i++ {
		ways, _ := math.Lgamma(float64(n + 1))
		chosen, _ := math.Lgamma(float64(i + 1))
		others, _ := math.Lgamma(float64(n - i + 1))
		p += math.Exp(ways - chosen - others - float64(n)*math.Ln2)
	}
	return min(1, 2*p)
}

// chanceful is the probability below which a difference is taken for one.
const chanceful = 0.05

// String says what changed, and whether that may be chance.
func (c Change) String() string {
	if c.Now.All == 0 {
		return "none of the questions is in both runs"
	}
	verdict := "which may be chance"
	if c.Chance() < chanceful {
		verdict = "which is hardly chance"
	}
	if len(c.Won)+len(c.Lost) == 0 {
		verdict = "nothing changed"
	}
	text := fmt.Sprintf("right before %d/%d, now %d/%d: %d won, %d lost, %s (p = %.3f)",
		c.Before.Count, c.Before.All, c.Now.Count, c.Now.All, len(c.Won), len(c.Lost), verdict, c.Chance())
	if c.Added+c.Gone > 0 {
		text += fmt.Sprintf("; left out: %d that are new, %d that are gone", c.Added, c.Gone)
	}
	return text
}
