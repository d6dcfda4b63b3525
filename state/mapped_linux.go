package state

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
)

const (
	// maxMapped is how many bytes of files a process may have mapped before it gives
	// back those of its state file. With it a bot whose file has a million
	// conversations and claims, 570 MB, stays below 200 MB at 14,000 claims a second
	// (BenchmarkBoltClaim); without it, it has soon all of the file mapped.
	maxMapped = 96 << 20
	// mappedEvery is the least time between two looks: reading the figure takes some
	// 10 µs, and at full load 100 ms bring in some 80 MB.
	mappedEvery = 100 * time.Millisecond
)

// giveBack lets go of the file's mapped pages where there are many. They stay in
// the system's cache, and come back when they are touched; but as long as they are
// mapped they count as the process's memory. (The system maps 16 neighbours of
// each page touched, so that soon all of the file would be.)
func giveBack(db *bbolt.DB) {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return
	}
	fields := strings.Fields(string(statm)) // in pages: size, resident, of it of files…
	if len(fields) < 3 {
		return
	}
	if n, err := strconv.Atoi(fields[2]); err != nil || n*os.Getpagesize() < maxMapped {
		return
	}
	// Within a transaction the file is not mapped elsewhere.
	_ = db.View(func(tx *bbolt.Tx) error {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, db.Info().Data, uintptr(tx.Size()), syscall.MADV_DONTNEED)
		return nil
	})
}
