package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version of a released program, like 1.2.0: the linker sets it.
var release string

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			fmt.Fprintln(cmd.OutOrStdout(), version())
			return nil
		},
	}
}

// number is the version alone.
func number() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return cmp.Or(release, info.Main.Version, "(devel)")
	}
	return cmp.Or(release, "(unknown)")
}

// version says what the program was built from, as far as the build tells.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "verbatim " + number()
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	out := fmt.Sprintf("verbatim %s, %s %s/%s", number(), info.GoVersion, runtime.GOOS, runtime.GOARCH)
	if rev := set["vcs.revision"]; rev != "" {
		out += fmt.Sprintf(", revision %.12s of %s", rev, set["vcs.time"])
		if set["vcs.modified"] == "true" {
			out += ", modified"
		}
	}
	return out
}
