package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"strings"
)

// newLogger returns the log of a bot that serves. Whatever happens, it does not
// hold the secrets of the configuration.
func newLogger(w io.Writer, c config) *slog.Logger {
	w = redacting{w, c.secrets()}
	o := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// redacted stands in place of a secret.
const redacted = "[redacted]"

// redacting takes secrets out of what is written, a whole line at a time. The
// packages below take care of theirs; this is for what a library may put into
// an error.
type redacting struct {
	w       io.Writer
	secrets []string
}

func (r redacting) Write(line []byte) (int, error) {
	n := len(line)
	for _, s := range r.secrets {
		line = bytes.ReplaceAll(line, []byte(s), []byte(redacted))
	}
	if _, err := r.w.Write(line); err != nil {
		return 0, err
	}
	return n, nil
}

// redact takes the secrets of the configuration out of an error's text.
func (c config) redact(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, s := range c.secrets() {
		text = strings.ReplaceAll(text, s, redacted)
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}
