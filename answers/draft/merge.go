package draft

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"verbatim/corpus"
)

// Merge adds to a curation what is drafted for a source and is not in it, and returns how
// many intents that is. All that stands in the curation stays, byte for byte, but for the
// line that keeps what was drafted: what somebody took out is not drafted again.
func Merge(source *corpus.Source, curation []byte) ([]byte, int, error) {
	if n := len(source.Text()); n > MaxText {
		return nil, 0, TooLong(n)
	}
	curated, err := source.WithCuration(curation)
	if err != nil {
		return nil, 0, err
	}
	drafted := draftedSoFar(curation)
	var more []intent
	for _, in := range intents(source) {
		if !drafted[in.id] && !answered(curated, in) {
			more = append(more, in)
			drafted[in.id] = true
		}
	}
	if len(more) == 0 {
		return curation, 0, nil
	}
	out, err := insert(string(keep(curation, more)), rename(curated, more))
	if err != nil {
		return nil, 0, err
	}
	if _, err := source.WithCuration([]byte(out)); err != nil {
		return nil, 0, fmt.Errorf("the merged draft does not load, which is a fault of this program: %w", err)
	}
	return []byte(out), len(more), nil
}

// answered reports whether a curation has an intent for a drafted one's passage, or one of its
// questions.
func answered(curated *corpus.Source, drafted intent) bool {
	end := drafted.start + len(drafted.quote)
	return slices.ContainsFunc(curated.Intents(), func(in corpus.Intent) bool {
		return slices.ContainsFunc(in.Passages, func(p corpus.Passage) bool { return p.Quote.Start() < end && drafted.start < p.Quote.End() }) ||
			slices.ContainsFunc(in.Utterances, func(u string) bool {
				return slices.ContainsFunc(drafted.questions, func(q string) bool { return strings.EqualFold(u, q) })
			})
	})
}

// soFar is the line that keeps the ids of what was drafted.
var soFar = regexp.MustCompile(`(?m)^# drafted so far: (.*)$`)

func draftedSoFar(curation []byte) map[string]bool {
	drafted := map[string]bool{}
	for _, m := range soFar.FindAllSubmatch(curation, -1) {
		for id := range strings.FieldsSeq(string(m[1])) {
			drafted[id] = true
		}
	}
	return drafted
}

// keep adds ids to the line that keeps them.
func keep(curation []byte, more []intent) []byte {
	added := ""
	for _, in := range more {
		added += " " + in.id
	}
	if at := soFar.FindIndex(curation); at != nil {
		end := at[1]
		if curation[end-1] == '\r' {
			end--
		}
		return slices.Concat(curation[:end], []byte(added), curation[end:])
	}
	return append([]byte("# drafted so far:"+added+"\n"), curation...)
}

// rename gives intents ids that the curation does not have.
func rename(curated *corpus.Source, more []intent) []intent {
	taken := map[string]bool{}
	for _, p := range curated.Passages() {
		taken[p.ID] = true
	}
	for _, in := range curated.Intents() {
		taken[in.ID] = true
	}
	out := slices.Clone(more)
	for i, in := range out {
		for n := 2; taken[out[i].id]; n++ {
			out[i].id = in.id + "-" + strconv.Itoa(n)
		}
		taken[out[i].id] = true
	}
	return out
}

// insert writes intents behind those of a curation, and their passages behind its passages.
func insert(curation string, more []intent) (string, error) {
	parsed, err := parser.ParseBytes([]byte(curation), 0)
	if err != nil {
		return "", err
	}
	top := &ast.MappingNode{}
	if len(parsed.Docs) > 0 && parsed.Docs[0].Body != nil {
		var ok bool
		if top, ok = parsed.Docs[0].Body.(*ast.MappingNode); !ok || top.IsFlowStyle {
			return "", errInBrackets
		}
	}
	var passages, questions strings.Builder
	for _, in := range more {
		passages.WriteString(in.passage())
		questions.WriteString(in.yaml())
	}
	lines := strings.SplitAfter(curation, "\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	} else {
		lines[last] += "\n"
	}
	missing := ""
	for _, list := range []struct{ key, elements string }{{"passages", passages.String()}, {"intents", questions.String()}} {
		if there, err := addTo(lines, top, list.key, list.elements); err != nil {
			return "", err
		} else if !there {
			missing += "\n" + list.key + ":\n" + list.elements
		}
	}
	return strings.Join(lines, "") + missing, nil
}

// errInBrackets is of a curation with lists that nothing can be added to line by line.
var errInBrackets = errors.New("its passages or intents are written in brackets; write one element a line, or have the draft written elsewhere (--out) and take from it")

// addTo appends elements to the last line of a list of the curation; false where there is
// none of that key.
func addTo(lines []string, top *ast.MappingNode, key, elements string) (there bool, err error) {
	for i, v := range top.Values {
		if v.Key.String() != key {
			continue
		}
		first := v.Key.GetToken().Position.Line // the line behind the key, from 0
		indent := 2
		switch list := v.Value.(type) {
		case *ast.SequenceNode:
			if list.IsFlowStyle {
				return true, errInBrackets
			}
			indent = list.Start.Position.Column - 1
		case *ast.NullNode:
		default:
			return true, errInBrackets
		}
		end := len(lines)
		if i+1 < len(top.Values) {
			end = top.Values[i+1].Key.GetToken().Position.Line - 1
		}
		for end > first && outside(lines[end-1]) {
			end--
		}
		lines[end-1] += indented(elements, indent)
		return true, nil
	}
	return false, nil
}

// outside reports whether a line is empty, or a comment that is not of a list's element.
func outside(line string) bool {
	return strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#")
}

// indented moves the elements of a list, which are written two columns in.
func indented(elements string, by int) string {
	var b strings.Builder
	for line := range strings.Lines(elements) {
		b.WriteString(strings.Repeat(" ", by) + strings.TrimPrefix(line, "  "))
	}
	return b.String()
}
