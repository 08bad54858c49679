"""Trains the scorer that says what one actor does to another where no frame does; see README.md.

usage: Chancery.Bench event-pairs PLV_train.tsv > pairs.jsonl
       Chancery.Bench event-pairs events-written.tsv > written.jsonl
       events.py pairs.jsonl --written written.jsonl [--to ../models/en/events.tsv]
       events.py pairs.jsonl --written written.jsonl --folds FOLDER      (writes K/events.tsv, trained without the rows in K/rows.txt, to measure with)

Multinomial logistic regression on the features of src/Chancery/Reading/Events/PairFeatures.cs; each step sees only a part of
them, so that no single word is leaned on. Prints the figures of a five-fold cross-validation over the marked pairs, then
trains on everything and writes the weights that matter.
"""
import argparse
import collections
import json
import os

import numpy as np
import torch

WRITTEN_WEIGHT = 0.4    # our own sentences are harder than the pairs, and of another mixture
SEEN = 0.7              # share of the features that a step sees
EPOCHS, BATCH, RATE, DECAY = 12, 256, 1e-2, 0.1
LEAST_WEIGHT = 12       # in hundredths; features that never tell more only fill the file


def fit(x, y, weight, features, classes, seed=1):
    """x: lists of feature numbers. The weights (features × classes) that a linear classifier ends with."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    table = torch.nn.EmbeddingBag(features, classes, mode="sum")
    torch.nn.init.zeros_(table.weight)
    optimizer = torch.optim.AdamW(table.parameters(), lr=RATE, weight_decay=DECAY)
    y, weight = torch.tensor(y), torch.tensor(weight, dtype=torch.float32)
    for epoch in range(EPOCHS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        order = chance.permutation(len(x))
        for start in range(0, len(order), BATCH):
            some = order[start:start + BATCH]
            seen = [[f for f, keep in zip(x[i], chance.random(len(x[i])) < SEEN) if keep or f == 0] for i in some]
            offsets = np.cumsum([0] + [len(s) for s in seen[:-1]])
            scores = table(torch.tensor([f for s in seen for f in s]), torch.tensor(offsets))
            loss = (torch.nn.functional.cross_entropy(scores, y[some], reduction="none") * weight[some]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return table.weight.detach().numpy()


def write(path, w, kept, types):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write("# What one actor does to another, where no frame says: weights of a linear classifier in hundredths, made by training/events.py.\n"
                "# YIELD stands for CONCEDE and RETREAT, which the training data does not tell apart.\n" + "\t".join(["feature", *types]) + "\n")
        for feature, row in zip(kept, np.rint(100 * w).astype(int)):
            if np.abs(row).max() >= LEAST_WEIGHT:
                f.write("\t".join([feature, *map(str, row)]) + "\n")


def read(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")] if path else []


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs")
    parser.add_argument("--written")
    parser.add_argument("--to", default=os.path.join(here, "..", "models", "en", "events.tsv"))
    parser.add_argument("--folds")
    a = parser.parse_args()
    pairs, written = read(a.pairs), read(a.written)
    types = sorted({p["type"] for p in pairs})
    counts = collections.Counter(f for p in pairs + written for f in p["features"])
    kept = ["bias"] + sorted(f for f, n in counts.items() if n > 1)
    number = {f: i for i, f in enumerate(kept)}
    x, extra = ([[0] + [number[f] for f in p["features"] if f in number] for p in some] for some in (pairs, written))
    y, of_extra = (np.array([types.index(p["type"]) for p in some], int) for some in (pairs, written))

    def train(keep):
        weight = np.concatenate([np.ones(keep.sum()), np.full(len(extra), WRITTEN_WEIGHT)])
        return fit([f for f, k in zip(x, keep) if k] + extra, np.concatenate([y[keep], of_extra]), weight, len(kept), len(types))

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
