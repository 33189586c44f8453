"""Text that stands a second time: as a copy, or in another language."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import takewhile
from typing import Final

from newsclean.detectors.lede import TIED
from newsclean.detectors.own_lines import is_sentence
from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.segment import trim
from newsclean.sentence import HANGUL, finished
from newsclean.sheet import Sheet

_WORD: Final = late(r"\w")
_REPEAT: Final = 45  # code points; a shorter sentence may be said twice on purpose


def repeated(sheet: Sheet, rule: Rule) -> list[Label]:
    """Text that stands twice: the earlier copy in front of the article is a summary, a later one a duplicate."""
    summary = rule.category is Category.SUMMARY
    copies = _copies(_repeats(sheet))
    if summary:
        copies = [copy for copy in copies if _is_summary(sheet, copy)]
    else:  # what is left behind the summaries
        copies = [copy for copy in copies if len(copy) > 1 or not _said_in_passing(sheet, copy[0][1])]
    return [label for copy in copies for pair in copy for label in rule.claims(pair[0 if summary else 1])]


def _said_in_passing(sheet: Sheet, sentence: Span) -> bool:
    """Whether one repeated sentence stands in the middle of a paragraph that says more: a statement quotes itself."""
    line = sheet.line_at(sentence.start)
    before, after = Span(line.start, sentence.start), Span(sentence.end, line.end)
    apart = "  " in (sheet.text[sentence.start - 2 : sentence.start], sheet.text[sentence.end : sentence.end + 2])
    return not (apart or _is_fenced(sheet, sentence) or sheet.is_claimed(before) or sheet.is_claimed(after))


def _is_fenced(sheet: Sheet, sentence: Span) -> bool:
    """Whether a claim stands directly on either side."""
    before, after = sheet.before(sentence.start + 1), sheet.after(sentence.end)
    if before is None or after is None or Category.CUE in (before.category, after.category):
        return False
    return max(sentence.start - before.end, after.start - sentence.end) < _NEAR


def _copies(pairs: list[tuple[Span, Span]]) -> list[list[tuple[Span, Span]]]:
    """Pairs of equal gaps by the copy of the text they belong to. A copy has one fate, or none would stay whole."""
    copies: list[list[tuple[Span, Span]]] = []
    for first, second in pairs:
        if copies and copies[-1][-1][0] < first < copies[-1][0][1] and copies[-1][-1][1] < second:
            copies[-1].append((first, second))
        else:
            copies.append([(first, second)])
    return copies


@lru_cache(maxsize=1)
def _repeats(sheet: Sheet) -> list[tuple[Span, Span]]:
    """Pairs of equal gaps, quotation marks aside. Short ones count in a run with a long pair, or side by side.

    The shortest count only as what a line holds behind its sentence.
    """
    plain = _plain_quotes(sheet.text)
    texts = [plain[start:end] for start, end in sheet.free]
    if len(set(texts)) == len(texts):
        return []
    gaps = [(text, gap) for text, gap in zip(texts, sheet.free, strict=True) if _WORD.search(text)]
    latest_at: dict[str, int] = {}
    runs: list[list[tuple[int, int]]] = []
    for number, (text, gap) in enumerate(gaps):
        earlier = latest_at.get(text)
        latest_at[text] = number
        if earlier is None:
            continue
        if len(text) < _MIN_REPEAT and not _ends_line(sheet, gaps[number - 1], gap):
            continue
        if runs and runs[-1][-1] == (earlier - 1, number - 1):
            runs[-1].append((earlier, number))
        else:
            runs.append([(earlier, number)])
    pairs = [pair for run in runs if _is_copy(run, [gaps[earlier][0] for earlier, _ in run]) for pair in run]
    return [(gaps[earlier][1], gaps[later][1]) for earlier, later in pairs]


def _plain_quotes(text: str) -> str:
    """The text with straight quotation marks where it has both kinds: portals write their summaries with these."""
    if "'" in text:
        text = text.replace("‘", "'").replace("’", "'")
    return text.replace("“", '"').replace("”", '"') if '"' in text else text


def _ends_line(sheet: Sheet, sentence: tuple[str, Span], gap: Span) -> bool:
    """Whether a gap is what a line holds behind its last sentence: a photographer's name."""
    text, span = sentence
    line = sheet.line_at(gap.start)
    return span.start >= line.start and gap.end == line.end and finished(text)


def _is_copy(run: list[tuple[int, int]], texts: list[str]) -> bool:
    """Whether a run of equal gaps is no coincidence: one is long, or stands beside its copy, or they are many."""
    longest = max(map(len, texts))
    beside = run[0][1] == run[0][0] + 1 and longest >= _BESIDE
    many = len(run) >= _MANY and sum(map(len, texts)) >= 2 * _REPEAT and any(map(finished, texts))
    return longest >= _REPEAT or beside or many


_MIN_REPEAT: Final = 8  # code points; less is the head of a table
_BESIDE: Final = 20
_MANY: Final = 4  # gaps; a refrain has fewer, a table of equal rows no sentence


def _is_summary(sheet: Sheet, copy: list[tuple[Span, Span]]) -> bool:
    """Whether a clear mark of the article's start stands between the two copies, and none in front of the first.

    A headline said twice is none; one that stands a second time between paragraphs is a deck, and then a subhead.
    """
    first, second = copy[0]
    if not _at_top(sheet, first):
        return False
    opener = sheet.before(first.start + 1)
    if opener is not None and opener.category in TIED and first.start - opener.end < _NEAR:
        return False
    between = sheet.within(Span(first.end, second.start))
    if not any(c.category in _STARTS and not _signs(sheet, c, first, copy[-1][1]) for c in between):
        return False
    told = any(is_sentence(sheet, sheet.slice(one)) for one, _ in copy) or _is_amid_text(sheet, first, second)
    return told and not _is_whole(sheet, copy)


def _is_whole(sheet: Sheet, copy: list[tuple[Span, Span]]) -> bool:
    """Whether the second copy is all that stands there: the article comes twice."""
    seconds = {second for _, second in copy}
    return all(gap in seconds or not finished(sheet.slice(gap)) for gap in sheet.free_from(copy[0][1].start))


def _is_amid_text(sheet: Sheet, first: Span, second: Span) -> bool:
    """Whether sentences stand in front of the second copy, not the first itself, and behind it."""
    index = bisect_left(sheet.free, second)
    around = sheet.free[max(index - 1, 0) : index + 2]
    return (
        len(around) == 3
        and around[0] != first
        and finished(sheet.slice(around[0]))
        and finished(sheet.slice(around[2]))
    )


_STARTS: Final = {Category.UI, Category.TIMESTAMP, *TIED}


def _signs(sheet: Sheet, claim: Label, first: Span, last: Span) -> bool:
    """Whether a byline between two copies signs the first, so that the second is the copy.

    With an address, and both again right behind the second; or on a line of its own where the article has begun.
    """
    if claim.category is not Category.BYLINE:
        return False
    behind = sheet.after(claim.end)
    signature = sheet.text[claim.start : claim.end]
    mailed = behind is not None and behind.category is Category.EMAIL and behind.start - claim.end < _NEAR
    again = sheet.text.find(signature, last.end) if mailed or "@" in signature else -1
    if again >= 0:
        near = takewhile(lambda gap: gap.start < again, sheet.free_from(last.end))
        if not any(finished(sheet.slice(gap)) for gap in near):
            return True
    return sheet.first_body_start < first.start and (mailed or sheet.is_claimed(sheet.line_at(claim.start)))


_NEAR: Final = 4  # code points


def _at_top(sheet: Sheet, span: Span) -> bool:
    return span.start < len(sheet.text) // 2


def above_widget(sheet: Sheet, rule: Rule) -> list[Label]:
    """A portal's summary, however short: the sentences above its first widget stand in the text below once more.

    All of them, but for the one that the headline is glued to in a flattened text.
    """
    widget = next((claim for claim in sheet.claims if claim.rule in _WIDGETS), None)
    if widget is None or widget.start > len(sheet.text) // 2:
        return []
    gaps = takewhile(lambda gap: gap.end <= widget.start, sheet.free)
    above = [gap for gap in gaps if is_sentence(sheet, sheet.slice(gap))]
    if len(above) > _LONGEST:
        return []
    body = takewhile(lambda gap: gap.start <= sheet.last_sentence_start, sheet.free_from(widget.end))
    below = "\n".join(_plain_quotes(sheet.slice(gap)) for gap in body)
    copies = [gap for gap in above if _stands_in(below, _plain_quotes(sheet.slice(gap)))]
    if copies not in (above, above[1:]):
        return []
    return [label for gap in copies for label in rule.claims(gap)]


def _stands_in(text: str, sentences: str) -> bool:
    return all(len(sentence) >= _SENTENCE and sentence in text for sentence in _GLUED.split(sentences))


_WIDGETS: Final = {"ui.listen-translate", "ui.translated-by", "ui.font-size-notice"}
_GLUED: Final = late(r"(?<=[다요죠까]\.)(?=['\"\w])")
_SENTENCE: Final = 15  # code points
_LONGEST: Final = 12  # sentences of a summary; each is looked up in the text below
_FOREIGN: Final = 300  # code points; shorter foreign text is a quotation or a name


def translation(sheet: Sheet, rule: Rule) -> list[Label]:
    """A version in another script behind the Korean article: the last stretch, long, and without Hangul."""
    last = next((gap for gap in reversed(sheet.free) if HANGUL.search(sheet.slice(gap))), None)
    if last is None or last.end < _FOREIGN // 3 or len(sheet.text) - last.end < _FOREIGN:
        return []
    start, end = last.end, len(sheet.text)
    korean = [claim for claim in sheet.claims if claim.start >= start and HANGUL.search(sheet.text, *claim[:2])]
    for claim in korean:  # a disclaimer in front of it, a rights line behind it
        if trim(sheet.text, start, claim.start):
            end = claim.start
            break
        start = claim.end
    span = trim(sheet.text, start, end)
    return rule.claims(span) if span and _is_foreign(sheet.slice(span)) else []


def _is_foreign(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    sentences = text.count(". ") + text.count(".\n")
    return len(text) >= _FOREIGN and letters > 200 and len(HANGUL.findall(text)) <= letters // 50 and sentences >= 2
