package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

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

// version says what the program was built from, as far as the build tells.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "verbatim, version unknown"
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	v := info.Main.Version
	if v == "" {
		v = "(devel)"
	}
	out := fmt.Sprintf("verbatim %s, %s %s/%s", v, info.GoVersion, set["GOOS"], set["GOARCH"])
	if rev := set["vcs.revision"]; rev != "" {
		out += fmt.Sprintf(", revision %.12s of %s", rev, set["vcs.time"])
		if set["vcs.modified"] == "true" {
			out += ", modified"
		}
	}
	return out
}
