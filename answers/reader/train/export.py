"""Writes the reader's weights in 8 bits as the Go program reads them, and cases to test it with.

usage: export.py --base DIR --weights FILE.pt|reader.bin --same FILE.pt|reader.bin --settle FILE.pt|reader.bin --out reader.bin [--windows FILE --questions FILE… --cases reference.jsonl]

--weights are what train.py wrote, --same what same.py and --settle what settle.py did; FILE is what the dump program wrote of one text, and questions about it.

Every linear layer has one scale for each output (its largest weight is 127), the word embeddings one for each word; the
positions have 16 bits and the rest 32. What the query is divided by is part of its weights. The layout stands in ../file.go.
"""
import argparse, json, random, struct, unicodedata
import numpy as np, torch
import base, data
from model import Reader
from same import Same, compare
from settle import Settle, pair
from train import read_text

POSITIONS, RANK = 320, 8

def read(piece):
    """Whether a word piece is worth its place: no text has the unused ones, and of Chinese, Japanese and Korean the base knows single letters."""
    letters = {unicodedata.name(c, "").split(" ")[0] for c in piece}
    return not piece.startswith("[unused") and not letters & {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"}

def quantised(w):
    w = w.detach().numpy().astype(np.float32)
    scale = np.maximum(np.abs(w).max(1), 1e-12) / 127
    return np.rint(w / scale[:, None]).astype(np.int8), scale.astype(np.float32)

def write(model, tasks, vocabulary, path):
    d, heads = model.word.weight.shape[1], model.layers[0].heads
    with open(path, "wb") as f:
        def floats(*tensors):
            for t in tensors: f.write((t.detach().numpy() if torch.is_tensor(t) else t).astype("<f4").tobytes())
        def linear(layer, times=None):
            w, b = layer.weight, layer.bias
            if times is not None: w, b = w * times[:, None], b * times
            q, scale = quantised(w)
            f.write(q.tobytes()); floats(scale, b)
        kept = [i for i, piece in enumerate(vocabulary) if read(piece)]
        header = json.dumps({"layers": len(model.layers), "joint": model.joint, "hidden": d, "heads": heads, "inner": model.layers[0].up.weight.shape[0],
                             "vocabulary": len(kept), "positions": POSITIONS,
                             "rank": tasks[0].adapters[0].into["qkv"].shape[0]}).encode()
        f.write(b"verbatim reader 4\n" + struct.pack("<I", len(header)) + header)
        text = "\n".join(vocabulary[i] for i in kept).encode()
        f.write(struct.pack("<I", len(text)) + text)
        q, scale = quantised(model.word.weight[kept])
        f.write(q.tobytes()); floats(scale)
        f.write(model.position.weight[:POSITIONS].detach().numpy().astype("<f2").tobytes()); floats(model.kind.weight, model.norm.weight, model.norm.bias)
        for layer in model.layers:
            times = torch.cat([torch.full((d,), (d // heads) ** -.5), torch.ones(2 * d)])
            linear(layer.qkv, times); linear(layer.out); floats(layer.norm1.weight, layer.norm1.bias)
            linear(layer.up); linear(layer.down); floats(layer.norm2.weight, layer.norm2.bias)
        floats(model.head.weight, model.head.bias, model.alike.reshape(1))
        for task in tasks:
            for adapter in task.adapters:
                for name in adapter.into:
                    back = adapter.back[name] * adapter.TIMES
                    for w in (adapter.into[name], back * times[:, None] if name == "qkv" else back):
                        q, scale = quantised(w)
                        f.write(q.tobytes()); floats(scale)
            floats(task.head.weight, task.head.bias, getattr(task, "alike", torch.zeros(1)).reshape(1))

@torch.no_grad()
def cases(model, same, settle, tokenizer, text, questions, path, n, rng):
    """Questions of files in the form of shared/questions with a window of their text and five other questions each, and the log-odds
    (to answer, to contradict; to ask the same; to support and to contradict as a statement) and cosines that the float model gives the sentences and the questions."""
    turns = []
    for file in questions:
        for row in data.rows(file):
            history = []
            for t in row.get("turns") or [row]:
                gold = data.gold_of(text, t.get("any") or [])
                turns.append(data.Turn(row["id"], t["q"], list(history), gold))
                history.append((t["q"], text.sentences[min(gold)] if gold else ""))
    with open(path, "w", encoding="utf-8") as f:
        for t in rng.sample(turns, n):
            w = text.window_of(min(t.gold)) if t.gold and rng.random() < .5 else rng.randrange(len(text.windows))
            window = text.windows[w]
            alone = data.Text(text.name, text.sentences, [window])   # the others' states would be computed and not used
            scores, _, similar, _, contrary = read_text(model, tokenizer, alone, [t], windows_of=lambda t, order: [0])
            settled = settle(model, [pair(tokenizer, t.question, text.sentences, window.first + i) for i in range(len(window.spans))])
            others = [o.question for o in random.Random(t.id).sample(turns, 5)]
            asks_same, owner = compare(model, same, tokenizer, data.Meanings("", [[o] for o in others]), [(-1, t.question, t.history, -1)])
            f.write(json.dumps({"question": t.question, "before": t.history[-1][0] if t.history else "", "shown": t.history[-1][1] if t.history else "",
                                "context": window.context, "sentences": text.sentences[window.first:window.first + len(window.spans)],
                                "scores": [round(s, 4) for s in scores.tolist()],
                                "contrary": [round(s, 4) for s in contrary.tolist()], "similar": [round(s, 4) for s in similar[0].tolist()],
                                "first": text.sentences[window.first - 1] if window.first else "",
                                "settled": [[round(s, 4) for s in row] for row in (settled[:, 1:] - settled[:, :1]).tolist()],
                                "others": [others[g] for _, g in owner], "same": [round(s, 4) for s in asks_same.tolist()]},
                               ensure_ascii=False) + "\n")

def main():
    ap = argparse.ArgumentParser()
    for a in ("base", "weights", "same", "settle", "out", "windows", "cases"): ap.add_argument("--" + a)
    ap.add_argument("--questions", nargs="*", default=[])
    ap.add_argument("--joint", type=int, default=5); ap.add_argument("--n", type=int, default=200)
    o = ap.parse_args()
    tokenizer, vocabulary = base.tokenizer(o.base)
    model = Reader(joint=o.joint)
    base.begin(model, o.base, vocabulary, o.weights)
    tasks = Same(model, RANK), Settle(model, RANK)
    for task, file in zip(tasks, (o.same, o.settle)):
        if file.endswith(".bin"): base.load_shipped(Reader(joint=o.joint), file, vocabulary, *tasks[:tasks.index(task) + 1])
        else: task.load_state_dict(torch.load(file))
    model.eval()
    write(model, tasks, vocabulary, o.out)
    if o.cases: cases(model, *tasks, tokenizer, next(iter(data.load(o.windows, tokenizer).values())), o.questions, o.cases, o.n, random.Random(1))

if __name__ == "__main__": main()
