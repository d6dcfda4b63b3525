package adaptertest

import (
	"os"
	"testing"
	"time"
)

// Folder is a folder of a test for a program whose children may still write into it when the
// program has ended, as those of a browser do: it is taken away once they let it, where
// testing's own TempDir fails the test.
func Folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "verbatim-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		var err error
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if err = os.RemoveAll(dir); err == nil {
				return
			}
		}
		t.Errorf("take %s away: %v", dir, err)
	})
	return dir
}
