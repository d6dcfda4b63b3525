"""Trains what tells how a sentence settles a statement: that it bears it out, contradicts it, or does neither.

usage: settle.py --base DIR --reader FILE.pt|reader.bin --reading DIR --windows FILE… --statements FILE --out FILE.pt
                 [--steps N] [--stop N] [--seed N] [--rate F] [--rank N] [--float32]

Nothing of the reader itself changes: statement, the end of the sentence before and the sentence are read as one sequence by all of its
layers, changed by adapters (Hu et al. 2021, "LoRA") that only this task has, with a head of its own. A step takes statements of all
texts, each with a sentence that settles it and one that has its words and does not, or with two such where nothing settles it. Files
of windows are what the dump program wrote, of the texts of DIR (as shared/reading is) and of others that statements are about;
statements whose id begins with W are left out: they tell how well it judges what it has not learned. So are the held-out texts, and every
tenth of the others.
"""
import argparse, os, random, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
import base, data
from model import Adapter, Pack, Reader, means

NEITHER, SUPPORTS, CONTRADICTS = range(3)
BEFORE, SENTENCE = 24, 90   # word pieces kept of the sentence before, and of the sentence

class Settle(nn.Module):
    """The reader's layers as they tell how a sentence settles a statement, and the head of that."""
    def __init__(self, reader, rank):
        super().__init__()
        self.adapters = nn.ModuleList(Adapter(layer, rank) for layer in reader.layers)
        self.head = nn.Linear(2 * reader.word.weight.shape[1], 3)
        nn.init.normal_(self.head.weight, std=.02); self.head.bias.data.zero_()

    def forward(self, reader, pairs):
        """[(token ids of a statement, of the sentence before, of the sentence)] -> [pairs, 3]: NEITHER, SUPPORTS, CONTRADICTS"""
        sequences, sentence, seps = [], [], []
        for k, (statement, before, ids) in enumerate(pairs):
            row = statement + before + ([data.SEP] if before else [])
            sentence += [-1] * len(row) + [k] * len(ids) + [-1]
            sequences.append(row + ids + [data.SEP]); seps.append(len(sentence) - 1)
        x, pack = reader.embed(sequences, [1] * len(sequences)), Pack([len(s) for s in sequences])
        for layer, adapter in zip(reader.layers, self.adapters): x = layer(x, pack, adapter)
        return self.head(torch.cat([means(x, torch.tensor(sentence), len(pairs)), x[torch.tensor(seps)]], 1)).float()

def pair(tokenizer, statement, sentences, i):
    """-> token ids of a statement, of the end of the sentence before sentences[i], and of that"""
    return data.question_ids(tokenizer, statement, []), tokenizer(sentences[i - 1])[-BEFORE:] if i else [], tokenizer(sentences[i])[:SENTENCE]

def items_of(texts, reading, statements, skip):
    """-> [(sentences of its text, statement, label, sentences that settle it, others that have its words or come closest)]"""
    rows = [r for r in data.rows(statements) if not r["id"].startswith("W-") and r.get("form") != "who"]
    for name in texts:
        for r in data.rows(f"{reading}/claims/{name}.jsonl"):
            if r["form"] == "indirect": rows.append({"text": name, "q": r["q"], "verdict": r["verdict"], ("near" if r["verdict"] == "absent" else "any"): r["evidence"]})
    out, lost, stems = [], 0, {}
    def words(s):
        if s not in stems: stems[s] = set(data.stems(s))
        return stems[s]
    for r in rows:
        if r["text"] not in texts or r["text"] in skip: continue
        text = texts[r["text"]]
        gold = data.gold_of(text, r.get("any") or [])
        if r["verdict"] != "absent" and not gold: lost += 1; continue
        near = r.get("near") or []
        near = data.gold_of(text, [near] if isinstance(near, str) else near)
        shared = lambda i: len(words(r["q"]) & words(text.sentences[i])) / (3 + len(words(text.sentences[i])) ** .5)
        ranked = sorted((i for i in range(len(text.sentences)) if i not in gold), key=shared, reverse=True)[:5]
        out.append((text.sentences, r["q"], {"absent": NEITHER, "supported": SUPPORTS, "contradicted": CONTRADICTS}[r["verdict"]], sorted(gold), sorted(near), ranked))
    if lost: print(f"{lost} statements whose sentence is not there", flush=True)
    return out

def batch(tokenizer, items, rng):
    pairs, labels = [], []
    def add(sentences, statement, i, label): pairs.append(pair(tokenizer, data.spoil(statement, rng), sentences, i)); labels.append(label)
    for sentences, statement, label, gold, near, ranked in items:
        if gold: add(sentences, statement, rng.choice(gold), label)
        others = near + rng.sample(ranked, min(3, len(ranked)))
        for i in others[:1 if gold else 2]: add(sentences, statement, i, NEITHER)
    return pairs, torch.tensor(labels)

@torch.no_grad()
def report(reader, settle, tokenizer, items, label):
    """Of validating statements with a sentence that settles them: contradicted and supported are told apart, and both from the sentence with
    the same words that does not settle them."""
    odds = {NEITHER: [], SUPPORTS: [], CONTRADICTS: []}
    for at in range(0, len(items), 24):
        part = items[at:at + 24]
        pairs = [pair(tokenizer, s, sentences, gold[0] if gold else (near + ranked)[0]) for sentences, s, _, gold, near, ranked in part if gold or near + ranked]
        for (_, _, y, *_), row in zip(part, settle(reader, pairs).tolist()): odds[y].append(row)
    def auc(a, b): return float(np.mean([(x > y) + .5 * (x == y) for x in a for y in b])) if a and b else float("nan")
    against = {y: [r[CONTRADICTS] - r[SUPPORTS] for r in rows] for y, rows in odds.items()}
    settled = {y: [np.logaddexp(r[SUPPORTS], r[CONTRADICTS]) - r[NEITHER] for r in rows] for y, rows in odds.items()}
    print(f"{label}: {len(items)} statements, contradicted from supported AUROC {auc(against[CONTRADICTS], against[SUPPORTS]):.3f}, "
          f"settled from not {auc(settled[SUPPORTS] + settled[CONTRADICTS], settled[NEITHER]):.3f}", flush=True)

def main():
    ap = argparse.ArgumentParser()
    for a in ("base", "reader", "reading", "statements", "out"): ap.add_argument("--" + a)
    ap.add_argument("--windows", nargs="+")
    for a, d in (("steps", 2000), ("stop", 0), ("seed", 1), ("joint", 5), ("each", 14), ("report", 400), ("rank", 8)): ap.add_argument("--" + a, type=int, default=d)
    ap.add_argument("--rate", type=float, default=1e-3); ap.add_argument("--float32", action="store_true")
    o = ap.parse_args()
    torch.manual_seed(o.seed); rng = random.Random(o.seed); torch.set_num_threads(2)
    tokenizer, vocabulary = base.tokenizer(o.base)
    texts = {k: t for file in o.windows for k, t in data.load(file, tokenizer).items()}
    heldout = set(open(f"{o.reading}/heldout.txt", encoding="utf-8").read().split())
    names = sorted(f[:-6] for f in os.listdir(f"{o.reading}/questions") if f.endswith(".jsonl") and f[:-6] not in heldout)
    val = set(names[::10])
    train = items_of(texts, o.reading, o.statements, heldout | val)
    validating = items_of({n: texts[n] for n in val if n in texts}, o.reading, o.statements, heldout)
    print(f"{len(train)} statements; {len(validating)} validate", flush=True)
    reader = Reader(joint=o.joint)
    base.begin(reader, o.base, vocabulary, o.reader)
    for p in reader.parameters(): p.requires_grad = False
    settle = Settle(reader, o.rank)
    opt = torch.optim.AdamW(settle.parameters(), lr=o.rate, weight_decay=.01)
    run, t0 = 0.0, time.time()
    for step in range(1, (o.stop or o.steps) + 1):
        for g in opt.param_groups: g["lr"] = o.rate * min(1, step / 100, max(0, (o.steps - step) / (.8 * o.steps)))
        opt.zero_grad(set_to_none=True)
        pairs, labels = batch(tokenizer, rng.sample(train, min(o.each, len(train))), rng)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not o.float32):
            loss = F.cross_entropy(settle(reader, pairs), labels)
        loss.backward(); run += loss.item()
        nn.utils.clip_grad_norm_(settle.parameters(), 1.0)
        opt.step()
        if step % 20 == 0: print(f"step {step}/{o.steps} loss {run/20:.3f} {time.time()-t0:.0f}s", flush=True); run = 0.0
        if step % o.report == 0 or step == (o.stop or o.steps):
            torch.save(settle.state_dict(), o.out)
            report(reader, settle, tokenizer, validating, f"step {step}")

if __name__ == "__main__": main()
