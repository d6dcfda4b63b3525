"""Averages two runs' weights (Wortsman et al. 2022, "Model soups").

usage: average.py --base DIR --out FILE.pt A B

A and B are what train.py wrote, or a reader.bin. The second of two runs that go on from one another knows more of what
it was given and less of the rest; the mean of both knows either.
"""
import argparse, torch
import base
from model import Reader

def state(file, folder):
    model = Reader()
    base.begin(model, folder, base.tokenizer(folder)[1], file)
    return model.state_dict()

def main():
    ap = argparse.ArgumentParser()
    for a in ("base", "out"): ap.add_argument("--" + a, required=True)
    ap.add_argument("weights", nargs=2)
    o = ap.parse_args()
    a, b = (state(f, o.base) for f in o.weights)
    torch.save({k: (a[k].float() + b[k].float()) / 2 for k in a}, o.out)

if __name__ == "__main__": main()
