package main

import (
	"os"
	"path"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestRelease: goreleaser and make release build the same archives.
func TestRelease(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var described struct {
		Builds []struct {
			Goos, Goarch, Env, Flags, Ldflags []string
		}
		Archives []struct {
			Name  string `yaml:"name_template"`
			Files []struct{ Src string }
		}
	}
	if err := yaml.Unmarshal(data, &described); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("../../deploy/release.sh")
	if err != nil {
		t.Fatal(err)
	}
	build, archive := described.Builds[0], described.Archives[0]
	fill := strings.NewReplacer("{{ .ProjectName }}", "verbatim", "{{ .Version }}", "$version", "{{ .Os }}", "${os}", "{{ .Arch }}", "${arch}")
	wanted := []string{
		"for os in " + strings.Join(build.Goos, " ") + ";", "for arch in " + strings.Join(build.Goarch, " ") + ";",
		build.Env[0], build.Flags[0], `-ldflags="` + fill.Replace(build.Ldflags[0]) + `"`,
		"name=" + strings.Replace(fill.Replace(archive.Name), "$version", "${version}", 1),
	}
	for _, f := range archive.Files {
		wanted = append(wanted, strings.TrimSuffix(path.Base(strings.TrimSuffix(f.Src, "/*")), "*"))
	}
	for _, w := range wanted {
		if !strings.Contains(string(script), w) {
			t.Errorf("deploy/release.sh has no %q", w)
		}
	}
}
