package local

import (
	"os"

	"golang.org/x/sys/windows"
)

// obeys reports whether a terminal obeys escape sequences. A console of Windows has to
// be told to, and those before Windows 10 cannot.
func obeys(out *os.File) bool {
	console := windows.Handle(out.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
