# The bot as one static program in an image without a shell.
#   docker build -t verbatim .
#   docker run --read-only --env-file .env -v verbatim:/data -p 127.0.0.1:8080:8080 verbatim
# For several kinds of machine at once, without emulating any of them:
#   docker buildx build --platform linux/amd64,linux/arm64 --build-arg VERSION=1.2.0 -t verbatim .
# With a corpus of your own, add
#   -v ./my-corpus:/corpus:ro -e CORPUS=/corpus
# or add to the one in the volume, which the bot finds by itself:
#   docker run --rm -v verbatim:/data verbatim add https://example.org/article
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH VERSION
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w -X main.release=$VERSION" -o /out/bot ./cmd/bot && mkdir /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/bot /usr/local/bin/bot
# The state file, the journal, compiled corpora and what bot add keeps: all that is
# ever written. The image's user, nonroot, owns it.
COPY --from=build --chown=65532:65532 /out/data /data
WORKDIR /data
VOLUME /data
USER 65532:65532
ENV STATE_URL=bolt:/data/verbatim.db \
    CACHE_DIR=/data/cache \
    LISTEN_ADDR=:8080
EXPOSE 8080
# The bot answers from the first second on, also while it compiles a corpus.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["/usr/local/bin/bot", "health"]
# SIGTERM ends the bot after what it has begun, within SHUTDOWN_TIMEOUT: give it
# 30 seconds (docker stop --time 30). SIGHUP has it read the corpus again.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/bot"]
