"""Reads the corpora into documents of sentences with whatever layers each of them has.

A sentence is a dict: words, par (starts a paragraph), and, where annotated, upos, xpos, head (-1 root), rel, names (BIO), attr (BIO).
A layer's weight says how far it is to be believed; see config.json.
"""
import gzip
import json
import re

PARTS = ("Source", "Cue", "Content")
NUMERIC = ("DATE", "TIME", "DURATION", "SET", "MONEY", "PERCENT", "NUMBER", "ORDINAL")
KINDS = ("PER", "ORG", "LOC", "MISC")
FOLD = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "politician": "PER", "person": "PER",
        "organisation": "ORG", "politicalparty": "ORG", "location": "LOC", "country": "LOC", "election": "MISC",
        "event": "MISC", "misc": "MISC", "place": "LOC", "organization": "ORG"}


def treebank(path, entities=False):
    """CoNLL-U with newdoc and newpar -> list of documents; each a list of sentences."""
    documents, rows, paragraph = [], [], True
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            documents.append([])
            paragraph = True
        elif line.startswith("# newpar"):
            paragraph = True
        elif line and line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                rows.append(c)
        elif not line and rows:
            s = {"words": [c[1] for c in rows], "par": paragraph, "upos": [c[3] for c in rows], "xpos": [c[4] for c in rows],
                 "head": [int(c[6]) - 1 for c in rows], "rel": [c[7] for c in rows]}
            if entities:
                s["names"] = gum_names(s, [c[9] for c in rows])
            documents[-1].append(s)
            rows, paragraph = [], False
    return documents


def gum_names(s, misc):
    """GUM marks every mention; a name is the run of proper nouns around a mention's head."""
    n = len(s["words"])
    tags, open_, spans = ["O"] * n, [], []
    for i, m in enumerate(misc):
        found = re.search(r"Entity=([^|]+)", m)
        if not found:
            continue
        for opening, body, closing in re.findall(r"(\()?([^()]+)(\))?", found[1]):
            if opening:
                fields = body.split("-")
                open_.append((fields[0], fields[1] if len(fields) > 1 else "", i))
                if closing:
                    id_, kind, start = open_.pop()
                    spans.append((start, i + 1, kind))
            elif closing:
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0] == body.split("-")[0]:
                        id_, kind, start = open_.pop(k)
                        spans.append((start, i + 1, kind))
                        break
    for start, end, kind in sorted(spans, key=lambda x: x[0] - x[1]):   # longest first: the inner mention wins
        heads = [i for i in range(start, end) if not start <= s["head"][i] < end]
        if kind == "time" or not heads or s["upos"][heads[0]] != "PROPN":
            continue
        head = heads[0]
        proper = lambda i: s["upos"][i] == "PROPN" or (s["words"][i] in ("-", "&", ".") and i + 1 < end and s["upos"][i + 1] == "PROPN")
        first, last = head, head
        while first > start and proper(first - 1):
            first -= 1
        while last + 1 < end and proper(last + 1):
            last += 1
        if FOLD.get(kind) == "PER":   # a title before the name is not part of it
            while first < head and s["words"][first].lower().rstrip(".") in TITLES:
                first += 1
        kind = FOLD.get(kind, "MISC")
        if kind == "ORG":   # "Court of the District of Columbia" goes on after its head
            while last + 2 < end and s["words"][last + 1] == "of":
                after = last + 2 + (s["words"][last + 2] == "the")
                if after >= end or s["upos"][after] != "PROPN":
                    break
                last = after
                while last + 1 < end and proper(last + 1):
                    last += 1
        if kind in ("ORG", "LOC") and first - 1 > 0 and s["words"][first - 1] == "The":
            first -= 1
        for i in range(first, last + 1):
            tags[i] = ("B-" if i == first else "I-") + kind
    for i in range(n):   # an overwritten beginning leaves an I- without its B-
        if tags[i][0] == "I" and (i == 0 or tags[i - 1][1:] != tags[i][1:]):
            tags[i] = "B-" + tags[i][2:]
    return tags


TITLES = {"mr", "mrs", "ms", "dr", "president", "prime", "minister", "senator", "sen", "rep", "gov", "governor", "general", "gen",
          "king", "queen", "prince", "princess", "pope", "sir", "lord", "lady", "professor", "prof", "secretary", "chancellor", "saint", "st"}


def hyphens(sentence, keep):
    """UD divides compounds at hyphens; corpora in Penn tokens do not. keep: a predicate for words that stay whole."""
    if not any("-" in w and not keep(w) for w in sentence["words"]):
        return sentence
    out = {k: [] for k in sentence if isinstance(sentence[k], list)}
    for i, w in enumerate(sentence["words"]):
        parts = [p for p in re.split(r"(-)", w) if p] if "-" in w and not keep(w) else [w]
        for k, part in enumerate(parts):
            for layer in out:
                tag = sentence[layer][i]
                out[layer].append(part if layer == "words" else "I" + tag[1:] if k and tag[0] == "B" else tag)
    return {**sentence, **out}


def whole(w):
    """Words that keep their hyphen in UD: prefixes, numbers, addresses, dashes."""
    return (not re.search(r"[A-Za-z]-[A-Za-z0-9]|[0-9]-[A-Za-z]", w) or "/" in w or "@" in w
            or re.match(r"(?i)(non|re|co|pre|post|anti|pro|multi|ex|mid|semi|sub|inter|e|de|counter|pan|neo|trans|over|under|un|mini)-", w) is not None)


def renamed(document, pool, chance):
    """
    The document with some of its people and places called by other names of the same kind and length, word by word, so that
    a name is known by its place and not only by heart. pool: (kind, length) -> list of names as lists of words.
    """
    out = []
    for s in document:
        names, words = s.get("names"), None
        if names:
            for i, tag in enumerate(names):
                if tag not in ("B-PER", "B-LOC"):
                    continue
                last = i
                while last + 1 < len(names) and names[last + 1] == "I-" + tag[2:]:
                    last += 1
                choice = pool.get((tag[2:], last + 1 - i))
                if choice and chance.random() < 0.4:
                    words = words or list(s["words"])
                    for k in range(i, last + 1):
                        words[k] = chance.choice(choice)[k - i]
        out.append({**s, "words": words} if words else s)
    return out


def names_in(documents):
    """The names of people and places of up to three words -> pool for `renamed`."""
    pool = {}
    for document in documents:
        for s in document:
            names = s.get("names") or []
            for i, tag in enumerate(names):
                if tag in ("B-PER", "B-LOC"):
                    last = i
                    while last + 1 < len(names) and names[last + 1] == "I-" + tag[2:]:
                        last += 1
                    words = s["words"][i:last + 1]
                    if len(words) <= 3 and all(w[0].isupper() for w in words):
                        pool.setdefault((tag[2:], len(words)), []).append(words)
    return pool


BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


def polnear(path):
    documents = []
    for line in gzip.open(path, "rt", encoding="utf-8"):
        document = []
        for s in json.loads(line)["s"]:
            names = []
            for i, kind in enumerate(s["ner"]):
                kind = FOLD.get(kind, kind)
                names.append("O" if kind == "O" else ("I-" if i and names[i - 1][2:] == kind else "B-") + kind)
            document.append(hyphens({"words": [BRACKETS.get(w, w) for w in s["w"]], "par": bool(s["np"]), "attr": s["a"], "names": names}, whole))
        documents.append(document)
    return documents


def crossner(path):
    documents, words, tags = [], [], []
    for line in open(path, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) == 2:
            words.append(fields[0])
            tags.append(fields[1][:2] + FOLD[fields[1][2:]] if fields[1] != "O" else "O")
        elif words:
            documents.append([hyphens({"words": words, "par": True, "names": tags}, whole)])
            words, tags = [], []
    if words:
        documents.append([hyphens({"words": words, "par": True, "names": tags}, whole)])
    return documents


def uner(path):
    """Universal NER on the words of an older EWT -> documents with words and names (PER, ORG and LOC only)."""
    documents, words, tags = [], [], []
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if line.startswith("# newdoc"):
            documents.append([])
        elif len(c) >= 3 and c[0].isdigit():
            words.append(c[1])
            tags.append(c[2] if c[2][2:] in KINDS else "O")
        elif not line.strip() and words:
            documents[-1].append({"words": words, "par": not documents[-1], "names": tags})
            words, tags = [], []
    if words:
        documents[-1].append({"words": words, "par": False, "names": tags})
    return documents
