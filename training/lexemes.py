"""Learns dictionary forms and features: a rule by ending for each tag, and the words that break it; see README.md.

usage: lexemes.py [--data ../../shared/data] [--to ../models/en]

The table derives from UD English EWT (CC BY-SA 4.0) and UD English GUM (CC BY and CC BY-SA by genre).
"""
import argparse
import collections
import gzip
import os


def read(path):
    for line in gzip.open(path, "rt", encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if len(c) == 10 and c[0].isdigit() and c[4] != "GW" and c[7] != "goeswith" and " " not in c[1] + c[2]:
            yield c[1], c[2], c[3], c[4], c[5]


def key(form):
    """The form under which a word is looked up: small letters, plain apostrophes; digits count as one word."""
    if any(c.isdigit() for c in form):
        return "#"
    return form.lower().replace("\u2019", "'").replace("\u2018", "'")


def change(form, lemma):
    """form → lemma as (ending taken off, ending put on)."""
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return form[n:], lemma[n:]


def lemma_rows(words):
    """words: (form, lemma, upos, xpos) -> rows case, ending and lemma."""
    rows, tags = [], collections.defaultdict(collections.Counter)
    for form, lemma, upos, xpos in words:
        tags[upos, xpos][form.replace("\u2019", "'").replace("\u2018", "'"), lemma] += 1
    for tag in sorted(tags):
        pairs = tags[tag]
        keep = sum(n for (f, l), n in pairs.items() if l == f and f != f.lower()) > sum(n for (f, l), n in pairs.items() if l == f.lower() and f != f.lower())
        name = f"{tag[0]} {tag[1]}"
        rows.append(("case", name, "keep" if keep else "lower", ""))
        best = {}   # a form's usual lemma
        for (f, l), n in sorted(pairs.items()):
            f = f if keep else f.lower()
            best.setdefault(f, collections.Counter())[l] += n
        usual = {f: max(sorted(c), key=c.get) for f, c in best.items() if not any(ch.isdigit() for ch in f)}
        rules = {}

        def apply(form):
            for n in range(min(6, len(form)), -1, -1):
                rule = rules.get(form[len(form) - n:])
                if rule is not None:
                    return form[:len(form) - rule[0]] + rule[1]
            return form

        for n in range(0, 7):
            votes = collections.defaultdict(collections.Counter)
            for f, l in usual.items():
                if len(f) >= n:
                    off, on = change(f, l)
                    if len(off) <= n or n == 6:
                        votes[f[len(f) - n:]][len(off), on] += 1
                    else:
                        votes[f[len(f) - n:]][None] += 1
            new = {}
            for ending, c in sorted(votes.items()):
                c.pop(None, None)
                if not c:
                    continue
                rule = max(sorted(c), key=c.get)
                forms = [f for f in usual if f.endswith(ending) and len(f) >= n]
                gain = sum(usual[f] == f[:len(f) - rule[0]] + rule[1] for f in forms) - sum(usual[f] == apply(f) for f in forms)
                if (n == 0 and rule != (0, "")) or gain >= 2:
                    new[ending] = rule
            rules.update(new)
        rows += [("ending", name, e, f"-{off}{'+' + on if on else ''}") for e, (off, on) in sorted(rules.items())]
        rows += [("lemma", name, f, l) for f, l in sorted(usual.items()) if apply(f) != l]
    return rows


# Past tense and participle of verbs that no rule gives; those that the treebanks have are learned from them.
IRREGULAR = """arise arose arisen, bear bore borne, beat beat beaten, become became become, begin began begun, bend bent bent, bet bet bet, bid bid bid,
bind bound bound, bite bit bitten, bleed bled bled, blow blew blown, break broke broken, breed bred bred, bring brought brought, broadcast broadcast broadcast,
build built built, burst burst burst, buy bought bought, cast cast cast, catch caught caught, choose chose chosen, cling clung clung, come came come, cost cost cost,
creep crept crept, cut cut cut, deal dealt dealt, dig dug dug, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed fed fed,
feel felt felt, fight fought fought, find found found, flee fled fled, fling flung flung, fly flew flown, forbid forbade forbidden, forecast forecast forecast,
foresee foresaw foreseen, forget forgot forgotten, forgive forgave forgiven, forgo forwent forgone, freeze froze frozen, get got gotten, give gave given, go went gone,
grind ground ground, grow grew grown, hide hid hidden, hit hit hit, hold held held, hurt hurt hurt, keep kept kept, know knew known, lay laid laid, lead led led,
leave left left, lend lent lent, let let let, lie lay lain, light lit lit, lose lost lost, make made made, mean meant meant, meet met met, mislead misled misled,
mistake mistook mistaken, misunderstand misunderstood misunderstood, outdo outdid outdone, overcome overcame overcome, oversee oversaw overseen,
overtake overtook overtaken, overthrow overthrew overthrown, override overrode overridden, overrun overran overrun, pay paid paid, put put put, quit quit quit,
read read read, rebuild rebuilt rebuilt, repay repaid repaid, rid rid rid, ride rode ridden, ring rang rung, rise rose risen, run ran run, say said said, see saw seen,
seek sought sought, sell sold sold, send sent sent, set set set, sever severed severed, shake shook shaken, shed shed shed, shine shone shone, shoot shot shot, show showed shown, shrink shrank shrunk,
shut shut shut, sing sang sung, sink sank sunk, sit sat sat, slay slew slain, sleep slept slept, slide slid slid, speak spoke spoken, speed sped sped, spend spent spent,
spin spun spun, split split split, spread spread spread, spring sprang sprung, stand stood stood, steal stole stolen, stick stuck stuck, sting stung stung,
stride strode stridden, strike struck struck, strive strove striven, swear swore sworn, sweep swept swept, swim swam swum, swing swung swung, take took taken,
teach taught taught, tear tore torn, tell told told, think thought thought, throw threw thrown, thrust thrust thrust, tread trod trodden, undergo underwent undergone,
understand understood understood, undertake undertook undertaken, undo undid undone, uphold upheld upheld, wake woke woken, wear wore worn, weave wove woven, weep wept wept,
win won won, wind wound wound, withdraw withdrew withdrawn, withhold withheld withheld, withstand withstood withstood, write wrote written"""


def irregular(rows):
    """Rows for the irregular verbs that the treebanks do not have."""
    given = {(name, form) for kind, name, form, _ in rows if kind == "lemma"}
    found = []
    for verb in IRREGULAR.replace("\n", " ").split(","):
        lemma, past, participle = verb.split()
        found += [("lemma", tag, form, lemma) for tag, form in (("VERB VBD", past), ("VERB VBN", participle)) if form != lemma and (tag, form) not in given]
    # Where the tagger takes a past for a present, no other verb can be meant.
    found += [("lemma", "VERB VBP", "shot", "shoot"), ("lemma", "VERB VBP", "slew", "slay")]
    return found


def spelled(rows, vectors, most=120000):
    """
    Regular forms of verbs whose stem the endings get wrong: where what they give is no word and the stem with e or one of its
    double letters less is one. Words by falling frequency, from the vectors' list.
    """
    import json
    known = [w for w in json.load(open(vectors, encoding="utf-8"))["words"][:most] if w.isascii() and w.isalpha()]
    rank = {w: i for i, w in enumerate(known)}
    found = []
    for tag, ending in (("VERB VBD", "ed"), ("VERB VBN", "ed"), ("VERB VBG", "ing")):
        rules = {e: v for kind, name, e, v in rows if kind == "ending" and name == tag}
        given = {e for kind, name, e, v in rows if kind == "lemma" and name == tag}
        for word in known:
            if not word.endswith(ending) or len(word) < len(ending) + 3 or word in given:
                continue
            rule = next((rules[word[len(word) - n:]] for n in range(min(6, len(word)), -1, -1) if word[len(word) - n:] in rules), "-0")
            off, _, on = rule[1:].partition("+")
            guess = word[:len(word) - int(off)] + on
            stem = word[:-len(ending)]
            best = min((w for w in (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem) if w in rank), key=rank.get, default=None)
            # A stem that is rarer than its own form is a slip or a name, and no verb.
            if best and best != guess and (guess not in rank or rank[best] * 4 < rank[guess]) and rank[best] < 4 * rank[word] + 20000:
                found.append(("lemma", tag, word, best))
    return found


def feature_rows(words):
    """words: (form, upos, xpos, features) -> rows features (of a tag) and word (of a word with a tag)."""
    tags = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for form, upos, xpos, features in words:
        tags[upos, xpos][key(form)][features] += 1
    rows = []
    for tag in sorted(tags):
        total = collections.Counter()
        for c in tags[tag].values():
            total.update(c)
        usual = max(sorted(total), key=total.get)
        name = f"{tag[0]} {tag[1]}"
        rows.append(("features", name, "", usual))
        for form in sorted(tags[tag]):
            c = tags[tag][form]
            best = max(sorted(c), key=c.get)
            if best != usual and c[best] > c[usual] and (sum(c.values()) > 1 or tag[0] in ("PRON", "DET", "NUM", "ADV", "AUX")):
                rows.append(("word", name, form, best))
    return rows


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=os.path.join(here, "..", "..", "shared", "data"))
    parser.add_argument("--to", default=os.path.join(here, "..", "models", "en"))
    parser.add_argument("--vectors", help="as for train.py: its list of words tells 'ridicule' from 'ridicul'")
    a = parser.parse_args()
    words = [w for n in ("ewt", "gum") for w in read(os.path.join(a.data, "treebank", n + ".train.conllu.gz"))]
    typo = lambda w: "Typo=Yes" in w[4] or "CorrectForm" in w[4] or w[2] == "X"
    rows = lemma_rows([(f, l, u, x) for f, l, u, x, _ in words if not typo((f, l, u, x, _))])
    rows += irregular(rows)
    if a.vectors:
        rows += spelled(rows, a.vectors)
    rows += feature_rows([(f, u, x, feats) for f, _, u, x, feats in words if "Typo" not in feats])
    with open(os.path.join(a.to, "lexemes.tsv"), "w", encoding="utf-8") as f:
        f.write("# Dictionary forms and features, learned from UD English EWT and GUM by training/lexemes.py.\n"
                "# case: whether a tag's lemmas keep capitals. ending: units taken off and letters put on. lemma: a word that breaks the rule.\n"
                "# features: what a tag usually has. word: what a word with that tag has; # stands for any word with a digit.\n")
        for row in rows:
            f.write("\t".join(row) + "\n")
    print(len(rows), "rows", collections.Counter(r[0] for r in rows))


main()
