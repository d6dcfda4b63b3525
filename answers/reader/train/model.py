"""The reader: a BERT whose lower layers read the question and each window of the text apart, and whose upper layers
read the two together (MacAvaney et al. 2020, "Efficient Document Re-Ranking for Transformers by Precomputing Term
Representations"; Cao et al. 2020, "DeFormer"). It gives every sentence of a window the log-odds that it answers the
question, and, from the lower layers, every sentence and every question a vector for finding candidates.

Sequences are packed: hidden states are one matrix [tokens, hidden], without padding, and only attention unpacks them.
"""
import torch, torch.nn as nn, torch.nn.functional as F

class Pack:
    """Where the tokens of sequences lie in a packed matrix, in groups of sequences of nearly the same length."""
    GROUP = 8

    def __init__(self, lengths):
        starts = [0]
        for n in lengths: starts.append(starts[-1] + n)
        order = sorted(range(len(lengths)), key=lambda i: lengths[i])
        self.groups, back = [], [0] * starts[-1]
        done = 0
        for g in range(0, len(order), self.GROUP):
            part = order[g:g + self.GROUP]
            longest = lengths[part[-1]]
            gather, inside = [], []
            for r, i in enumerate(part):
                gather += [starts[i] + min(j, lengths[i] - 1) for j in range(longest)]
                inside += [j < lengths[i] for j in range(longest)]
                for j in range(lengths[i]): back[starts[i] + j] = done + r * longest + j
            done += len(gather)
            inside = torch.tensor(inside).view(len(part), longest)
            self.groups.append((torch.tensor(gather), torch.where(inside, 0.0, -1e4)[:, None, :, None]))
        self.back = torch.tensor(back)

class Layer(nn.Module):
    def __init__(self, d, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d, 3 * d); self.out = nn.Linear(d, d); self.norm1 = nn.LayerNorm(d, eps=1e-12)
        self.up = nn.Linear(d, inner); self.down = nn.Linear(inner, d); self.norm2 = nn.LayerNorm(d, eps=1e-12)

    def forward(self, x, pack, adapter=None):
        """With an Adapter, as that changes the layer."""
        def linear(name, x): return adapter(name, getattr(self, name), x) if adapter else getattr(self, name)(x)
        d = x.shape[1]
        qkv, mixed = linear("qkv", x), []
        for gather, bias in pack.groups:
            n, _, longest, _ = bias.shape
            q, k, v = qkv.index_select(0, gather).view(n, longest, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
            # One more dimension, 1 in every query and the bias in every key, masks the padding without another pass.
            q = torch.cat([q * (d // self.heads) ** -.5, q.new_ones(n, self.heads, longest, 1)], -1)
            k = torch.cat([k, bias.expand(n, self.heads, longest, 1)], -1)
            mixed.append(((q @ k.transpose(-1, -2)).softmax(-1) @ v).transpose(1, 2).reshape(n * longest, d))
        x = self.norm1(x + linear("out", torch.cat(mixed).index_select(0, pack.back)))
        return self.norm2(x + linear("down", F.gelu(linear("up", x))))

class Adapter(nn.Module):
    """What is added to the weights of a layer: a product of two thin matrices to each linear one (Hu et al. 2021, "LoRA")."""
    TIMES = 2.0

    def __init__(self, layer, rank):
        super().__init__()
        self.into, self.back = nn.ParameterDict(), nn.ParameterDict()
        for name in ("qkv", "out", "up", "down"):
            out, in_ = getattr(layer, name).weight.shape
            self.into[name] = nn.Parameter(torch.randn(rank, in_) * in_ ** -.5)
            self.back[name] = nn.Parameter(torch.zeros(out, rank))

    def forward(self, name, linear, x):
        """What the layer's linear part of that name comes to."""
        return Changed.apply(x, linear.weight, linear.bias, self.into[name] * self.TIMES, self.back[name])

class Changed(torch.autograd.Function):
    """x (w + back into)^T + bias, where w and bias do not learn: the product with w + back into is one, and only the thin
    matrices have gradients, which are thin products."""
    @staticmethod
    def forward(ctx, x, w, bias, into, back):
        dtype = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else w.dtype
        with torch.autocast("cpu", enabled=False):
            x, w = x.to(dtype), torch.addmm(w, back, into).to(dtype)
            ctx.save_for_backward(x, w, into.to(dtype), back.to(dtype))
            return F.linear(x, w, bias.to(dtype))

    @staticmethod
    def backward(ctx, grad):
        x, w, into, back = ctx.saved_tensors
        grad = grad.to(w.dtype)
        return grad @ w, None, None, ((grad @ back).T @ x).float(), (grad.T @ (x @ into.T)).float()

class Reader(nn.Module):
    def __init__(self, vocabulary=30522, d=384, layers=12, joint=5, heads=12, inner=1536, positions=512):
        super().__init__()
        self.joint = joint                                                      # how many of the upper layers read both
        self.word = nn.Embedding(vocabulary, d); self.position = nn.Embedding(positions, d)
        self.kind = nn.Embedding(2, d); self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer(d, heads, inner) for _ in range(layers))
        self.head = nn.Linear(2 * d, 2)
        self.alike = nn.Parameter(torch.tensor(5.0))                            # weight of the cosine of sentence and question
        nn.init.normal_(self.head.weight, std=.02); self.head.bias.data = torch.tensor([-4.0, 0.0])

    def lower(self, sequences, kinds):
        """Lists of token ids, and 1 for a question or 0 for a window of each -> hidden states [tokens, hidden]."""
        x, pack = self.embed(sequences, kinds), Pack([len(s) for s in sequences])
        for layer in self.layers[:len(self.layers) - self.joint]: x = layer(x, pack)
        return x

    def embed(self, sequences, kinds):
        ids = torch.tensor([t for s in sequences for t in s])
        at = torch.tensor([i for s in sequences for i in range(len(s))])
        kind = torch.tensor([k for s, k in zip(sequences, kinds) for _ in s])
        return self.norm(self.word(ids) + self.position(at) + self.kind(kind))

    def upper(self, x, lengths):
        pack = Pack(lengths)
        for layer in self.layers[len(self.layers) - self.joint:]: x = layer(x, pack)
        return x

    def score(self, x, question, sentence, seps, of):
        """Log-odds [sentences] that each answers, and that it contradicts a statement, from the upper layers' output x: question and sentence give the segment of each token of x
        (−1 for none), seps the token after each sentence, of the pair that each sentence belongs to."""
        q, s = means(x, question, int(question.max()) + 1), means(x, sentence, len(seps))
        out = self.head(torch.cat([s, x[seps]], 1)).float()
        return out[:, 0] + self.alike * F.cosine_similarity(s, q[of], dim=1).float(), out[:, 1]

def means(x, segment, n):
    """The mean of x over each of n segments; −1 is none. -> [n, hidden]"""
    inside = (segment >= 0).nonzero().squeeze(1)
    total = x.new_zeros(n, x.shape[1]).index_add(0, segment[inside], x[inside])
    count = torch.bincount(segment[inside], minlength=n).clamp(min=1).to(x.dtype)
    return total / count.unsqueeze(1)
