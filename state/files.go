package state

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// journalSweepEvery is how often old journal files are looked for; they leave a
// day at a time.
const journalSweepEvery = time.Hour

// maxLine bounds a line of the journal, in bytes: a question of 4,000 characters
// has less than 64 KB in JSON.
const maxLine = 1 << 20

// files is a journal in a folder: one file of JSON lines for each day, UTC,
// appended to and synced. It can be read while it is written, by any process.
type files struct {
	dir  string
	keep time.Duration
	now  func() time.Time

	writing sync.Mutex
}

// journalDir is where the store in a bbolt file keeps its journal.
func journalDir(path string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ".journal"
}

const dayFile = "2006-01-02.jsonl"

// append writes entries, in order, and syncs them.
func (f *files) append(entries []Entry) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	for len(entries) > 0 {
		var lines bytes.Buffer
		enc := json.NewEncoder(&lines)
		day := ""
		n := 0
		for n < len(entries) {
			e := entries[n]
			if e.At.IsZero() {
				e.At = f.now()
			}
			e.At = e.At.UTC()
			if d := e.At.Format(dayFile); day == "" {
				day = d
			} else if d != day {
				break
			}
			if err := enc.Encode(e); err != nil {
				return err
			}
			n++
		}
		if err := f.write(day, lines.Bytes()); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

// write appends lines to a day's file: all of them, or none where the disk is
// full.
func (f *files) write(day string, lines []byte) (err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(f.dir, day), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	if size > 0 {
		// A line that a crash cut off must not take the next with it.
		end := make([]byte, 1)
		if _, err := file.ReadAt(end, size-1); err != nil {
			return err
		}
		if end[0] != '\n' {
			lines = append([]byte{'\n'}, lines...)
		}
	}
	if _, err = file.Write(lines); err == nil {
		err = file.Sync()
	}
	if err != nil {
		_ = file.Truncate(size) // if that fails too, the reader skips what is cut off
	}
	return err
}

// days returns the files of the journal, the oldest first, with the day of each.
func (f *files) days() (names []string, days []time.Time, err error) {
	all, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	for _, d := range all { // sorted by name
		if day, err := time.Parse(dayFile, d.Name()); err == nil && !d.IsDir() {
			names, days = append(names, d.Name()), append(days, day)
		}
	}
	return names, days, err
}

// Journal implements Store.
func (f *files) Journal(ctx context.Context, since time.Time, yield func(Entry) bool) error {
	if oldest := f.now().Add(-f.keep); since.Before(oldest) {
		since = oldest
	}
	names, days, err := f.days()
	if err != nil {
		return fmt.Errorf("read the journal's folder: %w", err)
	}
	for i, name := range names {
		if days[i].Add(24 * time.Hour).Before(since) {
			continue
		}
		if more, err := f.read(ctx, name, since, yield); err != nil || !more {
			return err
		}
	}
	return nil
}

func (f *files) read(ctx context.Context, name string, since time.Time, yield func(Entry) bool) (more bool, err error) {
	file, err := os.Open(filepath.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil // swept meanwhile
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		var e Entry
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.At.Before(since) {
			continue // a line that a crash or a full disk cut off, or an old one
		}
		if !yield(e) {
			return false, nil
		}
	}
	if err := lines.Err(); err != nil {
		return false, fmt.Errorf("read %s: %w", file.Name(), err)
	}
	return true, nil
}

// sweep deletes the files of days that are over for longer than entries are kept.
func (f *files) sweep() error {
	names, days, err := f.days()
	for i, name := range names {
		if days[i].Add(24 * time.Hour).Before(f.now().Add(-f.keep)) {
			err = errors.Join(err, os.Remove(filepath.Join(f.dir, name)))
		}
	}
	return err
}

// forget rewrites the files without some entries, and without lines that are cut off, and
// returns how many entries went.
func (f *files) forget(gone func(Entry) bool) (n int, err error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	names, _, err := f.days()
	for _, name := range names {
		deleted, failed := f.without(name, gone)
		n, err = n+deleted, errors.Join(err, failed)
	}
	return n, err
}

// without rewrites a file without some entries.
func (f *files) without(name string, gone func(Entry) bool) (n int, err error) {
	path := filepath.Join(f.dir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	var rest []byte
	for line := range bytes.Lines(data) {
		var e Entry
		switch {
		case json.Unmarshal(line, &e) != nil: // it is read by nobody
		case gone(e):
			n++
		default:
			rest = append(rest, line...)
		}
	}
	if len(rest) == len(data) {
		return 0, nil
	}
	// Whoever reads has the old file or the new one, whole.
	next := path + ".next"
	if err := os.WriteFile(next, rest, 0o600); err != nil {
		return 0, errors.Join(err, os.Remove(next))
	}
	return n, os.Rename(next, path)
}

// Close implements io.Closer; there is nothing to close.
func (f *files) Close() error { return nil }
