"""Trains the classifier that ends sentences, and gathers the tokenizer's table; see README.md.

usage: segmentation.py [--data ../../shared/data] [--to ../models/en]          trains sentences.bin
       segmentation.py --words                                                 prints candidates for tokens.tsv
       segmentation.py --texts FOLDER                                          writes the dev sets as raw text and CoNLL-U

Weights derive from UD English EWT (CC BY-SA 4.0) and UD English GUM (CC BY and CC BY-SA by genre).
The features are those of src/Chancery/Language/Segmentation/SentenceBoundaries.cs.
"""
import argparse
import collections
import gzip
import os
import random
import re
import struct
import unicodedata

import numpy as np

BUCKETS = 1 << 15
NONE, SPACE, LINE, BLANK = range(4)
FINAL = set(".!?\u2026\u3002\uff01\uff1f")


def read(path):
    """CoNLL-U -> documents of paragraphs of sentences; a sentence is a list of (form, space after) and its text."""
    documents, sentence, text, fresh, until, spaced = [], [], "", True, 0, True
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            documents.append([])
            fresh = True
        elif line.startswith("# newpar"):
            fresh = True
        elif line.startswith("# text = "):
            text = line[9:]
        elif line and line[0] != "#":
            c = line.split("\t")
            if "-" in c[0]:
                until, spaced = int(c[0].split("-")[1]), "SpaceAfter=No" not in c[9]
            elif c[0].isdigit():
                i = int(c[0])
                sentence.append((c[1], spaced if i == until else False if i < until else "SpaceAfter=No" not in c[9]))
        elif not line and sentence:
            if fresh:
                documents[-1].append([])
            documents[-1][-1].append((sentence, text))
            sentence, fresh, until = [], False, 0
    return documents


def render(document, how, chance):
    """-> words, gaps after them, and whether a sentence ends there."""
    words, gaps, ends = [], [], []
    width, column = chance.randint(58, 80), 0
    for paragraph in document:
        for k, (sentence, _) in enumerate(paragraph):
            for i, (form, space) in enumerate(sentence):
                last = i + 1 == len(sentence)
                column += len(form) + space
                gap = SPACE if space or last else NONE
                if last and (how == "lines" or (how in ("flow", "paragraph-lines") and k + 1 == len(paragraph))):
                    gap = LINE if how != "flow" else SPACE
                if last and k + 1 == len(paragraph) and how in ("paragraphs", "wrapped"):
                    gap = BLANK
                if how == "wrapped" and gap == SPACE and column >= width:
                    gap = LINE
                if gap >= LINE:
                    column = 0
                words.append(form); gaps.append(gap); ends.append(last)
    gaps[-1] = BLANK
    return words, gaps, ends


def kind(word):
    first, last = word[0], word[-1]
    if word in ('"', "'", "\uff02"):
        return "Q"
    if first in "\u201c\u2018([{\u00ab\u201e`":
        return "O"
    if first in "\u201d\u2019)]}\u00bb" or word == "''":
        return "C"
    if first in FINAL and last in FINAL:
        return "F"
    if len(word) == 1 and first in ":;,":
        return first
    if first in "-\u2013\u2014":
        return "-"
    if last == "." and len(word) > 1:
        return "A"
    category = unicodedata.category(first)
    if category == "Nd":
        return "d"
    if category in ("Lu", "Lt"):
        return "u" if len(word) > 1 and word.upper() == word else "U"
    if category[0] == "L":
        return "l"
    return "s"


def lower(word):
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word[:20])


def bucket(text):
    h = 2166136261
    for unit in struct.unpack("<%dH" % (len(text.encode("utf-16-le", "surrogatepass")) // 2), text.encode("utf-16-le", "surrogatepass")):
        h = ((h ^ unit) * 16777619) & 0xFFFFFFFF
    return (h ^ (h >> 15)) % BUCKETS


def step(n, *bounds):
    return chr(ord("a") + sum(n >= b for b in bounds))


class Features:
    """The features of each place where a sentence might end, as strings; hashed by the caller."""
    def __init__(self, words, gaps):
        self.words, self.gaps = [lower(w) for w in words], gaps
        self.kinds = [kind(w) for w in words]
        lines = sum(g == LINE for g in gaps)
        small = sum(g == LINE and k + 1 < len(words) and self.kinds[k + 1] == "l" for k, g in enumerate(gaps))
        self.wrap = step(small / lines if lines else 0, 0.02, 0.1, 0.3)
        self.lengths = [len(w) for w in words]

    def candidate(self, i):
        gap, a, b = self.gaps[i], self.kinds[i], self.kinds[i + 1]
        return gap == LINE or (gap == SPACE and (a in "F:;AQC-sd" or b in "UudOQs")) or (gap == NONE and ((a == "F" and b in "UuQO") or (a in "QC" and b in "Uu")))

    def at(self, i, start, column, quoted):
        w, k, n = self.words, self.kinds, len(self.words)
        g = str(self.gaps[i])
        a, b = k[i], k[i + 1]
        aa = k[i - 1] if i > start else "^"
        bb = k[i + 2] if i + 2 < n else "$"
        ga = str(self.gaps[i - 1]) if i > start else "^"
        gb = str(self.gaps[i + 1])
        p, q = w[i], w[i + 1]
        pp = w[i - 1] if i > start else "^"
        size = step(i - start, 1, 2, 3, 5, 10, 20, 40, 80)
        inside = "1" if quoted else "0"
        out = ["0", "1" + g + a + b, "2" + g + a + b + aa, "3" + g + a + b + bb, "4" + g + b + p, "5" + g + a + q, "6" + g + a + b + inside + aa,
               "7" + g + a + b + size, "8" + g + b + pp + "\x1f" + p, "9" + a + b + ga + g + gb, "A" + g + a + b + bb + gb + inside]
        if a in "AF":
            out.append("B" + p + "\x1f" + q)
            out.append("C" + pp + "\x1f" + b)
        if g == str(LINE):
            long = step(column, 20, 40, 56, 72, 90, 120)
            out += ["D" + self.wrap + a + b, "E" + self.wrap + long, "F" + long + a + b, "G" + self.wrap + long + b]
        return out


def quotes(word, inside):
    if word in ("\u201c", "``", "\u00ab", "\u201e") or (word in ('"', "\uff02") and not inside):
        return True
    return False if word in ("\u201d", "''", "\u00bb", '"', "\uff02") else inside


def examples(documents, how, chance, cache):
    for document in documents:
        words, gaps, ends = render(document, how, chance)
        f = Features(words, gaps)
        start, column, inside = 0, 0, False
        for i in range(len(words) - 1):
            inside = quotes(words[i], inside)
            column += f.lengths[i] + (gaps[i] != NONE)
            if gaps[i] != BLANK and f.candidate(i):
                ids = []
                for name in f.at(i, start, column, inside):
                    if name not in cache:
                        cache[name] = bucket(name)
                    ids.append(cache[name])
                yield ids, ends[i]
            if gaps[i] >= LINE:
                column = 0
            if gaps[i] == BLANK:
                inside = False
            if ends[i]:
                start = i + 1


def train(documents, seed=1):
    chance, cache, rows, answers = random.Random(seed), {}, [], []
    for how in ("paragraphs", "flow", "lines", "wrapped", "paragraph-lines", "paragraphs", "flow"):
        for ids, end in examples(documents, how, chance, cache):
            rows.append(ids + [-1] * (17 - len(ids)))
            answers.append(end)
    x, y = np.array(rows), np.array(answers, np.float32)
    x[x < 0] = BUCKETS          # a row that stays zero
    w, g2 = np.zeros(BUCKETS + 1, np.float32), np.full(BUCKETS + 1, 1e-3, np.float32)
    order = np.random.RandomState(seed)
    for epoch in range(12):
        total = 0.0
        for batch in np.array_split(order.permutation(len(y)), max(1, len(y) // 2000)):
            p = 1 / (1 + np.exp(-w[x[batch]].sum(1)))
            total -= np.log(np.where(y[batch] > 0, p, 1 - p) + 1e-9).sum()
            g = np.zeros_like(w)
            np.add.at(g, x[batch].ravel(), np.repeat((p - y[batch]) / 20, x.shape[1]))
            g += 2e-5 * w
            g[BUCKETS] = 0
            g2 += g * g
            w -= 0.3 / (1 + epoch / 4) * g / np.sqrt(g2)
        print(f"epoch {epoch + 1}\tloss {total / len(y):.4f}\terrors {100 * np.mean((w[x].sum(1) > 0) != (y > 0)):.3f} %\tof {len(y)}", flush=True)
    return w[:BUCKETS]


def candidates(documents):
    """Words of the treebanks that our table might need, for a person to choose from."""
    dotted, hyphened = collections.Counter(), collections.Counter()
    for d in documents:
        for p in d:
            for s, _ in p:
                for form, _ in s:
                    if re.fullmatch(r"[A-Za-z][A-Za-z.]*\.", form):
                        dotted[form] += 1
                    if re.fullmatch(r"[A-Za-z]+(-[A-Za-z0-9]+)+", form):
                        hyphened[form.lower()] += 1
    return dotted, hyphened


def write_texts(data, folder):
    os.makedirs(folder, exist_ok=True)
    for name in ("gum", "ewt"):
        path = os.path.join(data, "treebank", name + ".dev.conllu.gz")
        documents = read(path)
        joins = {"paragraphs": (" ", "\n\n", "\n\n"), "flow": (" ", " ", "\n\n"), "lines": ("\n", "\n", "\n")}
        for how, (a, b, c) in joins.items():
            with open(os.path.join(folder, f"{name}-{how}.txt"), "w", encoding="utf-8") as f:
                f.write(c.join(b.join(a.join(t for _, t in p) for p in d) for d in documents) + "\n")
        with open(os.path.join(folder, name + ".conllu"), "w", encoding="utf-8") as f:
            f.write(gzip.open(path, "rt", encoding="utf-8").read())


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=os.path.join(here, "..", "..", "shared", "data"))
    parser.add_argument("--to", default=os.path.join(here, "..", "models", "en"))
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--texts")
    a = parser.parse_args()
    if a.texts:
        return write_texts(a.data, a.texts)
    documents = [d for n in ("ewt", "gum") for d in read(os.path.join(a.data, "treebank", n + ".train.conllu.gz"))]
    if a.words:
        for counter in candidates(documents):
            print("\n".join(f"{n}\t{w}" for w, n in counter.most_common()))
        return None
    w = train(documents)
    scale = float(np.abs(w).max()) / 127
    with open(os.path.join(a.to, "sentences.bin"), "wb") as f:
        f.write(b"CHSB1\n\0\0" + struct.pack("<f", scale) + np.rint(w / scale).astype(np.int8).tobytes())
    return None


main() if __name__ == "__main__" else None
