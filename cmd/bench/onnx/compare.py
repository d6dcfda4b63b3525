"""Times ONNX Runtime on the reader's work, to compare with the reader in Go.

usage: compare.py [--weights FILE] [--threads N] [--runs N] [--float32] [--check] < QUESTIONS.jsonl

A line of standard input is the work of one question, as the Go benchmark writes it:

    {"question_tokens": 15, "window_tokens": [100, 96, 81]}

question_tokens counts the question with its [CLS] and [SEP], window_tokens the tokens of each window of the text that is
read with it. For each line one JSON line comes out: the same fields, and in milliseconds, each a median over the runs,

    lower_ms   the lower layers, for the question
    upper_ms   the upper layers, for all windows, each joined to the question
    ms         both
    least_ms   both, each in its fastest run; far below ms where something else ran on the machine

The windows' own lower layers do not depend on the question; they run when a text is loaded and are not timed here. The
score of each sentence, a mean and a product of some hundred numbers, is not either.

The weights are those that answers/reader/train/train.py saves; without --weights they are random, which takes the same
time. Both halves are exported to ONNX with padded sequences, and their weights are quantised to eight bits, a scale for
each output channel; activations are quantised as they come (onnxruntime.quantization.quantize_dynamic). The windows are
sorted by length and run in batches of at most BATCH, so that little of the work is padding. --float32 times the graphs
before they are quantised. --check prints to standard error how far their outputs are from PyTorch's.

Install what it needs with `pip install -r requirements.txt`; the product does not need it. Timings are only worth
comparing when nothing else runs on the machine, and with the Go benchmark's on the same number of threads.
"""
import argparse, json, logging, pathlib, statistics, sys, tempfile, time, warnings
import numpy as np
import onnxruntime
import torch, torch.nn as nn, torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "answers/reader/train"))
from model import Reader

BATCH = 8


class Padded(nn.Module):
    """Some layers of a reader over sequences of one length, [batch, tokens, hidden]. mask is 1 for a token, 0 for padding."""
    def __init__(self, layers):
        super().__init__()
        self.layers = layers

    def forward(self, x, mask):
        d = x.shape[-1]
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            split = lambda y: y.unflatten(-1, (layer.heads, d // layer.heads)).transpose(1, 2)
            q, k, v = map(split, layer.qkv(x).chunk(3, -1))
            mixed = (q @ k.transpose(-1, -2) * (d // layer.heads) ** -.5 + bias).softmax(-1) @ v
            x = layer.norm1(x + layer.out(mixed.transpose(1, 2).flatten(2)))
            x = layer.norm2(x + layer.down(F.gelu(layer.up(x))))
        return x


class Lower(nn.Module):
    """The embeddings and the lower layers. kinds is 1 for a question's tokens and 0 for a window's."""
    def __init__(self, reader):
        super().__init__()
        self.reader, self.layers = reader, Padded(reader.layers[:len(reader.layers) - reader.joint])

    def forward(self, ids, kinds, mask):
        r = self.reader
        at = torch.ones_like(ids).cumsum(1) - 1
        return self.layers(r.norm(r.word(ids) + r.position(at) + r.kind(kinds)), mask)


def export(module, inputs, names, file):
    axes = {name: {0: "batch", 1: "tokens"} for name in names + ["hidden"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")                          # of the exporter, that another is newer
        torch.onnx.export(module, inputs, file, input_names=names, output_names=["hidden"], dynamic_axes=axes,
                          opset_version=17, dynamo=False)


def session(file, threads):
    o = onnxruntime.SessionOptions()
    o.intra_op_num_threads, o.inter_op_num_threads, o.log_severity_level = threads, 1, 3
    return onnxruntime.InferenceSession(file, o, providers=["CPUExecutionProvider"])


def sessions(reader, threads, float32):
    """The two halves of a reader, ready to run."""
    d, out = reader.word.embedding_dim, []
    ones = torch.ones(2, 5, dtype=torch.long)
    halves = [("lower", Lower(reader), (ones, ones, ones.float()), ["ids", "kinds", "mask"]),
              ("upper", Padded(reader.layers[len(reader.layers) - reader.joint:]), (torch.randn(2, 5, d), ones.float()), ["x", "mask"])]
    with tempfile.TemporaryDirectory() as dir:
        for name, module, inputs, names in halves:
            file, small = f"{dir}/{name}.onnx", f"{dir}/{name}-int8.onnx"
            export(module.eval(), inputs, names, file)
            if not float32:
                # Processors without VNNI add products of two pairs in 16 bits, which seven-bit weights cannot overflow.
                quantize_dynamic(file, small, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                                 op_types_to_quantize=["MatMul"])
                file = small
            out.append(session(file, threads))
    return out


def batches(question, windows, d, random):
    """The upper half's inputs for a question: at most BATCH pairs of nearly the same length at a time."""
    lengths = sorted(question + n for n in windows)
    for i in range(0, len(lengths), BATCH):
        part = lengths[i:i + BATCH]
        mask = (np.arange(part[-1])[None, :] < np.array(part)[:, None]).astype(np.float32)
        yield {"x": random.standard_normal((len(part), part[-1], d)).astype(np.float32), "mask": mask}


def time_ms(run, runs):
    """The median and the least time of a run, in milliseconds."""
    run(), run()                                                 # the first ones allocate
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        run()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took), min(took)


def check(reader, lower, upper, random):
    """Prints how far the two graphs are from the packed reader, for sequences of several lengths."""
    lengths, kinds = [15, 40, 33], [1, 0, 0]
    ids = [random.integers(5, reader.word.num_embeddings, n).tolist() for n in lengths]
    inside = np.arange(max(lengths))[None, :] < np.array(lengths)[:, None]
    padded = np.zeros(inside.shape, np.int64)
    for row, sequence in zip(padded, ids): row[:len(sequence)] = sequence
    kind = np.broadcast_to(np.array(kinds)[:, None], inside.shape).astype(np.int64)
    with torch.no_grad():
        want_lower = reader.lower(ids, kinds)
        want_upper = reader.upper(want_lower, lengths).numpy()
    mask = inside.astype(np.float32)
    got_lower = lower.run(None, {"ids": padded, "kinds": kind, "mask": mask})[0]
    x = np.zeros(got_lower.shape, np.float32)
    x[inside] = want_lower.numpy()
    got_upper = upper.run(None, {"x": x, "mask": mask})[0]
    for name, got, want in (("lower", got_lower[inside], want_lower.numpy()), ("upper", got_upper[inside], want_upper)):
        cosine = (got * want).sum(1) / np.linalg.norm(got, axis=1) / np.linalg.norm(want, axis=1)
        print(f"{name}: largest difference {np.abs(got - want).max():.2g}, least cosine of a token {cosine.min():.5f}", file=sys.stderr)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", help="file that train.py saved; random weights without")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--runs", type=int, default=30)
    p.add_argument("--float32", action="store_true", help="time the graphs before they are quantised")
    p.add_argument("--check", action="store_true", help="compare the outputs with PyTorch's")
    o = p.parse_args()
    logging.getLogger().setLevel(logging.ERROR)                  # the quantiser advises a step that these graphs do not need
    torch.manual_seed(1)
    torch.set_num_threads(o.threads)
    random = np.random.default_rng(1)
    reader = Reader().eval()
    if o.weights: reader.load_state_dict(torch.load(o.weights, map_location="cpu"))
    else: print("random weights: the times hold, the outputs mean nothing", file=sys.stderr)
    lower, upper = sessions(reader, o.threads, o.float32)
    if o.check: check(reader, lower, upper, random)
    d, most = reader.word.embedding_dim, reader.position.num_embeddings
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip(): continue
        try:
            row = json.loads(line)
            question, windows = row["question_tokens"], row["window_tokens"]
            if not 0 < question <= most or not all(0 < n <= most for n in windows): raise ValueError(f"lengths are 1 to {most}")
        except (ValueError, KeyError, TypeError) as e:
            sys.exit(f"line {number}: {e!r}")
        asked = {"ids": random.integers(5, reader.word.num_embeddings, (1, question)),
                 "kinds": np.ones((1, question), np.int64), "mask": np.ones((1, question), np.float32)}
        joined = list(batches(question, windows, d, random))
        lower_ms, lower_least = time_ms(lambda: lower.run(None, asked), o.runs)
        upper_ms, upper_least = time_ms(lambda: [upper.run(None, b) for b in joined], o.runs)
        took = {"lower_ms": lower_ms, "upper_ms": upper_ms, "ms": lower_ms + upper_ms, "least_ms": lower_least + upper_least}
        print(json.dumps({"question_tokens": question, "window_tokens": windows} | {k: round(v, 3) for k, v in took.items()}), flush=True)


if __name__ == "__main__":
    main()
