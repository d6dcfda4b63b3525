"""Texts, their windows and their questions, as the reader learns from them."""
import collections, glob, json, math, os, random, re
from dataclasses import dataclass, field

CLS, SEP = 101, 102
QUESTION, BEFORE, SHOWN, CONTEXT, SENTENCE = 48, 24, 40, 48, 110   # word pieces kept of each part
WINDOW, LEAST = 250, 4   # once a window has so many pieces, only the first few of each further sentence

@dataclass
class Window:
    ids: list            # [CLS] context [SEP] sentence [SEP] sentence [SEP] …
    spans: list          # (start, end) of each sentence's tokens; its [SEP] is at end
    first: int           # number of its first sentence in the text
    context: str

@dataclass
class Turn:
    id: str
    question: str
    history: list        # (question, what was shown) of the turns before
    gold: set            # sentences that answer
    near: int = None     # the sentence that comes closest, of one that nothing answers
    leans: bool = True   # the question may need the turn before
    fuzzy: bool = False  # scoring forgives an answer
    against: bool = None # what answers contradicts the statement that is asked about; None where it is none
    ranked: list = None  # windows by their words, best first

@dataclass(eq=False)
class Text:
    name: str
    sentences: list
    windows: list
    turns: list = field(default_factory=list)
    whole: bool = False  # the turns name every sentence that answers
    def window_of(self, sentence):
        lo = 0
        for i, w in enumerate(self.windows):
            if w.first <= sentence: lo = i
        return lo

@dataclass(eq=False)
class Meanings:
    """Groups of questions that mean the same, all put to one text or in one setting."""
    name: str
    groups: list = field(default_factory=list)   # of lists of questions; those at 2n and 2n + 1 are near misses of one another
    follow: list = field(default_factory=list)   # (group, question, [(question before, what was shown)]) of questions that need the turn before
    def asked(self):
        """-> all questions as (group, question, history, number in the group or −1)"""
        return [(g, q, [], i) for g, group in enumerate(self.groups) for i, q in enumerate(group)] + [(g, q, h, -1) for g, q, h in self.follow]

def meanings(path):
    """-> [Meanings] of a file with rows of {"text", "group", "asks"} and of {"text", "group", "q", "before", "shown"}, groups from 1 on and in order"""
    out = {}
    for row in rows(path):
        m = out.setdefault(row["text"], Meanings(row["text"]))
        if "asks" in row:
            m.groups.append(row["asks"]); assert len(m.groups) == row["group"], row
        else: m.follow.append((row["group"] - 1, row["q"], [(row["before"], row["shown"])]))
    return list(out.values())

def load(windows, tokenizer):
    """The texts that the dump program wrote. -> {name: Text}"""
    out = {}
    for line in open(windows, encoding="utf-8"):
        row = json.loads(line)
        strings = [s for w in row["windows"] for s in [w["Context"]] + w["Sentences"]]
        pieces = iter([tokenizer(s) for s in strings])
        text = Text(row["name"], [s for w in row["windows"] for s in w["Sentences"]], [])
        for w in row["windows"]:
            ids = [CLS] + next(pieces)[:CONTEXT] + [SEP]
            spans = []
            for _ in w["Sentences"]:
                part = next(pieces)[:min(SENTENCE, max(LEAST, WINDOW - len(ids)))]
                spans.append((len(ids), len(ids) + len(part)))
                ids += part + [SEP]
            text.windows.append(Window(ids, spans, w["First"], w["Context"]))
        out[text.name] = text
    return out

def gold_of(text, substrings):
    gold = {i for i, s in enumerate(text.sentences) for a in substrings if a in s}
    if substrings and not gold:   # over the end of a sentence
        for a in substrings:
            for i in range(len(text.sentences) - 1):
                if a in text.sentences[i] + " " + text.sentences[i + 1]: gold |= {i, i + 1}
    return gold

def rows(path):
    if os.path.exists(path):
        for line in open(path, encoding="utf-8"):
            if line.strip(): yield json.loads(line)

def add_reading(text, folder, claims=True):
    """Questions, dialogues and claims of shared/reading about a text."""
    lost = 0
    for kind in ("questions", "dialogues", "statements"):
        for row in rows(f"{folder}/{kind}/{text.name}.jsonl"):
            history = []
            for k, t in enumerate(row.get("turns") or [row]):
                gold = gold_of(text, t.get("any") or [])
                if t.get("any") and not gold: lost += 1; continue
                near = next((i for i, s in enumerate(text.sentences) if t.get("near") and t["near"] in s), None)
                text.turns.append(Turn(f"{text.name}/{kind}/{row['id']}.{k}", t["q"], list(history), gold, near,
                                       t.get("leans", k > 0), bool(t.get("abstain_ok") or row.get("abstain_ok")), against(row)))
                history.append((t["q"], text.sentences[min(gold)] if gold else ""))
    if claims:
        for row in rows(f"{folder}/claims/{text.name}.jsonl"):
            if row["form"] == "quote" and row["verdict"] not in ("exact", "altered"): continue
            gold = gold_of(text, row["evidence"]) if row["verdict"] != "absent" else set()
            near = row.get("near") or []
            near = min(gold_of(text, [near] if isinstance(near, str) else near), default=None)
            text.turns.append(Turn(f"{text.name}/claims/{row['id']}", row["q"], [], gold, None if gold else near, leans=False, against=against(row)))
    return lost

def against(row):
    """Whether what settles a row's statement contradicts it; None where it is no statement in other words, or nothing settles it."""
    return {"supported": False, "contradicted": True}.get(row.get("verdict")) if row.get("form", "indirect") == "indirect" else None

def add_squad(texts, folder, each, rng):
    """Some questions of each SQuAD article."""
    out = []
    by = collections.defaultdict(list)
    for r in rows(f"{folder}/questions.jsonl"): by[r["article"]].append(r)
    paragraphs = {a["id"]: a["paragraphs"] for a in rows(f"{folder}/articles.jsonl")}
    for name, questions in by.items():
        text = texts[name]
        for r in rng.sample(questions, min(each, len(questions))):
            gold = set()
            for a in r["answers"]:
                par, start = paragraphs[name][a["paragraph"]], a["start"]
                around = par[max(0, start - 15):start + len(a["text"]) + 15]
                hit = {i for i, s in enumerate(text.sentences) if around in s} or {i for i, s in enumerate(text.sentences) if a["text"] in s and s in par}
                gold |= hit
            if gold: text.turns.append(Turn(r["id"], r["question"], [], gold, leans=False))
        out.append(text)
    return out

WORD = re.compile(r"[a-z0-9]+")
STOP = set("the a an of in on at to for and or is are was were be been it its this that with by as from what who when where why how did does do his her their he she they you i we not no".split())
def stems(s): return [w[:-1] if len(w) > 3 and w.endswith("s") else w for w in WORD.findall(s.lower()) if w not in STOP]

def rank_by_words(text, turns=None):
    """Gives every turn of a text, or these about it, its windows by BM25 (k1 1.2, b 0.75)."""
    docs = [stems(" ".join(text.sentences[w.first:w.first + len(w.spans)])) for w in text.windows]
    df = collections.Counter(w for d in docs for w in set(d))
    counts = [collections.Counter(d) for d in docs]
    mean = sum(map(len, docs)) / max(1, len(docs)) or 1
    idf = {w: math.log(1 + (len(docs) - n + .5) / (n + .5)) for w, n in df.items()}
    for t in turns or text.turns:
        words = set(stems(t.question + " " + (t.history[-1][0] if t.history and t.leans else "")))
        score = [sum(idf[w] * c[w] * 2.2 / (c[w] + 1.2 * (.25 + .75 * len(d) / mean)) for w in words if w in c) for c, d in zip(counts, docs)]
        t.ranked = sorted(range(len(docs)), key=lambda i: -score[i])

def spoil(s, rng):
    """A question as people mistype it."""
    r = rng.random()
    if r < .25: s = s.lower()
    if r > .85: s = s.rstrip("?!. ")
    if .25 < r < .35 and len(s) > 8:
        i = rng.randrange(1, len(s) - 2)
        s = rng.choice([s[:i] + s[i + 1:], s[:i] + s[i + 1] + s[i] + s[i + 2:], s[:i] + s[i] + s[i:]])
    if .35 < r < .4:
        w = s.split()
        if len(w) > 5: w.pop(rng.randrange(len(w))); s = " ".join(w)
    return s

def question_ids(tokenizer, question, history):
    """[CLS] question [SEP] (question before [SEP] what was shown [SEP])"""
    q = tokenizer(question)[:QUESTION]
    ids = [CLS] + q + [SEP]
    if history:
        before, shown = history[-1]
        ids += tokenizer(before)[:BEFORE] + [SEP]
        ids += tokenizer(shown)[:SHOWN] + [SEP] if shown else [SEP]
    return ids
