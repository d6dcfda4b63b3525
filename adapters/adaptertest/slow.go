package adaptertest

import (
	"crypto/sha256"
	"time"
)

// Slow reports whether work that should take less than limit takes too long, also for a
// machine that has much else to do: it is compared with other work that is done then.
func Slow(took, limit time.Duration) bool {
	if took <= limit {
		return false
	}
	block := make([]byte, 1<<20)
	began := time.Now()
	for range 256 { // some tenths of a second of a processor
		sha256.Sum256(block)
	}
	return took > 20*time.Since(began)
}
