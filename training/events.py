"""Trains the scorer that says what one actor does to another where no frame does; see README.md.

usage: Chancery.Bench event-pairs PLV_train.tsv > pairs.jsonl
       events.py pairs.jsonl [--to ../models/en/events.tsv]
       events.py pairs.jsonl --folds FOLDER      (writes K/events.tsv, trained without the rows in K/rows.txt, to measure with)

Multinomial logistic regression on the features of src/Chancery/Reading/Events/PairFeatures.cs. Prints the figures of a
five-fold cross-validation, then trains on everything and writes the weights that matter.
"""
import argparse
import collections
import json
import os

import numpy as np


def fit(x, y, classes, decay=2e-3, steps=400, rate=0.5):
    """x: lists of feature numbers; full-batch AdaGrad on the cross entropy with squared weights as penalty."""
    size = 1 + max((max(f) for f in x if f), default=0)
    rows = np.concatenate([np.full(len(f), i) for i, f in enumerate(x)]).astype(int)
    columns = np.concatenate([np.array(f, int) for f in x])
    w, history = np.zeros((size, classes)), np.full((size, classes), 1e-8)
    onehot = np.eye(classes)[y]
    for _ in range(steps):
        scores = np.zeros((len(x), classes))
        np.add.at(scores, rows, w[columns])
        scores -= scores.max(1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(1, keepdims=True)
        gradient = np.zeros_like(w)
        np.add.at(gradient, columns, (p - onehot)[rows] / len(x))
        gradient += decay * w / 10
        history += gradient ** 2
        w -= rate * gradient / np.sqrt(history)
    return w


def write(path, w, kept, types):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write("# What one actor does to another, where no frame says: weights of a linear classifier, made by training/events.py.\n"
                "# YIELD stands for CONCEDE and RETREAT, which the training data does not tell apart.\nfeature\ttype\tweight\n")
        for i, feature in enumerate(kept):
            for t, name in enumerate(types):
                if abs(w[i, t]) >= 0.1:
                    f.write(f"{feature}\t{name}\t{w[i, t]:.2f}\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs")
    parser.add_argument("--to", default=os.path.join(here, "..", "models", "en", "events.tsv"))
    parser.add_argument("--folds")
    a = parser.parse_args()
    pairs = [json.loads(l) for l in open(a.pairs, encoding="utf-8")]
    types = sorted({p["type"] for p in pairs})
    counts = collections.Counter(f for p in pairs for f in p["features"])
    kept = ["bias"] + sorted(f for f, n in counts.items() if n > 1)
    number = {f: i for i, f in enumerate(kept)}
    x = [[0] + [number[f] for f in p["features"] if f in number] for p in pairs]
    y = np.array([types.index(p["type"]) for p in pairs])
    fold = np.array([p["row"] for p in pairs]) // 10 % 5      # neighbours are often of one pattern, so they stay together
    guess = np.zeros(len(x), int)
    for k in range(5):
        w = fit([f for f, z in zip(x, fold) if z != k], y[fold != k], len(types))
        w = np.pad(w, ((0, len(kept) - len(w)), (0, 0)))
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
        write(a.to, fit(x, y, len(types)), kept, types)
        print(os.path.getsize(a.to), "bytes")


main()
