package words

import "strings"

// List is a named list of words in a data file.
type List struct {
	Name  string
	Words []string
}

// Lists reads the word lists of a data file, in their order: lines of the form "name: words",
// which lines that begin with a space go on with. Empty lines, and those that begin with "#", say nothing.
func Lists(data string) []List {
	var out []List
	for line := range strings.Lines(data) {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if name, rest, ok := strings.Cut(line, ": "); ok && !strings.HasPrefix(line, " ") {
			out, line = append(out, List{Name: name}), rest
		}
		if len(out) > 0 {
			last := &out[len(out)-1]
			last.Words = append(last.Words, strings.Fields(line)...)
		}
	}
	return out
}
