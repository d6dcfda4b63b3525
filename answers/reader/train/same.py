"""Trains what tells whether two questions ask the same.

usage: same.py --base DIR --reader FILE.pt|reader.bin --meanings FILE --out FILE.pt [--init FILE.pt|reader.bin] [--resume FILE.run]
               [--steps N] [--stop N] [--seed N] [--rate F] [--rank N] [--float32]

Nothing of the reader itself changes: the question and some utterances are read as one sequence by all of its layers, changed by
adapters (Hu et al. 2021, "LoRA") that only this task has, with a head of its own. A step takes questions of one text or setting: each
is read with the utterances that are nearest to it by the reader's vectors, among them some that mean the same and the near misses,
and the loss is the negative log-likelihood of "one of those that mean the same" among all that were read and "none" (log-odds 0),
plus the same utterance by utterance. One question in four is read without those that mean the same. Every fourteenth text validates.
Products are rounded to
bfloat16, which processors that multiply such numbers no faster do in half as much time again as --float32 takes.
"""
import argparse, random, time
import torch, torch.nn as nn, torch.nn.functional as F
import base, data
from model import Adapter, Pack, Reader, means

class Same(nn.Module):
    """The reader's layers as they tell whether an utterance asks the same as a question, and the head of that."""
    def __init__(self, reader, rank):
        super().__init__()
        self.adapters = nn.ModuleList(Adapter(layer, rank) for layer in reader.layers)
        self.head = nn.Linear(2 * reader.word.weight.shape[1], 1); self.alike = nn.Parameter(torch.tensor(5.0))
        nn.init.normal_(self.head.weight, std=.02); self.head.bias.data = torch.tensor([-4.0])

    def forward(self, reader, pairs):
        """[(token ids of a question, how many of them are its own, token ids of some utterances)] -> log-odds that each utterance asks the
        same, of all pairs one after the other"""
        sequences, question, utterance, seps, of = [], [], [], [], []
        for k, (ids, own, utterances) in enumerate(pairs):
            row = list(ids)
            question += [k] * own + [-1] * (len(ids) - own); utterance += [-1] * len(ids)
            for u in utterances:
                utterance += [len(seps)] * len(u) + [-1]; question += [-1] * (len(u) + 1)
                row += u + [data.SEP]; seps.append(len(question) - 1); of.append(k)
            sequences.append(row)
        x, pack = reader.embed(sequences, [1] * len(sequences)), Pack([len(s) for s in sequences])
        for layer, adapter in zip(reader.layers, self.adapters): x = layer(x, pack, adapter)
        q, u = means(x, torch.tensor(question), len(pairs)), means(x, torch.tensor(utterance), len(seps))
        out = self.head(torch.cat([u, x[torch.tensor(seps)]], 1)).float()[:, 0]
        return out + self.alike * F.cosine_similarity(u, q[torch.tensor(of)], dim=1).float()

TOGETHER, LONGEST = 8, 24   # utterances that are read in one sequence, and word pieces kept of each

def vectors(reader, sequences):
    """Those of questions by themselves, from the lower layers. -> [questions, hidden]"""
    hidden = reader.lower(sequences, [1] * len(sequences))
    segment = torch.cat([torch.tensor([-1] + [k] * (len(s) - 2) + [-1]) for k, s in enumerate(sequences)])
    return F.normalize(means(hidden, segment, len(sequences)), dim=1)

def compare(reader, same, tokenizer, meanings, asked, rng=None, windows=2, most=48):
    """Runs questions of Meanings.asked, each with the utterances nearest to it by their vectors, its own aside. In a training step a
    question that stands alone may be mistyped and come after another that must not matter, and one may be without its group.
    -> (log-odds that each utterance read asks the same, owners [(question, group)])"""
    ask = {(g, i) for g, _, _, i in asked}
    rest = [(g, i) for g, group in enumerate(meanings.groups) for i in range(len(group)) if not rng or (g, i) not in ask]
    if rng and len(rest) > most:
        need = {g for g, _ in ask}; need |= {g ^ 1 for g in need}
        rng.shuffle(rest); rest = sorted(sorted(rest, key=lambda x: x[0] not in need)[:most])
    sequences = []
    for g, question, history, i in asked:
        if rng:
            question = data.spoil(question, rng)
            if not history and rng.random() < .25: history = rng.choice(meanings.follow)[2] if meanings.follow else [(meanings.groups[rng.choice(rest)[0]][0], "")]
        sequences.append(data.question_ids(tokenizer, question, history))
    utterances = [data.question_ids(tokenizer, meanings.groups[g][i], []) for g, i in rest]
    with torch.no_grad(): v = vectors(reader, sequences + utterances)
    similar = v[:len(asked)] @ v[len(asked):].T
    pairs, owner = [], []
    for k, ((g, _, _, i), row) in enumerate(zip(asked, similar.tolist())):
        lost = rng and rng.random() < .25
        left = [j for j in sorted(range(len(rest)), key=lambda j: -row[j]) if rest[j] != (g, i) and not (lost and rest[j][0] == g)]
        picks = left[:windows * TOGETHER]
        if rng:
            right = [j for j in left if rest[j][0] == g]
            must = rng.sample(right, min(rng.randrange(1, 4), len(right)))
            near = [j for j in left if rest[j][0] == g ^ 1][:2]
            picks = (must + near + [j for j in picks if rest[j][0] != g and j not in near])[:windows * TOGETHER]
            rng.shuffle(picks)
        for a in range(0, len(picks), TOGETHER):
            part = picks[a:a + TOGETHER]
            pairs.append((sequences[k], sequences[k].index(data.SEP) + 1, [utterances[j][1:-1][:LONGEST] for j in part]))
            owner += [(k, rest[j][0]) for j in part]
    return same(reader, pairs), owner

def loss_of(reader, same, tokenizer, meanings, asked, rng, each=.3):
    scores, owner = compare(reader, same, tokenizer, meanings, asked, rng, windows=1)
    total = scores.new_zeros(())
    for k, (g, *_) in enumerate(asked):
        i = [i for i, (q, _) in enumerate(owner) if q == k]
        s = scores[torch.tensor(i)]
        gold = torch.tensor([owner[j][1] == g for j in i])
        total = total + torch.logsumexp(torch.cat([s.new_zeros(1), s]), 0) - (torch.logsumexp(s[gold], 0) if gold.any() else 0)
        total = total + each * F.binary_cross_entropy_with_logits(s, gold.to(s.dtype), reduction="sum") / 4
    return total / len(asked)

@torch.no_grad()
def report(reader, same, tokenizer, all_meanings, label):
    """Each question of some Meanings with all others: its group comes first, and is told from none where its group is taken away."""
    for leans in (False, True):
        first, n, has, lacks = 0, 0, [], []
        for m in all_meanings:
            questions = [q for q in m.asked() if bool(q[2]) == leans]
            for at in range(0, len(questions), 12):
                part = questions[at:at + 12]
                scores, owner = compare(reader, same, tokenizer, m, part)
                for k, (g, *_) in enumerate(part):
                    got = [(s, h) for s, (q, h) in zip(scores.tolist(), owner) if q == k]
                    n += 1; first += max(got)[1] == g
                    has.append(max((s for s, h in got if h == g), default=-9)); lacks.append(max((s for s, h in got if h != g), default=-9))
        if not n: continue
        auc = sum((a > b) + .5 * (a == b) for a in has for b in lacks) / (n * n)
        print(f"{label}{', leaning' if leans else ''}: {n} questions, first {100*first/n:.1f}, AUROC {auc:.3f}, at 0 {100*sum(x > 0 for x in has)/n:.1f}/{100*sum(x <= 0 for x in lacks)/n:.1f}", flush=True)

def main():
    ap = argparse.ArgumentParser()
    for a in ("base", "reader", "meanings", "out", "init", "resume"): ap.add_argument("--" + a)
    for a, d in (("steps", 3000), ("stop", 0), ("seed", 1), ("joint", 5), ("turns", 12), ("report", 600), ("rank", 8)): ap.add_argument("--" + a, type=int, default=d)
    ap.add_argument("--rate", type=float, default=1e-3); ap.add_argument("--float32", action="store_true")
    o = ap.parse_args()
    torch.manual_seed(o.seed); rng = random.Random(o.seed); torch.set_num_threads(2)
    tokenizer, vocabulary = base.tokenizer(o.base)
    meanings = data.meanings(o.meanings)
    val, meanings = meanings[::14], [m for i, m in enumerate(meanings) if i % 14]
    reader = Reader(joint=o.joint)
    base.begin(reader, o.base, vocabulary, o.reader)
    for p in reader.parameters(): p.requires_grad = False
    same = Same(reader, o.rank)
    if o.init and o.init.endswith(".bin"): base.load_shipped(reader, o.init, vocabulary, same)
    elif o.init: same.load_state_dict(torch.load(o.init))
    opt = torch.optim.AdamW(same.parameters(), lr=o.rate, weight_decay=.01)
    print(f"{len(meanings)} texts, {sum(len(m.asked()) for m in meanings)} questions; {len(val)} validate", flush=True)
    def parts():
        while True:
            list_ = []
            for m in meanings:
                of = m.asked(); rng.shuffle(of)
                list_ += [(m, of[i:i + o.turns]) for i in range(0, len(of) - o.turns // 2, o.turns)]
            rng.shuffle(list_)
            print(f"an epoch is {len(list_)} steps", flush=True)
            yield from list_
    source, run, t0, step = parts(), 0.0, time.time(), 0
    if o.resume:
        kept = torch.load(o.resume); same.load_state_dict(kept["same"]); opt.load_state_dict(kept["opt"]); step = kept["step"]
        rng.seed(o.seed + step); torch.manual_seed(o.seed + step)
    while step < (o.stop or o.steps):
        step += 1
        for g in opt.param_groups: g["lr"] = o.rate * min(1, step / 100, max(0, (o.steps - step) / (.8 * o.steps)))
        opt.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not o.float32):
            loss = loss_of(reader, same, tokenizer, *next(source), rng)
        loss.backward(); run += loss.item()
        nn.utils.clip_grad_norm_(same.parameters(), 1.0)
        opt.step()
        if step % 20 == 0: print(f"step {step}/{o.steps} loss {run/20:.3f} {time.time()-t0:.0f}s", flush=True); run = 0.0
        if step % o.report == 0 or step == (o.stop or o.steps):
            torch.save({"same": same.state_dict(), "opt": opt.state_dict(), "step": step}, o.out + ".run"); torch.save(same.state_dict(), o.out)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not o.float32): report(reader, same, tokenizer, val, f"step {step}")

if __name__ == "__main__": main()
