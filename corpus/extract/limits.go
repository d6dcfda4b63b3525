package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// MaxSize is the largest document that is read, in bytes: several times a book
	// with pictures.
	MaxSize = 64 << 20
	// MaxText is the most text that one document may have, in bytes: ten long novels.
	MaxText = 8 << 20
	// maxPart is the most that one part of a packed document may unpack to, in bytes.
	maxPart = 32 << 20
	// maxParts is the most that all parts of one may unpack to.
	maxParts = 128 << 20
	// maxEntries is how many files a packed document may have; a book has hundreds.
	maxEntries = 20_000
	// maxTime is how long reading one document may take. The slowest that is honest,
	// a PDF of a thousand pages, takes some 20 s.
	maxTime = 60 * time.Second
	// maxHeap is how much memory may be in use while a document is read, in bytes.
	maxHeap = 2 << 30
	// maxDepth is how deep elements may lie in each other. Word processors stay below 50.
	maxDepth = 500
)

// within runs read with a limit of time and of memory. A panic in it is an error.
// What goes beyond a limit is given up, not awaited; its context ends.
func within(ctx context.Context, limit time.Duration, read func(context.Context) (*Document, error)) (*Document, error) {
	type result struct {
		doc *Document
		err error
	}
	done := make(chan result, 1)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- result{err: errDamaged}
			}
		}()
		doc, err := read(ctx)
		done <- result{doc, err}
	}()
	watch := time.NewTicker(100 * time.Millisecond)
	defer watch.Stop()
	for {
		select {
		case r := <-done:
			return r.doc, r.err
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return nil, fmt.Errorf("it takes longer than %v to read and was given up; save it as plain text and add that", limit)
			}
			return nil, ctx.Err()
		case <-watch.C:
			if heap() > maxHeap {
				debug.FreeOSMemory()
			}
			if heap() > maxHeap {
				return nil, fmt.Errorf("it takes more than %d MB of memory to read and was given up; save it as plain text and add that", maxHeap>>20)
			}
		}
	}
}

// heap returns how many bytes of memory objects take.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

// errDamaged is of a document that breaks off or contradicts itself.
var errDamaged = errors.New("it is damaged and cannot be read; open it in the program it was made with and save it anew")

// archive is a packed document: DOCX, ODT, EPUB.
type archive struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// openArchive reads the table of contents.
func openArchive(data []byte) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errDamaged
	}
	if len(r.File) > maxEntries {
		return nil, fmt.Errorf("it is packed of %d files; at most %d are read", len(r.File), maxEntries)
	}
	a := &archive{files: make(map[string]*zip.File, len(r.File)), left: maxParts}
	for _, f := range r.File {
		if _, twice := a.files[f.Name]; !twice {
			a.files[f.Name] = f
		}
	}
	return a, nil
}

// has reports whether there is a file of that name.
func (a *archive) has(name string) bool { return a.files[name] != nil }

// read unpacks one file; nil where there is none.
func (a *archive) read(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, errEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, errDamaged
	}
	defer r.Close()
	most := min(maxPart, a.left)
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(data)) > most {
		return nil, fmt.Errorf("its part %q unpacks to more than %d MB; save what matters of it as plain text and add that", name, most>>20)
	}
	if err != nil {
		return nil, errDamaged
	}
	a.left -= int64(len(data))
	return data, nil
}

// errEncrypted is of a document that needs a password.
var errEncrypted = errors.New("it is encrypted; save it without a password and add that")
