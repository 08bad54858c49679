"""Writes text that nobody annotated as a file a document, for `chancery parse` to divide into words and distill.py to have annotated.

usage: texts.py --news ngec-synthetic-news.csv.gz --written events-written.tsv [--to run/texts]      (makes run/texts/news and run/texts/written)
"""
import argparse
import csv
import gzip
import os
import re


def news(path):
    """The stories of NGEC, each once, without the sentence in which a story breaks off and without those that hold more than prose."""
    seen = set()
    for row in csv.DictReader(gzip.open(path, "rt", encoding="utf-8", newline="")):
        text = row["text"].strip().replace("\r", "")
        ends = [m.end() for m in re.finditer(r"[.!?][\"”')]*(?=\s|$)", text)]
        text = text[:ends[-1]] if ends else ""
        start = text[:80]
        if len(text.split()) < 20 or start in seen or re.search(r"https?:|###|[{}]|[^\x00-\u024f\u2000-\u206f]", text):
            continue
        seen.add(start)
        text = re.sub(r"\n\s*\n+", "\n\n", text)
        yield re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def written(path):
    for line in open(path, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if line[0] != "#" and len(fields) == 2 and fields[0] != "gold_root":
            yield re.sub(r"</?[st]>", "", fields[1])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--news", required=True)
    parser.add_argument("--written", default=os.path.join(here, "events-written.tsv"))
    parser.add_argument("--to", default=os.path.join(here, "run", "texts"))
    a = parser.parse_args()
    for name, documents in (("news", news(a.news)), ("written", written(a.written))):
        os.makedirs(os.path.join(a.to, name), exist_ok=True)
        count = 0
        for count, text in enumerate(documents, 1):
            with open(os.path.join(a.to, name, f"{count:05}.txt"), "w", encoding="utf-8") as f:
                f.write(text + "\n")
        print(name, count)


main()
