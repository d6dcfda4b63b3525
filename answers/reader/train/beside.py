"""Writes questions in the form of shared/reading (texts/NAME.txt, questions/NAME.jsonl, statements/NAME.jsonl), to train beside it.

usage: beside.py --out DIR [--own DIR] [--selqa REPO] [--fairytale REPO] [--qed REPO] [--nqg REPO] [--fm2 REPO]

--own unpacks the files in data/. REPO is a git directory of emorynlp/selqa (Apache-2.0; its texts are Wikipedia's, CC BY-SA 3.0), uci-soe/FairytaleQAData
(Apache-2.0), google-research-datasets/QED (CC BY-SA 3.0), xinyadu/nqg (SQuAD 1.1's training part, CC BY-SA 4.0; only its
file "test" is read, which holds no article of SQuAD's development part) or google-research/fool-me-twice (Apache-2.0; its texts are
Wikipedia's, CC BY-SA 3.0), which holds statements.
"""
import argparse, collections, csv, io, json, os, re, subprocess

SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[A-Z0-9])")
def words(s): return re.findall(r"[a-z0-9]+", s.lower())

class Repo:
    def __init__(self, path): self.path = path
    def git(self, *args): return subprocess.run(["git", "-C", self.path, *args], capture_output=True, check=True).stdout.decode()
    def files(self, under): return [p for p in self.git("ls-tree", "-r", "--name-only", "HEAD", under).split("\n") if p]
    def read(self, path): return self.git("show", "HEAD:" + path)

def part(sentence):
    """A part of a sentence that is enough to know it by."""
    w = list(re.finditer(r"\S+", sentence))
    return sentence if len(w) <= 10 else sentence[w[len(w) // 2 - 4].start():w[len(w) // 2 + 4].end()]

def write(folder, name, lines, questions):
    """lines: the text's; questions: [(question, sentences that answer)] or [(statement, sentences that settle it, verdict)]"""
    if not questions: return
    text = "\n".join(lines) + "\n"
    rows = [{"id": f"P-{i}", "q": q, "any": [part(s) for s in gold], **{"verdict": v for v in verdict}} for i, (q, gold, *verdict) in enumerate(questions)]
    rows = [r for r in rows if r["any"] and all(a in text for a in r["any"])]
    with open(f"{folder}/texts/{name}.txt", "w", encoding="utf-8") as f: f.write(text)
    with open(f"{folder}/questions/{name}.jsonl", "w", encoding="utf-8") as f:
        for r in rows: f.write(json.dumps(r, ensure_ascii=False) + "\n")

def own(repo, folder):
    """texts.jsonl holds texts, questions.jsonl questions about them, statements.jsonl statements about texts of shared/reading."""
    def rows(name): return [json.loads(l) for l in open(f"{repo.path}/{name}.jsonl", encoding="utf-8")]
    for t in rows("texts"):
        with open(f"{folder}/texts/{t['name']}.txt", "w", encoding="utf-8") as f: f.write("\n".join(t["lines"]) + "\n")
    for kind in ("questions", "statements"):
        by = collections.defaultdict(list)
        for r in rows(kind): by[r.pop("text")].append(r)
        for name, part in by.items():
            with open(f"{folder}/{kind}/{name}.jsonl", "w", encoding="utf-8") as f:
                for r in part: f.write(json.dumps(r, ensure_ascii=False) + "\n")

def selqa(repo, folder):
    by = collections.defaultdict(list)
    for p in ("ass/selqa-ass-dev.json", "ass/selqa-ass-test.json"):
        for row in json.loads(repo.read(p)): by[row["article"]].append(row)
    articles = sorted(by)
    for at in range(0, len(articles), 3):          # an article has few sections here, so that three make a text
        lines, questions = [" and ".join(articles[at:at + 3])], []
        for article in articles[at:at + 3]:
            for row in by[article]:
                line = " ".join(row["candidates"])
                if line not in lines: lines.append(line)
                questions.append((row["question"], [row["candidates"][i] for i in row["answers"]]))
        write(folder, f"selqa-{at:04}", lines, questions)

def fairytale(repo, folder):
    for path in repo.files("data-by-origin/questions"):
        story = path.replace("/questions/", "/section-stories/").replace("-questions.csv", "-story.csv")
        try: sections = {r["section"]: r["text"] for r in csv.DictReader(io.StringIO(repo.read(story)))}
        except subprocess.CalledProcessError: continue
        name = os.path.basename(path)[:-len("-questions.csv")]
        lines = [name.replace("-", " ")] + [l.strip() for t in sections.values() for l in t.split("\n") if l.strip()]
        questions = []
        for r in csv.DictReader(io.StringIO(repo.read(path))):
            if r["ex-or-im1"] != "explicit" or r["local-or-sum"] != "local" or not r["answer1"]: continue
            sentences = [s for l in sections.get(r["cor_section"], "").split("\n") for s in SENTENCE.split(l.strip()) if s]
            asked, answer = set(words(r["question"])), words(r["answer1"])
            if not sentences or not answer: continue
            def fit(s): w = set(words(s)); return sum(a in w for a in answer) / len(answer) + .3 * len(asked & w) / len(asked)
            best = max(sentences, key=fit)
            if fit(best) >= .9: questions.append((r["question"], [best]))
        write(folder, "tale-" + name, lines, questions)

def qed(repo, folder):
    rows = [json.loads(l) for l in repo.read("qed-dev.jsonlines").split("\n") if l.strip()]
    def plain(s): return re.sub(r"\s+([.,;:!?)'’])", r"\1", re.sub(r"([($])\s+", r"\1", s)).strip()
    for at in range(0, len(rows), 10):
        lines, questions = [", ".join(r["title_text"] for r in rows[at:at + 10])], []
        for r in rows[at:at + 10]:
            chosen = r["annotation"].get("selected_sentence")
            line = plain(r["paragraph_text"])
            if line not in lines: lines.append(line)
            if chosen: questions.append((r["question_text"], [plain(chosen["string"])]))
        write(folder, f"qed-{at:04}", lines, questions)

def nqg(repo, folder):
    sentences, asked = (repo.read(f"data/processed/{k}-test.txt").split("\n") for k in ("src", "tgt"))
    def plain(s):
        for a, b in (("-lrb-", "("), ("-rrb-", ")"), ("-lsb-", "["), ("-rsb-", "]"), ("``", '"'), ("''", '"')): s = s.replace(a, b)
        return re.sub(r" (n't|'s|'re|'ve|'ll|'d|[.,;:!?)%\]])", r"\1", re.sub(r"([(\[$]) ", r"\1", s)).strip()
    lines, questions, number = [], [], 0
    for s, q in zip(sentences, asked):
        s, q = plain(s), plain(q)
        if not s or not q: continue
        if s not in lines: lines.append(s)
        questions.append((q, [s]))
        if len(lines) == 60:
            write(folder, f"nqg-{number:04}", ["Encyclopedia"] + lines, questions)
            lines, questions, number = [], [], number + 1

def fm2(repo, folder):
    by = collections.defaultdict(list)
    for f in ("dev", "test"):
        for row in repo.read(f"dataset/{f}.jsonl").split("\n"):
            if row.strip(): row = json.loads(row); by[row["wikipedia_page"]].append(row)
    lines, questions, number = [], [], 0
    for page in sorted(by):
        lines.append(page)
        for row in by[page]:
            gold = [e["text"] for e in row["gold_evidence"]]
            for s in gold + [e["text"] for e in row["retrieved_evidence"]]:
                if s not in lines: lines.append(s)
            questions.append((row["text"], gold, "supported" if row["label"] == "SUPPORTS" else "contradicted"))
        if len(questions) >= 12:      # a page has five or six; several make a text
            write(folder, f"fm2-{number:04}", lines, questions)
            lines, questions, number = [], [], number + 1

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--out", required=True)
    kinds = (own, selqa, fairytale, qed, nqg, fm2)
    for k in kinds: ap.add_argument("--" + k.__name__)
    o = ap.parse_args()
    for d in ("texts", "questions", "statements"): os.makedirs(f"{o.out}/{d}", exist_ok=True)
    for k in kinds:
        if getattr(o, k.__name__): k(Repo(getattr(o, k.__name__)), o.out)

if __name__ == "__main__": main()
