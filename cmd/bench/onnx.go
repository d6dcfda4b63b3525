package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// onnx is where ONNX Runtime is found: a Python that has it, and the reader's weights
// as they were trained.
type onnx struct{ python, weights string }

// compareScript has ONNX Runtime do the reader's work, seen from the repository's root.
const compareScript = "cmd/bench/onnx/compare.py"

// lacks says what is missing for a comparison, empty where nothing is.
func (o onnx) lacks() string {
	if _, err := exec.LookPath(o.python); err != nil {
		return "needs the virtual environment of `make reader`, or -python"
	}
	if missing(o.weights) {
		return "needs the weights of `make reader`, or -weights"
	}
	const find = `import importlib.util, sys
sys.exit(any(importlib.util.find_spec(m) is None for m in ("numpy", "onnx", "onnxruntime", "torch")))`
	if exec.Command(o.python, "-c", find).Run() != nil {
		return "needs cmd/bench/onnx/requirements.txt installed for that Python"
	}
	return ""
}

// shape is the work of one question in word pieces: those of the question and those of
// each window that is read with it.
type shape struct {
	Question int   `json:"question_tokens"`
	Windows  []int `json:"window_tokens"`
}

// comparison is ONNX Runtime at work. It does nothing between two questions, so that
// both sides can be timed in turn and a machine that is slow for a while is slow for both.
type comparison struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// start starts ONNX Runtime on a number of threads; every time it tells will be the
// median of a number of runs.
func (o onnx) start(threads, runs int) (*comparison, error) {
	cmd := exec.Command(o.python, compareScript, "--weights", o.weights, "--threads", strconv.Itoa(threads), "--runs", strconv.Itoa(runs))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &comparison{cmd, in, json.NewDecoder(out)}, cmd.Start()
}

// time returns how long ONNX Runtime takes for a question.
func (c *comparison) time(s shape) (time.Duration, error) {
	line, err := json.Marshal(s)
	if err != nil {
		return 0, err
	}
	var took struct {
		Millis float64 `json:"ms"`
	}
	_, err = c.in.Write(append(line, '\n'))
	if err == nil {
		err = c.out.Decode(&took)
	}
	if err == nil && took.Millis <= 0 {
		err = errors.New("it tells no time")
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", compareScript, err)
	}
	return time.Duration(took.Millis * float64(time.Millisecond)), nil
}

// stop ends it.
func (c *comparison) stop() error {
	if err := errors.Join(c.in.Close(), c.cmd.Wait()); err != nil {
		return fmt.Errorf("%s: %w", compareScript, err)
	}
	return nil
}
