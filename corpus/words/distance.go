package words

// Distance is the number of letters to be added, left out, replaced or changed over with the
// next that make b of a (Damerau, “A technique for computer detection and correction of spelling
// errors”, 1964), or more than limit if it is more. Both have 31 bytes at most, or are too far
// apart.
func Distance(a, b string, limit int) int {
	const most = 32
	if len(a) >= most || len(b) >= most {
		return limit + 1
	}
	var rows [3][most]uint8
	for j := range len(b) + 1 {
		rows[0][j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		row, up, up2 := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = uint8(i)
		least := row[0]
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(up[j]+1, row[j-1]+1, up[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, up2[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if int(least) > limit {
			return limit + 1
		}
	}
	return int(rows[len(a)%3][len(b)])
}
