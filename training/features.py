"""What the encoder sees of a word: the ids that src/Chancery/Language/Features.cs computes, to the bit.

Both sides hash with 32-bit FNV-1a over UTF-8, so there is no table to ship but the vocabulary.
"""
import unicodedata

WINDOW = 64          # words in a window of whole sentences; a longer sentence is a window of its own
HASHED_WORDS = 3000  # rows for words outside the vocabulary
BUCKETS = {"prefix3": 4000, "suffix4": 8000, "suffix3": 4000, "suffix2": 1000, "shape": 500}
NAMES = ["word", "prefix3", "suffix4", "suffix3", "suffix2", "shape", "place"]
GRAMS, GRAM_ROWS = 16, 20000  # letter groups of a word and their rows
PLACES = 8           # quoted, sentence start, paragraph start
LONGEST_QUOTATION = 150  # words, after which an unclosed quotation mark is taken for a slip


def fnv(text):
    h = 2166136261
    for byte in text.encode("utf-8", "surrogatepass"):
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h


def fold(form):
    """Lower case, decimal digits as 0, typographic apostrophes and quotation marks as plain ones."""
    return "".join(_FOLDED.get(c) or ("0" if unicodedata.category(c) == "Nd" else lower(c)) for c in form)


_FOLDED = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}


def lower(c):
    """One character to one character, as .NET's invariant culture does."""
    l = c.lower()
    return l if len(l) == 1 else c


def shape(form):
    """Xx, XX, 0.0, x-X …: classes of characters, a run of one class written at most twice; then length up to 12."""
    out = []
    for c in form:
        k = unicodedata.category(c)
        s = "X" if k in ("Lu", "Lt") else "x" if k[0] == "L" else "0" if k == "Nd" else c
        if len(out) < 2 or out[-1] != s or out[-2] != s:
            out.append(s)
    return "".join(out) + str(min(len(form), 12))


def grams(folded):
    """The groups of three and four letters of a word with its bounds marked, the middle of a long word left out."""
    text = "<" + folded + ">"
    found = [text[i:i + n] for i in range(len(text) - 2) for n in (3, 4) if i + n <= len(text)]
    return found if len(found) <= GRAMS else found[:GRAMS // 2] + found[-GRAMS // 2:]


def gram_ids(form):
    ids = [1 + fnv(g) % GRAM_ROWS for g in grams(fold(form))]
    return ids + [0] * (GRAMS - len(ids))


def word_ids(form, vocabulary):
    f = fold(form)
    hashed = 1 + fnv(f) % HASHED_WORDS
    known = vocabulary.get(f)
    return (1 + HASHED_WORDS + known if known is not None else hashed, hashed,
            1 + fnv(f[:3]) % BUCKETS["prefix3"], 1 + fnv(f[-4:]) % BUCKETS["suffix4"], 1 + fnv(f[-3:]) % BUCKETS["suffix3"],
            1 + fnv(f[-2:]) % BUCKETS["suffix2"], 1 + fnv(shape(form)) % BUCKETS["shape"])


OPEN, CLOSE, EITHER = ("\u201c", "``", "\u00ab", "\u201e"), ("\u201d", "''", "\u00bb"), ('"', "\uff02")


def quoted(sentences):
    """sentences: (words, starts_paragraph) of one document, in order -> a bit for each word, marks included."""
    inside, since = False, 0
    for words, paragraph in sentences:
        if paragraph:
            inside = False
        bits = []
        for w in words:
            if inside and since >= LONGEST_QUOTATION:
                inside = False
            if w in OPEN or (w in EITHER and not inside):
                inside, since = True, 0
                bits.append(1)
            elif w in CLOSE or w in EITHER:
                bits.append(1 if inside else 0)
                inside = False
            else:
                bits.append(1 if inside else 0)
            since += 1
        yield bits


def pack(lengths, limit=WINDOW):
    """Whole consecutive sentences, at most limit words together -> (first, end) of each window."""
    windows, first, total = [], 0, 0
    for i, n in enumerate(lengths):
        if total and total + n > limit:
            windows.append((first, i))
            first, total = i, 0
        total += n
    if total:
        windows.append((first, len(lengths)))
    return windows
