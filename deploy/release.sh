#!/bin/sh
# Builds the release archives that .goreleaser.yaml describes with Go, GNU tar and zip
# alone, and tries out the one for this machine.
#   deploy/release.sh [VERSION]       the archives and their checksums, in dist/
#   deploy/release.sh extras FOLDER   what stands in each archive beside the program
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
export CGO_ENABLED=0 TZ=UTC

# fresh makes an empty folder that git does not see.
fresh() {
	rm -rf "$1"
	mkdir -p "$1"
	echo '*' >"$1/.gitignore"
}

# extras writes the manual page, the completions and the licences of all modules that
# the program is built of. Which modules differs a little from system to system: all
# that are needed on any are named.
extras() {
	fresh "$1"
	mkdir "$1/completions"
	$go build -trimpath -o "$1/bot" ./cmd/bot
	"$1/bot" man >"$1/bot.1"
	for shell in bash zsh fish powershell; do
		"$1/bot" completion $shell >"$1/completions/bot.$shell"
	done
	mv "$1/completions/bot.zsh" "$1/completions/_bot" # the name that zsh looks for
	mv "$1/completions/bot.powershell" "$1/completions/bot.ps1"
	rm "$1/bot"
	for os in linux darwin windows; do
		GOOS=$os $go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./cmd/bot
	done | sort -u | while read -r path version dir; do
		printf '%s %s\n\n' "$path" "$version"
		cat "$dir"/LICEN[CS]E* "$dir"/COPYING* 2>/dev/null || true
		printf '\n--------\n\n'
	done >"$1/THIRD-PARTY-LICENSES"
	{
		printf 'Go, its standard library and run time\n\n'
		cat "$($go env GOROOT)/LICENSE"
	} >>"$1/THIRD-PARTY-LICENSES"
}

# archive builds the program for a system and puts it into an archive.
archive() {
	os=$1 arch=$2
	name=verbatim_${version}_${os}_${arch}
	folder=dist/work/$name
	suffix=
	[ "$os" != windows ] || suffix=.exe
	echo "building $name"
	mkdir -p "$folder"
	GOOS=$os GOARCH=$arch $go build -trimpath -ldflags="-s -w -X main.release=$version" -o "$folder/bot$suffix" ./cmd/bot
	cp LICENSE README.md CHANGELOG.md .env.example slack-manifest.yaml deploy/verbatim.service answers/reader/MODEL.md \
		dist/extras/THIRD-PARTY-LICENSES dist/extras/bot.1 "$folder"
	cp -R dist/extras/completions "$folder"
	chmod -R u=rwX,go=rX "$folder"
	find "$folder" -exec touch -d "@$time" {} +
	if [ "$os" = windows ]; then
		(cd dist/work && find "$name" -type f | LC_ALL=C sort | zip -qX "../$name.zip" -@)
	else
		tar -C dist/work --sort=name --owner=root:0 --group=root:0 --mtime="@$time" -cf - "$name" | gzip -9n >"dist/$name.tar.gz"
	fi
	rm -r "$folder"
}

# try unpacks the archive for this machine and asks the program.
try() {
	name=verbatim_${version}_$($go env GOHOSTOS)_$($go env GOHOSTARCH)
	[ -f "dist/$name.tar.gz" ] || return 0
	tar -C dist/work -xzf "dist/$name.tar.gz"
	cd "dist/work/$name"
	ask() { env -i HOME="$PWD" PATH=/nonexistent ./bot "$@"; }
	ask --version | grep -F "verbatim $version,"
	ask ask 'what did zuck say about windows' | grep -F 'In the PC era, Windows with the open ecosystem was the leader.'
	printf 'and about apple?\n' | ask | grep -F '— direct quote · Mark Zuckerberg'
	for file in LICENSE THIRD-PARTY-LICENSES bot.1 completions/bot.bash completions/_bot completions/bot.fish completions/bot.ps1; do
		[ -s $file ] || { echo "the archive lacks $file"; exit 1; }
	done
	cd ../../..
	echo "dist/$name.tar.gz works"
}

if [ "${1:-}" = extras ]; then
	extras "$2"
	exit
fi
version=${1:-$(git describe --tags --always --dirty 2>/dev/null || echo 0.0.0)}
version=${version#v}
time=$(git log -1 --format=%ct 2>/dev/null || echo 0)
fresh dist
extras dist/extras
for os in linux darwin windows; do
	for arch in amd64 arm64; do
		archive $os $arch
	done
done
(cd dist && sha256sum verbatim_*.tar.gz verbatim_*.zip >checksums.txt)
try
rm -r dist/work dist/extras
