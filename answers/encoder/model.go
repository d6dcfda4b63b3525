package encoder

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"sync"

	"verbatim/answers/encoder/internal/modelfile"
)

//go:generate go run ./internal/generate model/use-lite.bin

//go:embed model/use-lite.bin
var modelData []byte

// vectorVersion is raised when the same model comes to give other vectors.
const vectorVersion = 1

// Default returns the encoder of the embedded model, which the first call
// decodes.
func Default() *Encoder { return loadDefault() }

var loadDefault = sync.OnceValue(func() *Encoder {
	e, err := newEncoder(modelData)
	if err != nil {
		panic(err) // the binary was built from a broken file
	}
	return e
})

// Fingerprint names what vectors depend on, the model and this package's way
// of running it, for keys of stored vectors: 16 hexadecimal digits.
func Fingerprint() string { return fingerprint() }

var fingerprint = sync.OnceValue(func() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n", vectorVersion)
	h.Write(modelData)
	return hex.EncodeToString(h.Sum(nil)[:8])
})

// checkShape tells whether the model is one that Encode can run.
func checkShape(m *modelfile.Model) error {
	var err error
	check := func(name string, got, want int) {
		if got != want && err == nil {
			err = fmt.Errorf("%s is %d, not %d", name, got, want)
		}
	}
	matrix := func(name string, m *modelfile.Matrix, rows, cols int) {
		check(name+": rows", m.Rows, rows)
		check(name+": columns", m.Cols, cols)
	}
	dense := func(name string, d *modelfile.Dense, out, in int) {
		matrix(name, &d.Weights, out, in)
		check(name+": biases", len(d.Bias), out)
	}
	norm := func(name string, n *modelfile.Norm, dim int) {
		check(name+": scales", len(n.Scale), dim)
		check(name+": biases", len(n.Bias), dim)
	}
	if len(m.Pieces) <= reservedPieces || m.Embeddings.Rows < len(m.Pieces) {
		return fmt.Errorf("%d pieces for %d embeddings", len(m.Pieces), m.Embeddings.Rows)
	}
	for i, p := range m.Pieces {
		if p.Text == "" {
			return fmt.Errorf("piece %d is empty", i)
		}
	}
	matrix("embeddings", &m.Embeddings, m.Embeddings.Rows, embeddingDim)
	check("frequencies", len(m.Frequency), embeddingDim/2)
	dense("residual", &m.Residual, Dim, embeddingDim)
	for i, dim := range [...]int{embeddingDim, Dim} {
		l := &m.Layers[i]
		name := fmt.Sprintf("layer %d: ", i)
		norm(name+"attention norm", &l.AttentionNorm, dim)
		dense(name+"query, key and value", &l.QKV, 3*dim, dim)
		dense(name+"attention out", &l.AttentionOut, Dim, dim)
		norm(name+"feed norm", &l.FeedNorm, Dim)
		dense(name+"feed in", &l.FeedIn, feedDim, Dim)
		dense(name+"feed out", &l.FeedOut, Dim, feedDim)
	}
	dense("output", &m.Output, Dim, Dim)
	return err
}
