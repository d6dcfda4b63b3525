"""Trains the reader.

usage: train.py --base DIR --windows FILE… --reading DIR [--more DIR…] [--public DIR…] [--squad DIR] --out FILE
                [--steps N] [--settle N] [--stop N] [--resume FILE.run] [--seed N] [--init FILE.pt|reader.bin] [--float32]

DIR holds the base model's .onnx and tokenizer.json, FILE what the dump program wrote of the texts. A step reads some questions of one text:
its windows once through the lower layers, then every question with a few windows: those that answer it, the
near miss, and those that the words or the model itself take for the best. The loss is the negative log-likelihood of
"one of the answering sentences" among all sentences read and "none" (log-odds 0), plus the same sentence by sentence, plus
one that draws a question's vector to its sentences'. A second output learns whether what settles a statement contradicts
it. Every tenth text of --reading validates; texts of its heldout.txt are never read. --more are folders of the same form
whose questions, like its own, name every sentence that answers, so that without them a question has no answer: one in
eight is asked so. --public are folders whose questions do not; every fourth step is of one, until --public-until of the
steps. --settle N: N of N + 1 steps teach the second output alone. --stop ends a run before the step that its learning rate
was planned to, and --resume goes on from what it kept, beside --out. Products are rounded to bfloat16, which processors that
multiply such numbers no faster do in half as much time again as --float32 takes.
"""
import argparse, os, random, time
import torch, torch.nn as nn, torch.nn.functional as F
import base, data
from model import Reader, means

class Batch:
    """Pairs of questions and windows as one packed matrix for the upper layers."""
    def __init__(self):
        self.index, self.lengths, self.question, self.sentence, self.seps, self.of, self.owner = [], [], [], [], [], [], []

    def add(self, q_start, q_len, asked, w_start, window):
        """asked: tokens of the question itself, [CLS] and first [SEP] included; the rest is history."""
        pair, base = len(self.lengths), len(self.index)
        self.index += list(range(q_start, q_start + q_len)) + list(range(w_start, w_start + len(window.ids)))
        self.lengths.append(q_len + len(window.ids))
        self.question += [pair] * asked + [-1] * (q_len - asked + len(window.ids))
        segment = [-1] * (q_len + len(window.ids))
        for k, (a, b) in enumerate(window.spans):
            segment[q_len + a:q_len + b] = [len(self.seps)] * (b - a)
            self.seps.append(base + q_len + b); self.of.append(pair); self.owner.append((pair, window.first + k))
        self.sentence += segment

    def score(self, model, hidden):
        x = model.upper(hidden.index_select(0, torch.tensor(self.index)), self.lengths)
        return model.score(x, torch.tensor(self.question), torch.tensor(self.sentence), torch.tensor(self.seps), torch.tensor(self.of))

def vectors(hidden, starts, windows):
    segment, n = torch.full((hidden.shape[0],), -1), 0
    for at, w in zip(starts, windows):
        for a, b in w.spans: segment[at + a:at + b] = n; n += 1
    return F.normalize(means(hidden, segment, n), dim=1)

def read_text(model, tokenizer, text, turns, rng=None, budget=4, windows_of=None, unanswered=.12, only=None):
    """Runs turns of one text. -> (log-odds that each sentence read answers, owners [(turn, sentence)], similarity [turns, sentences read below],
    their numbers, log-odds that each sentence read contradicts)"""
    asked = []
    for t in turns:
        history, question = t.history, t.question
        if rng:
            question = data.spoil(question, rng)
            if history and not t.leans and rng.random() < .3: history = []
            if not history and not t.leans and rng.random() < .3:      # a history that must not matter
                other = rng.choice(text.turns)
                history = [(other.question, text.sentences[min(other.gold)] if other.gold else "")]
        ids = data.question_ids(tokenizer, question, history)
        asked.append((ids, ids.index(data.SEP) + 1))
    chosen = only or list(range(len(text.windows)))
    if rng and not only and len(chosen) > 16:
        need = set()
        for t in turns:
            need |= {text.window_of(g) for g in t.gold} | set(t.ranked[:2]) | ({text.window_of(t.near)} if t.near is not None else set())
        rest = [i for i in chosen if i not in need]
        chosen = sorted(need | set(rng.sample(rest, min(len(rest), max(3, 16 - len(need))))))
    where = {w: k for k, w in enumerate(chosen)}
    sequences = [ids for ids, _ in asked] + [text.windows[w].ids for w in chosen]
    hidden = model.lower(sequences, [1] * len(asked) + [0] * len(chosen))
    starts, at = [], 0
    for s in sequences: starts.append(at); at += len(s)
    w_starts = starts[len(asked):]
    segment = torch.full((hidden.shape[0],), -1)
    for k, (ids, n) in enumerate(asked): segment[starts[k] + 1:starts[k] + len(ids) - 1] = k
    q_vectors = F.normalize(means(hidden, segment, len(asked)), dim=1)
    windows = [text.windows[w] for w in chosen]
    similar = q_vectors @ vectors(hidden, w_starts, windows).T
    numbers = [w.first + k for w in windows for k in range(len(w.spans))]
    batch, owner = Batch(), []
    best = similar.detach().tolist()
    for k, t in enumerate(turns):
        by_vector = {}
        pos = 0
        for c, w in zip(chosen, windows):
            by_vector[c] = max(best[k][pos:pos + len(w.spans)]); pos += len(w.spans)
        order = sorted(chosen, key=lambda c: -by_vector[c])
        if windows_of: picks = windows_of(t, order)
        elif rng:
            gold = list({text.window_of(g) for g in t.gold}); rng.shuffle(gold)
            kept_back = set(gold) if 0 < len(gold) < len(chosen) and text.whole and rng.random() < unanswered else set()
            picks = [] if kept_back else gold[:2]
            if t.near is not None and text.window_of(t.near) not in picks: picks.append(text.window_of(t.near))
            words = [w for w in t.ranked if w in where]
            while len(picks) < min(budget, len(chosen) - len(kept_back)):
                source = order if rng.random() < .6 else words
                left = [w for w in source if w not in picks and w not in kept_back]
                if not left: break
                picks.append(left[0] if rng.random() < .6 else rng.choice(left[:6]))
        else: picks = order
        ids, n = asked[k]
        for w in picks:
            batch.add(starts[k], len(ids), n, w_starts[where[w]], text.windows[w])
            owner += [(k, s) for p, s in batch.owner[len(owner):]]
    scores, contrary = batch.score(model, hidden)
    return scores, owner, similar.float(), numbers, contrary

def loss_of(turns, scores, owner, similar, numbers, contrary, each=.3, vector=.3, against=4):
    total = scores.new_zeros(())
    by = [[] for _ in turns]
    for i, (k, s) in enumerate(owner): by[k].append((i, s))
    for k, t in enumerate(turns):
        i = torch.tensor([i for i, _ in by[k]]); s = scores[i]
        gold = torch.tensor([n in t.gold for _, n in by[k]])
        all_ = torch.logsumexp(torch.cat([s.new_zeros(1), s]), 0)
        total = total + all_ - (torch.logsumexp(s[gold], 0) if gold.any() else 0)
        total = total + each * F.binary_cross_entropy_with_logits(s, gold.to(s.dtype), reduction="sum") / 4
        if t.against is not None and gold.any():
            c = contrary[i[gold]]
            total = total + against * F.binary_cross_entropy_with_logits(c, torch.full_like(c, float(t.against)))
        if t.gold:
            right = torch.tensor([n in t.gold for n in numbers])
            if right.any():
                sim = similar[k] * 20
                total = total + vector * (torch.logsumexp(sim, 0) - torch.logsumexp(sim[right], 0))
    return total / len(turns)

def often(turn):
    """How often a turn is read in an epoch: statements that something settles twice as often as questions, and those that nothing
    does, and who said something, twice as often again."""
    return 2 if turn.against is not None else 4 if "/statements/" in turn.id else 1

def settled_loss(model, tokenizer, text, turns, rng):
    """That of the second output alone, for statements of one text, each read with the window that settles it."""
    where = [text.window_of(min(t.gold)) for t in turns]
    of = {id(t): w for t, w in zip(turns, where)}
    _, owner, _, _, contrary = read_text(model, tokenizer, text, turns, rng, windows_of=lambda t, _: [of[id(t)]], only=sorted(set(where)))
    i = torch.tensor([i for i, (k, s) in enumerate(owner) if s in turns[k].gold])
    says = torch.tensor([float(turns[owner[j][0]].against) for j in i.tolist()])
    return F.binary_cross_entropy_with_logits(contrary[i].float(), says)

@torch.no_grad()
def evaluate(model, tokenizer, texts, turns=None, top=8):
    """-> [(text name, turn, best sentence is right, its score, reachable by the windows read, the best right one is said to contradict)]"""
    model.eval(); out = []
    for text in texts:
        ts = [t for t in (turns(text) if turns else text.turns) if not t.fuzzy]
        for b in range(0, len(ts), 12):
            part = ts[b:b + 12]
            def pick(t, order):
                picks = []
                for pair in zip(order, t.ranked):      # vectors and words in turn
                    for w in pair:
                        if w not in picks: picks.append(w)
                return picks[:top]
            scores, owner, similar, numbers, contrary = read_text(model, tokenizer, text, part, windows_of=pick)
            by = [[] for _ in part]
            for (k, s), v, c in zip(owner, scores.tolist(), contrary.tolist()): by[k].append((v, s, c))
            for k, t in enumerate(part):
                v, s, c = max(by[k])
                against = max((x for x in by[k] if x[1] in t.gold), default=(0, 0, 0))[2]
                out.append((text.name, t, s in t.gold, v, bool(t.gold & {n for _, n, _ in by[k]}), against > 0))
    model.train()
    return out

def report(res, label):
    ans = [r for r in res if r[1].gold]; non = [r for r in res if not r[1].gold]
    if not ans or not non: return
    def at(t, rs):
        a = [r for r in rs if r[1].gold]; n = [r for r in rs if not r[1].gold]
        wrong = sum(r[3] > t and not r[2] for r in rs)
        return f"{100*sum(r[2] and r[3] > t for r in a)/max(1,len(a)):.1f}/{100*sum(r[3] <= t for r in n)/max(1,len(n)):.1f} wrong {100*wrong/max(1,len(rs)):.1f}"
    auc = sum((a[3] > b[3]) + .5 * (a[3] == b[3]) for a in ans for b in non) / (len(ans) * len(non))
    fol = [r for r in res if r[1].history and r[1].leans]
    print(f"{label}: {len(res)} turns, first {100*sum(r[2] for r in ans)/len(ans):.1f} (reachable {100*sum(r[4] for r in ans)/len(ans):.1f}), AUROC {auc:.3f}, "
          + ", ".join(f"at {t:g} {at(t, res)}" for t in (-1, -.5, 0, .5, 1)) + (f"; leaning {len(fol)}: first {100*sum(r[2] for r in fol if r[1].gold)/max(1,sum(bool(r[1].gold) for r in fol)):.1f}, at 0 {at(0, fol)}" if fol else ""), flush=True)

def main():
    ap = argparse.ArgumentParser()
    for a in ("base", "reading", "squad", "out", "init", "resume"): ap.add_argument("--" + a)
    for a in ("windows", "more", "public"): ap.add_argument("--" + a, nargs="*", default=[])
    for a, d in (("steps", 1000), ("stop", 0), ("seed", 1), ("joint", 5), ("turns", 12), ("budget", 3), ("freeze", 2), ("squad-each", 350), ("report", 1000), ("settle", 0)): ap.add_argument("--" + a, type=int, default=d)
    ap.add_argument("--float32", action="store_true")
    for a, d in (("lr", 7e-5), ("public-until", .5)): ap.add_argument("--" + a, type=float, default=d)
    o = ap.parse_args()
    torch.manual_seed(o.seed); rng = random.Random(o.seed); torch.set_num_threads(2)
    tokenizer, vocabulary = base.tokenizer(o.base)
    texts = {k: t for file in o.windows for k, t in data.load(file, tokenizer).items()}
    heldout = set(open(f"{o.reading}/heldout.txt").read().split())
    def with_questions(folder): return sorted(n for n in texts if n not in heldout and any(os.path.exists(f"{folder}/{k}/{n}.jsonl") for k in ("questions", "statements")))
    names = with_questions(o.reading)
    lost = sum(data.add_reading(texts[n], o.reading) for n in names)
    val = [texts[n] for n in names[::10]]; train = [texts[n] for i, n in enumerate(names) if i % 10]
    claims = {v.name: [t for t in v.turns if t.against is not None] for v in val}
    for v in val: v.turns = [t for t in v.turns if "/claims/" not in t.id]
    for folder in o.more:
        for n in with_questions(folder):
            assert texts[n] not in val
            lost += data.add_reading(texts[n], folder)
            if texts[n] not in train: train.append(texts[n])
    for t in train: t.whole = True
    public = []
    for folder in o.public:
        for n in with_questions(folder): lost += data.add_reading(texts[n], folder); public.append(texts[n])
    if o.squad: public += data.add_squad(texts, o.squad, o.squad_each, rng)
    for t in train + public + val: data.rank_by_words(t)
    for v in val: data.rank_by_words(v, claims[v.name])
    model = Reader(joint=o.joint)
    base.begin(model, o.base, vocabulary, o.init)
    frozen = [model.word, model.position] + list(model.layers[:o.freeze]) + ([model.norm, model.kind] if o.freeze else [])
    for m in frozen:
        for p in m.parameters(): p.requires_grad = False
    head = {id(p) for p in list(model.head.parameters()) + [model.alike]}
    groups = [{"params": [p for p in model.parameters() if p.requires_grad and id(p) not in head], "lr": o.lr, "peak": o.lr},
              {"params": [p for p in model.parameters() if id(p) in head], "lr": 10 * o.lr, "peak": 10 * o.lr}]
    opt = torch.optim.AdamW(groups, weight_decay=.01)
    for label, of in (("reading", train), ("public", public)): print(f"{label}: {len(of)} texts, {sum(len(t.turns) for t in of)} turns", flush=True)
    print(f"{len(val)} texts, {sum(len(t.turns) for t in val)} validation turns; {lost} turns without a sentence", flush=True)

    def parts(of):
        out = []
        for t in of:
            turns = [x for x in t.turns if not x.fuzzy for _ in range(often(x))]; rng.shuffle(turns)
            out += [(t, turns[i:i + o.turns]) for i in range(0, len(turns) - o.turns // 2, o.turns)]
        rng.shuffle(out)
        return out
    step, steps, run, t0 = 0, o.steps, 0.0, time.time()
    if o.resume:
        kept = torch.load(o.resume); model.load_state_dict(kept["model"]); opt.load_state_dict(kept["opt"]); step = kept["step"]
        rng.seed(o.seed + step); torch.manual_seed(o.seed + step)
    def chunks():
        rest = []
        while True:
            list_ = parts(train)
            if public and step < o.public_until * steps:
                n = len(list_) // 3
                if len(rest) < n: rest = parts(public)
                list_ += rest[:n]; rest = rest[n:]
            rng.shuffle(list_)
            print(f"an epoch is {len(list_)} steps", flush=True)
            yield from list_
    source = chunks()
    def settling():
        while True:
            list_ = []
            for t in train + public:
                of = [x for x in t.turns if x.against is not None and x.gold]; rng.shuffle(of)
                list_ += [(t, of[i:i + 2 * o.turns]) for i in range(0, len(of), 2 * o.turns)]
            rng.shuffle(list_)
            print(f"all statements are {len(list_)} steps", flush=True)
            yield from list_
    statements = settling()
    sample = lambda text: text.turns[::3]
    while step < (o.stop or steps):
        step += 1
        rate = min(1, step / 100, max(0, (steps - step) / (.8 * steps)))
        for g in opt.param_groups: g["lr"] = g["peak"] * rate
        opt.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not o.float32):
            if step % (o.settle + 1):
                loss = settled_loss(model, tokenizer, *next(statements), rng)
            else:
                text, turns = next(source)
                loss = loss_of(turns, *read_text(model, tokenizer, text, turns, rng, o.budget))
        loss.backward(); run += loss.item()
        nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        opt.step()
        if step % 20 == 0: print(f"step {step}/{steps} loss {run/20:.3f} {time.time()-t0:.0f}s", flush=True); run = 0.0
        if step % o.report == 0 or step == (o.stop or steps):
            torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "step": step}, o.out + ".run")
            torch.save(model.state_dict(), o.out)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not o.float32):
                report(evaluate(model, tokenizer, val, sample), f"validation, every third turn, step {step}")
                told = [(r[1].against, r[5]) for r in evaluate(model, tokenizer, val, lambda text: claims[text.name])]
            print(f"statements: {len(told)}, told right {sum(a == b for a, b in told)}; contradicted {sum(a for a, _ in told)}, told so {sum(b for _, b in told)}, rightly {sum(a and b for a, b in told)}", flush=True)

if __name__ == "__main__": main()
