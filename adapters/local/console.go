//go:build !windows

package local

import "os"

// obeys reports whether a terminal obeys escape sequences.
func obeys(*os.File) bool { return true }
