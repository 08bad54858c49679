"""Trains the scorer that says what one actor does to another where no frame does; see README.md.

usage: Chancery.Bench event-pairs PLV_train.tsv > pairs.jsonl
       events.py --leads-of ngec-synthetic-news.csv.gz > leads.tsv     (first sentences and headlines of stories with a type each)
       Chancery.Bench event-pairs leads.tsv > leads.jsonl
       events.py pairs.jsonl --leads leads.jsonl [--to ../models/en/events.tsv]
       events.py pairs.jsonl --leads leads.jsonl --folds FOLDER      (writes K/events.tsv, trained without the rows in K/rows.txt, to measure with)

Multinomial logistic regression on the features of src/Chancery/Reading/Events/PairFeatures.cs. Prints the figures of a
five-fold cross-validation, then trains on everything and writes the weights that matter. The leads teach words that the
few marked pairs lack; their types are those of whole stories, so each counts little.
"""
import argparse
import collections
import csv
import gzip
import io
import json
import os
import re

import numpy as np
import torch

LEAD_WEIGHT = 0.03
LEAST_LEADS = 4     # a feature must be in this many leads, where no pairs have it


def fit(x, y, weight, classes, decay=2e-3, steps=300, rate=0.5):
    """x: lists of feature numbers; full-batch AdaGrad on the weighted cross entropy with squared weights as penalty."""
    size = 1 + max((max(f) for f in x if f), default=0)
    rows = np.concatenate([np.full(len(f), i) for i, f in enumerate(x)]).astype(int)
    columns = np.concatenate([np.array(f, int) for f in x])
    ones = torch.ones(len(rows))
    seen = torch.sparse_coo_tensor(np.stack([rows, columns]), ones, (len(x), size)).to_sparse_csr()
    turned = torch.sparse_coo_tensor(np.stack([columns, rows]), ones, (size, len(x))).to_sparse_csr()
    w, history = torch.zeros(size, classes), torch.full((size, classes), 1e-8)
    onehot = torch.eye(classes)[torch.tensor(y)]
    share = torch.tensor(weight / weight.sum(), dtype=torch.float32)[:, None]
    for _ in range(steps):
        p = torch.softmax(seen @ w, 1)
        gradient = turned @ ((p - onehot) * share) + decay * w / 10
        history += gradient ** 2
        w -= rate * gradient / history.sqrt()
    return w.numpy()


def leads(path):
    """Prints the headline and the first sentence of each story with its type, as a table that event-pairs reads."""
    print("sentence\tgold_root")
    for story in csv.DictReader(io.TextIOWrapper(gzip.open(path), encoding="utf-8")):
        kind = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(story["label"], story["label"])
        text = re.sub(r"\s+", " ", story["text"]).strip()
        text = re.sub(r"^[A-Z ,/()]+ ?\(?(Reuters|AFP|AP|BBC)?\)? ?-+ ", "", text)
        first = re.match(r'(.{40,400}?[.!?])(?= [A-Z"\u201c]|$)', text)
        if first:
            print(f"{first.group(1)}\t{kind}\n{story['prompt'].splitlines()[0].strip()}\t{kind}")


def write(path, w, kept, types):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write("# What one actor does to another, where no frame says: weights of a linear classifier, made by training/events.py.\n"
                "# YIELD stands for CONCEDE and RETREAT, which the training data does not tell apart.\nfeature\ttype\tweight\n")
        for i, feature in enumerate(kept):
            for t, name in enumerate(types):
                if abs(w[i, t]) >= 0.18:
                    f.write(f"{feature}\t{name}\t{w[i, t]:.2f}\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", nargs="?")
    parser.add_argument("--leads")
    parser.add_argument("--leads-of")
    parser.add_argument("--to", default=os.path.join(here, "..", "models", "en", "events.tsv"))
    parser.add_argument("--folds")
    a = parser.parse_args()
    if a.leads_of:
        return leads(a.leads_of)
    if not a.pairs:
        parser.error("name the file of pairs")
    pairs = [json.loads(l) for l in open(a.pairs, encoding="utf-8")]
    more = [json.loads(l) for l in open(a.leads, encoding="utf-8")] if a.leads else []
    types = sorted({p["type"] for p in pairs})
    counts = collections.Counter(f for p in pairs for f in p["features"])
    in_leads = collections.Counter(f for p in more for f in p["features"])
    kept = ["bias"] + sorted({f for f, n in counts.items() if n > 1} | {f for f, n in in_leads.items() if n >= LEAST_LEADS})
    number = {f: i for i, f in enumerate(kept)}
    x, extra = ([[0] + [number[f] for f in p["features"] if f in number] for p in some] for some in (pairs, more))
    y, of_extra = (np.array([types.index(p["type"]) for p in some], int) for some in (pairs, more))

    def train(keep):
        weight = np.concatenate([np.ones(keep.sum()), np.full(len(extra), LEAD_WEIGHT)])
        w = fit([f for f, k in zip(x, keep) if k] + extra, np.concatenate([y[keep], of_extra]), weight, len(types))
        return np.pad(w, ((0, len(kept) - len(w)), (0, 0)))

    fold = np.array([p["row"] for p in pairs]) // 10 % 5      # neighbours are often of one pattern, so they stay together
    guess = np.zeros(len(x), int)
    for k in range(5):
        w = train(fold != k)
        if a.folds:
            write(os.path.join(a.folds, str(k), "events.tsv"), w, kept, types)
            with open(os.path.join(a.folds, str(k), "rows.txt"), "w") as f:
                f.writelines(f"{row}\n" for row in range(2000) if row // 10 % 5 == k)
        guess[fold == k] = [w[f].sum(0).argmax() for f, z in zip(x, fold) if z == k]
    f1 = []
    for t in range(len(types)):
        right = ((guess == t) & (y == t)).sum()
        f1.append(2 * right / max(1, (guess == t).sum() + (y == t).sum()))
        print(types[t], round(100 * f1[-1], 1))
    print(len(x), "pairs; cross-validated accuracy", round(100 * (guess == y).mean(), 1), "macro F1", round(100 * np.mean(f1), 1))
    if not a.folds:
        write(a.to, train(np.ones(len(x), bool)), kept, types)
        print(os.path.getsize(a.to), "bytes")


main()
