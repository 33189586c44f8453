"""Print how general the rules are: rules, the different phrases they took, and on how many publishers each fires.

python -m benchmarks.coverage CORPUS.jsonl.gz [--rules]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks.mine import cleaned, masked
from newsclean.article import Article
from newsclean.rule import RulePack

Found = dict[str, tuple[set[str], set[str], int]]


def fired(articles: Iterator[tuple[dict[str, Any], Article]]) -> Found:
    """For each rule that fired: the masked phrases it took, the publishers of the documents, and its cuts."""
    found: Found = defaultdict(lambda: (set(), set(), 0))
    for record, article in articles:
        publisher = record.get("publisher") or article.publisher or f"? {record.get('source', '')}"
        for cut in article.removed:
            phrases, publishers, cuts = found[cut.rule]
            phrases.add(masked(cut.text))
            publishers.add(publisher)
            found[cut.rule] = phrases, publishers, cuts + 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="JSON Lines with id and text, perhaps publisher and source; .gz or not")
    parser.add_argument("--rules", action="store_true", help="a line for each rule")
    options = parser.parse_args()
    found = fired(cleaned(options.corpus))
    rows = sorted(found.items(), key=lambda item: -len(item[1][1]))
    for rule, (phrases, publishers, cuts) in rows if options.rules else ():
        print(f"{rule:34s} publishers {len(publishers):4d}  phrases {len(phrases):5d}  cuts {cuts:6d}")
    phrases_taken = sum(len(phrases) for phrases, _, _ in found.values())
    counts = [len(publishers) for _, publishers, _ in found.values()]
    print(f"rules {len(RulePack.default())}, fired {len(found)}, different phrases taken {phrases_taken}")
    print(f"publishers a rule fires on: median {median(counts):g}, at most {max(counts)}, one only {counts.count(1)}")


if __name__ == "__main__":
    main()
