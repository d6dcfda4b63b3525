package words

// Edit is one step of an alignment: a given word beside a word of the text, or
// one of them alone (the other is -1).
type Edit struct {
	Given, Text int
	Same        bool
}

// Alignment is the run of a text that is closest to given words.
type Alignment struct {
	// Start and End bound the run: text words Start to End (End not included).
	Start, End int
	// Edits turn the given words into the run, in order.
	Edits []Edit
	// Distance is how many words differ: replaced, left out or added.
	Distance int
}

// Closeness is 1 where no word differs and 0 where as many differ as were given.
func (a Alignment) Closeness(given int) float64 {
	if given == 0 {
		return 0
	}
	return max(0, 1-float64(a.Distance)/float64(given))
}

// Align finds the run of text that is closest to the given words. It is
// approximate string matching over words with free ends (P. Sellers, “The theory
// and computation of evolutionary distances: pattern recognition”, Journal of
// Algorithms, 1980). Time and memory grow with the product of the two lengths.
func Align(given, text []string) Alignment {
	n, m := len(given), len(text)
	if n == 0 || m == 0 {
		return Alignment{Distance: n}
	}
	width := m + 1
	cost := make([]int32, (n+1)*width)
	for i := 1; i <= n; i++ {
		cost[i*width] = int32(i)
		for j := 1; j <= m; j++ {
			c := cost[(i-1)*width+j-1]
			if given[i-1] != text[j-1] {
				c++
			}
			cost[i*width+j] = min(c, cost[(i-1)*width+j]+1, cost[i*width+j-1]+1)
		}
	}
	end := 0
	for j := 1; j <= m; j++ {
		// Of equally close runs the later end, so that a replaced last word is
		// told as replaced and not as added.
		if cost[n*width+j] < cost[n*width+end] || cost[n*width+j] == cost[n*width+end] && j == end+1 {
			end = j
		}
	}
	a := Alignment{End: end, Distance: int(cost[n*width+end])}
	i, j := n, end
	for i > 0 {
		c := cost[i*width+j]
		switch {
		case j > 0 && given[i-1] == text[j-1] && c == cost[(i-1)*width+j-1]:
			i, j = i-1, j-1
			a.Edits = append(a.Edits, Edit{i, j, true})
		case j > 0 && c == cost[(i-1)*width+j-1]+1:
			i, j = i-1, j-1
			a.Edits = append(a.Edits, Edit{i, j, false})
		case c == cost[(i-1)*width+j]+1:
			i--
			a.Edits = append(a.Edits, Edit{i, -1, false})
		default:
			j--
			a.Edits = append(a.Edits, Edit{-1, j, false})
		}
	}
	a.Start = j
	for l, r := 0, len(a.Edits)-1; l < r; l, r = l+1, r-1 {
		a.Edits[l], a.Edits[r] = a.Edits[r], a.Edits[l]
	}
	return a
}
