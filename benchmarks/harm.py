"""Print what rules take out of a corpus, in context, for reading.

python -m benchmarks.harm "caption.*" CORPUS.jsonl.gz [--sample 100] [--source control-clean] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase

import newsclean
from benchmarks.corpus import read
from newsclean.article import Article
from newsclean.model import Cut

_CONTEXT = 45


def cuts(corpus: str, glob: str, source: str) -> Iterator[tuple[str, Article, Cut]]:
    """Every cut of the rules that match `glob`, with its document's id and article."""
    cleaner = newsclean.Cleaner()
    for record in read(corpus):
        if source and record.get("source") != source:
            continue
        article = cleaner.clean(record["text"])
        for cut in article.removed:
            if fnmatchcase(cut.rule, glob) or cut.category == glob:
                yield record["id"], article, cut


def in_context(article: Article, cut: Cut) -> str:
    """A cut in double brackets with what stands around it, on one line."""
    text = article.document.source
    start, end = cut.span
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return f"{before}⟦{cut.text}⟧{after}".replace("\n", "⏎").replace("\t", "⇥")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("glob", help='a rule id, a glob such as "promo.*", or a category')
    parser.add_argument("corpus")
    parser.add_argument("--sample", type=int, default=100, help="how many cuts to print (default 100)")
    parser.add_argument("--source", default="", help="only records of this source")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = list(cuts(options.corpus, options.glob, options.source))
    sample = random.Random(options.seed).sample(found, min(options.sample, len(found)))
    for record_id, article, cut in sorted(sample, key=lambda item: item[2].rule):
        print(f"{record_id} {cut.rule} | {in_context(article, cut)}")
    counts = Counter(cut.rule for *_, cut in found)
    print(f"\n{len(found)} cuts, {len(sample)} printed")
    for rule, count in counts.most_common():
        print(f"{count:7d} {rule}")


if __name__ == "__main__":
    main()
