package score

import (
	"fmt"
	"math"
)

// Share is how many of how many.
type Share struct{ Count, All int }

// Add counts one more, and whether it belongs to the share.
func (s *Share) Add(counts bool) {
	s.All++
	if counts {
		s.Count++
	}
}

// Plus is the sum of two shares.
func (s Share) Plus(o Share) Share { return Share{s.Count + o.Count, s.All + o.All} }

// Percent is 0 to 100, and 0 where there are none.
func (s Share) Percent() float64 { return 100 * float64(s.Count) / float64(max(1, s.All)) }

// Interval is the Wilson score interval, in percent, that holds the true share with
// a probability of 95%, if the questions were drawn one by one. Questions to one text
// resemble each other, so over few texts the true interval is wider.
func (s Share) Interval() (low, high float64) {
	if s.All == 0 {
		return 0, 100
	}
	const z = 1.959964 // of the normal distribution, 95% lies within ±z
	n := float64(s.All)
	p := float64(s.Count) / n
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	// At 0 of n and n of n the limits are exactly 0 and 1, but for rounding.
	return 100 * max(0, middle-half), 100 * min(1, middle+half)
}

// String is the share as count/all, its percent and the interval, or "–" where there
// are none.
func (s Share) String() string {
	if s.All == 0 {
		return "–"
	}
	low, high := s.Interval()
	return fmt.Sprintf("%d/%d (%.1f%%, %.1f–%.1f)", s.Count, s.All, s.Percent(), low, high)
}

// Totals counts Results.
type Totals struct {
	// Answered are the turns with a known answer, and how many were answered right.
	Answered Share
	// Declined are the turns that the text does not answer, and how many showed no
	// quote as an answer.
	Declined Share
	// Premise are the turns to which both are right, a quote and declining.
	Premise Share
	// FollowUps are the second and later turns of dialogues, also counted above.
	FollowUps Share
	// Leaning and StandAlone are the follow-ups that need the turns before them and
	// those that do not, where the file says so.
	Leaning, StandAlone Share
	// Speakers are the right answers whose speaker is known, and how many name the
	// right one.
	Speakers Share
	// WrongShown are all turns, and how many showed a quote as the answer that is none.
	WrongShown Share
}

// Sum counts results.
func Sum(results []Result) Totals {
	var t Totals
	for _, r := range results {
		t.add(r)
	}
	return t
}

func (t *Totals) add(r Result) {
	turn := r.Turn()
	switch {
	case turn.AbstainOK:
		t.Premise.Add(r.Right)
	case len(turn.Any) > 0:
		t.Answered.Add(r.Right)
	default:
		t.Declined.Add(r.Right)
	}
	if r.Number > 0 {
		t.FollowUps.Add(r.Right)
		if turn.Leans != nil && *turn.Leans {
			t.Leaning.Add(r.Right)
		} else if turn.Leans != nil {
			t.StandAlone.Add(r.Right)
		}
	}
	if r.Speaker != NotCompared {
		t.Speakers.Add(r.Speaker == Agrees)
	}
	t.WrongShown.Add(r.Shown && !r.Right)
}

// Plus is the sum of two totals.
func (t Totals) Plus(o Totals) Totals {
	return Totals{
		Answered: t.Answered.Plus(o.Answered), Declined: t.Declined.Plus(o.Declined), Premise: t.Premise.Plus(o.Premise),
		FollowUps: t.FollowUps.Plus(o.FollowUps), Leaning: t.Leaning.Plus(o.Leaning), StandAlone: t.StandAlone.Plus(o.StandAlone),
		Speakers: t.Speakers.Plus(o.Speakers), WrongShown: t.WrongShown.Plus(o.WrongShown),
	}
}

// Turns is how many turns were counted.
func (t Totals) Turns() int { return t.WrongShown.All }

// History compares the follow-ups that stand alone, asked with the turns before them
// and without. What was said before must not change the answer to them.
type History struct {
	With, Without Share
	// Lost are right without the turns before them only, Won with them only.
	Lost, Won int
}

// CompareHistory compares results of the same rows with and without history. Turns
// that only one of them holds are left out.
func CompareHistory(with, without []Result) History {
	type turn struct {
		row    *Row
		number int
	}
	before := make(map[turn]bool, len(without))
	for _, r := range without {
		before[turn{r.Row, r.Number}] = r.Right
	}
	var h History
	for _, r := range with {
		leans := r.Turn().Leans
		right, ok := before[turn{r.Row, r.Number}]
		if !ok || r.Number == 0 || leans == nil || *leans {
			continue
		}
		h.With.Add(r.Right)
		h.Without.Add(right)
		if right && !r.Right {
			h.Lost++
		} else if r.Right && !right {
			h.Won++
		}
	}
	return h
}

// Cost is how many points of the percentage history costs; negative where it helps.
func (h History) Cost() float64 { return h.Without.Percent() - h.With.Percent() }

// Plus is the sum of two comparisons.
func (h History) Plus(o History) History {
	return History{h.With.Plus(o.With), h.Without.Plus(o.Without), h.Lost + o.Lost, h.Won + o.Won}
}

// String says what history costs and over how many turns.
func (h History) String() string {
	return fmt.Sprintf("%.1f points (%d of %d lost, %d won)", h.Cost(), h.Lost, h.With.All, h.Won)
}
