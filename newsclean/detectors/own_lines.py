"""Lines above the first sentence that are the text's own: its verses, subheads, turns, what runs on below."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

from newsclean.late import late
from newsclean.model import Span
from newsclean.sentence import finished
from newsclean.sheet import Sheet

PLAIN_HEAD: Final = late(r"(?!\W*[▲△◇◆○●▶▷■□※①-⑳•·<《\[(])[^.?!]{12,}(?:[^.?!\W]|[’'”\"…])\s?[-–―—]?")
_QUOTED_END: Final = 12  # code points; more closing marks than that end no sentence
_QUOTED_STOP: Final = late(r"[^.]\.[\"'”’」』)\]]+$")  # `… 밤.”` is a sentence, whatever it ends in


def without_own(sheet: Sheet, heads: list[Span], lede: Span) -> list[Span]:
    """Lines above the lede without those that belong to the text."""
    while heads and any(belongs(sheet, heads[-1], lede) for belongs in _OWN):
        heads = heads[:-1]
    verses = list(takewhile(lambda line: _VERSE.fullmatch(sheet.slice(line)), reversed(heads)))
    return heads[: -len(verses)] if len(verses) >= _POEM else heads


_VERSE: Final = late(r"[가-힣]+(?: [가-힣]+){1,6},?")  # decks have a quotation, a number, a mark somewhere
_POEM: Final = 3  # lines


def _is_wrapped(sheet: Sheet, line: Span, lede: Span) -> bool:
    """Whether a line runs on in the one below, or fills the width of a hard-wrapped text."""
    below = sheet.line_after(line)
    if not (sheet.text[line.end - 1].isalnum() and sheet.text[below.start] not in _BRACKETS):
        return False
    if not sheet.is_free(Span(below.start, below.start + 1)):
        return False
    rest = from_lede(sheet, lede)
    if not (runs_on(sheet, line) or _is_narrow(sheet, below) + _narrow_lines(sheet, lede) >= _WRAPS):
        filled = line.end - line.start + 1 + len(sheet.slice(below).split(None, 1)[0])
        if any(filled < 0.9 * (other.end - other.start) and not sheet.is_claimed(other) for other in rest):
            return False
    breaks = [sheet.text.count("\n", above.end, under.start) for above, under in pairwise(rest)]
    return sheet.text.count("\n", line.end, below.start) <= min(breaks, default=1)


def runs_on(sheet: Sheet, line: Span) -> bool:
    """Whether a line, no item of a list, breaks off in mid-sentence."""
    plain = sheet.text[line.start] not in _MARKS and sheet.is_free(line)
    return plain and bool(_CONTINUED.search(sheet.text, line.start, line.end))


def _is_narrow(sheet: Sheet, line: Span) -> bool:
    """Whether a short line breaks off in mid-sentence, as those of a hard-wrapped text do."""
    return line.end - line.start <= _NARROW and runs_on(sheet, line)


@lru_cache(maxsize=1)
def _narrow_lines(sheet: Sheet, lede: Span) -> int:
    return sum(_is_narrow(sheet, line) for line in from_lede(sheet, lede))


_MARKS: Final = frozenset("△▲◇◆○●◎□■▷▶•·-–")
_NARROW: Final = 45  # code points
_WRAPS: Final = 2
_BRACKETS: Final = ("[", "(", "<", "【")
# Particles and endings, not the nouns that headlines end in and that look like them (`마을`, `차이`, `사고`).
_CONTINUED: Final = late(
    r"(?:[은는를며,]|(?<![마가노])을|(?<![차아나린사높깊길넓많])이|(?<![인은는던한된난간])가"
    r"|[하되있없라다냐자키리지치꺾았었했였]고|면서|지만|는데|도록|려고|에서|에게|하자|되자|더니|쯤|동안"
    r"|에 (?:대해|따라|의해|관해)|[을를] (?:위해|통해)|[와과] 함께)$"
)


def _is_above_rest(sheet: Sheet, line: Span, lede: Span) -> bool:
    """Whether the end of its own sentence stands right below a line: a few words with their full stop."""
    below = sheet.line_after(line)
    text = sheet.slice(below)
    tied = sheet.text.count("\n", line.end, below.start) == 1 and below.start < lede.start
    ends = len(text) <= _REST and text.endswith(".") and text[:-1] not in sheet.slice(line)
    return tied and ends and sheet.text[line.end - 1].isalnum()


_REST: Final = 15  # code points; a longer sentence may be the lede


def _is_subhead(sheet: Sheet, line: Span, lede: Span) -> bool:
    """Whether a line is the text's first subhead: others of its form stand between the paragraphs."""
    first = sheet.text[line.start]
    alike = (
        other
        for other in from_lede(sheet, lede)[1:]
        if sheet.text[other.start] == first and abs(other.end - other.start - line.end + line.start) <= _ALIKE
    )
    return sheet.text[line.end - 1] != "." and any(_same_form(sheet, line, other) for other in alike)


def _same_form(sheet: Sheet, line: Span, other: Span) -> bool:
    """Whether two lines have the same mark in front, or the same words around their numbers."""
    texts = (sheet.slice(line), sheet.slice(other))
    same = texts[0][0] in ">#" or _NUMBER.sub("0", texts[0]) == _NUMBER.sub("0", texts[1])
    return same and not sheet.is_claimed(other)


def _is_item(sheet: Sheet, line: Span, lede: Span) -> bool:
    """Whether a line heads the first item of a round-up: below, headlines and paragraphs alternate one by one."""
    rest = from_lede(sheet, lede)
    heads = rest[1::2]
    if len(heads) < _ITEMS or sheet.line_after(line) != lede:
        return False
    if not all(finished(sheet.slice(text)) for text in rest[::2]):
        return False
    texts = [sheet.slice(head) for head in heads if sheet.is_free(head)]
    return len(texts) == len(heads) and all(PLAIN_HEAD.fullmatch(text) and not finished(text) for text in texts)


_ITEMS: Final = 2  # below the first


def _is_turn(sheet: Sheet, line: Span, lede: Span) -> bool:
    """Whether a line says who speaks: lines like it stand above sentences further down."""
    text = sheet.slice(line)
    bracketed = bool(_BRACKETED.fullmatch(text))
    if not bracketed and len(text) > _SPEAKER:
        return False
    for other, below in pairwise(line for line in sheet.lines if line.start > lede.start):
        words = sheet.slice(other)
        alike = words == text or (bracketed and words[0] == text[0] and _BRACKETED.fullmatch(words))
        if alike and sheet.is_free(other) and begins_text(sheet, sheet.slice(below)):
            return True
    return False


_BRACKETED: Final = late(r"[\[<【(][^\[\]<>【】()]{1,30}[\]>】)]")
_SPEAKER: Final = 16  # code points
_NUMBER: Final = late(r"\d+")
_ALIKE: Final = 12  # code points between the lengths of two subheads


_OWN: Final = (_is_wrapped, _is_above_rest, _is_subhead, _is_item, _is_turn)


@lru_cache(maxsize=1)
def from_lede(sheet: Sheet, lede: Span) -> list[Span]:
    """The lines from the lede to the last running text; what stands below is the page's."""
    end = sheet.last_body.start if sheet.last_body else len(sheet.text)
    return [line for line in sheet.lines if lede.start <= line.start <= max(end, lede.start)]


def is_sentence(sheet: Sheet, text: str) -> bool:
    """A finished stretch; in a text that sets its full stops, one without a stop is a headline (`… 문 닫는다`)."""
    if _QUOTED_STOP.search(text[-_QUOTED_END:]):
        return True
    return finished(text) and (text.endswith((".", "!", "?")) or sheet.text.count("다.") < 3)


def begins_text(sheet: Sheet, text: str) -> bool:
    """Whether a stretch is a sentence of the text, not of a button: long, or told (`… 만났다.`)."""
    return is_sentence(sheet, text) and len(text) >= (_TOLD_SENTENCE if text.endswith("다.") else _SENTENCE)


_SENTENCE: Final = 20  # code points
_TOLD_SENTENCE: Final = 15
