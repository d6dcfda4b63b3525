package adaptertest

import "runtime/debug"

// Many is how many events an adapter is to hold against: ten thousand, and a tenth of
// that under the race detector, with which all takes ten times as long.
func Many() int {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-race" && s.Value == "true" {
				return 1_000
			}
		}
	}
	return 10_000
}

// Answered counts the answers to questions, by what each is an answer to.
type Answered map[string]int

// Wrong counts the questions that have no answer, and those that have more than one.
func (a Answered) Wrong(asked []string) (lost, twice int) {
	for _, id := range asked {
		switch n := a[id]; {
		case n == 0:
			lost++
		case n > 1:
			twice++
		}
	}
	return lost, twice
}
