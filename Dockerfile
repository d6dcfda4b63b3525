# The bot as one static program in an image without a shell.
#   docker build -t verbatim .
#   docker run --env-file .env -v verbatim:/data -p 127.0.0.1:8080:8080 verbatim
# With a corpus of your own, add
#   -v ./my-corpus:/corpus:ro -e CORPUS=/corpus
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/bot ./cmd/bot && mkdir /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/bot /usr/local/bin/bot
# The state file, the journal and compiled corpora; the image's user owns it.
COPY --from=build --chown=nonroot:nonroot /out/data /data
VOLUME /data
ENV STATE_URL=bolt:/data/verbatim.db \
    CACHE_DIR=/data/cache \
    LISTEN_ADDR=:8080
EXPOSE 8080
# SIGTERM ends the bot after what it has begun, within SHUTDOWN_TIMEOUT: give it
# 30 seconds (docker stop --time 30). SIGHUP has it read the corpus again.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/bot"]
