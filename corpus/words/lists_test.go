package words

import (
	"slices"
	"testing"
)

func TestLists(t *testing.T) {
	got := Lists(" lost\n# Fruit.\nfruit: apple pear\n  plum\n\n# Of the sea.\nsea fish: cod\nx: a:b c\n")
	want := []List{{"fruit", []string{"apple", "pear", "plum"}}, {"sea fish", []string{"cod"}}, {"x", []string{"a:b", "c"}}}
	if !slices.EqualFunc(got, want, func(a, b List) bool { return a.Name == b.Name && slices.Equal(a.Words, b.Words) }) {
		t.Errorf("%q, want %q", got, want)
	}
}
