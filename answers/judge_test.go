package answers

import "testing"

// TestOtherNumber: one number against one of the same kind, and nothing that only bounds it.
func TestOtherNumber(t *testing.T) {
	for _, tt := range []struct {
		statement, passage string
		want               bool
	}{
		{"she joined in 1982, right?", "Moss joined the harbour board in 1972.", true},
		{"so the ferry takes 120 people?", "It carries 80 passengers.", true},
		{"she joined in 1972?", "Moss joined the harbour board in 1972.", false},
		{"the ferry takes over 70 people?", "It carries 80 passengers.", false},
		{"she joined before 1982?", "Moss joined the harbour board in 1972.", false},
		{"the ferry took 120 people in 1972?", "In 1972 it carried 80 passengers.", false}, // which is meant?
		{"the ferry takes 80 people?", "It was built in 1972.", false},
		{"two people share the prize?", "They share $3,133.", false},
		{"she joined in 1982?", "Moss joined the harbour board as a girl.", false},
	} {
		if got := otherNumber(tt.statement, tt.passage); got != tt.want {
			t.Errorf("%q by %q: %v", tt.statement, tt.passage, got)
		}
	}
}
