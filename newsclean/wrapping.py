"""Hard-wrapped paragraphs (mails, PDFs, hand copies): which line breaks only wrap, and what stands there instead.

Precision before recall. A width is proven by a paragraph of four lines or more that are all as full as its
width lets them be, end in mid-sentence, and whose last ends like a sentence; or by many shorter ones that all fill one
width. Shorter paragraphs of a proven width follow. Poems, lists, tables, headlines and a sentence a line hardly
ever look like this together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from newsclean.late import late
from newsclean.sentence import finished
from newsclean.unwrap import NARROWEST, PROOF, WIDEST, Space

Join = tuple[int, int, str]

_LOOSE: Final = 4  # what proportional type and the widths of quotation marks leave open at a line's end
_HARD: Final = 2  # a full-width character that does not fit and a lost space leave no more than this
_TOGETHER: Final = 6  # line breaks that prove a width, whatever the length of their paragraphs
_CONTEXT: Final = 40  # code points each side that a question shows

_NEAR: Final = 4000  # code points each side in which a text's own spelling is looked up

_WIDE: Final = frozenset("WF")  # East Asian widths, by Unicode's annex 11
_WIDE_IN_ASIA: Final = frozenset("WFA")

# What begins an item, a speech, a question, a notice; the colon of a speaker or of a field stands early.
_ITEM: Final = late(
    r"[-*+•●○◦▶▷►▸■□◆◇★☆△▲▽▼※☞ⓒ©◎⊙#>|=_~①-⑳㈀-㈏]|[·ㆍ] |\(?\d{1,2}[.)] |[가나다라마바사아자차카타파하]\) "
    r"|[QA][.:)]|[^\s:：]{1,8}(?: [^\s:：]{1,6})? ?[:：](?!\d)|(?:https?|www)"
)
_BRACKET: Final = late(r"[\[【<〈(（]")
_TABLE: Final = late(r"\t|\S {3,}\S|\|| / .* / |@|https?:")
_LISTED: Final = late(r"[△▲▷▶◇◆■□●○•]")
_HANGUL: Final = late(r"[가-힣]")

# A right line that begins in mid-word: a particle or an ending that is no word of its own.
_TAIL: Final = late(
    r"(?:[을를은는의에]|에서|에게|에는|으로|까지|부터|라고|다고|라며|다며|다는|라는|습니다|면서|[다요죠까](?=[.?!\"”’]))"
    r"(?![가-힣])"
)
_OPEN_END: Final = late(r"[(\[{（“‘「『〈《【·ㆍ~/-]$|(?:^|\s)[\"']$")
_CLOSE_START: Final = late(
    r"[)\]}）”’」』〉》】·‧ㆍ~/,.!?%]|-(?=\S)|[\"'](?:이?라[고며는]|고 |며 |이?다[.고며]|[은는이가을를의에로]? )"
)
_ENDED: Final = late(r"\.[\"'”’」』)\]]*$")
# How a line ends in mid-sentence: particles, connective and adnominal endings, commas.
_GOES_ON: Final = late(
    r"(?:[을를이가은는의에로고며과와도서면지게한할인된될갈날낼릴볼질칠킬던해여려만록된및등,]|까지|부터|보다|처럼|밖에)$"
)
_CLAUSE: Final = late(r"(?:[고며면]|면서|도록|지만|는데|어서|아서)[,.]?$")
_CLOSED: Final = late(r"[….?!\"'”’)\]]$")
_STOP: Final = late(r"[,.!?;:]$")
_UNIT: Final = late(  # of the number in front, with nothing behind it but a particle
    r"(?:[년월일시분초명개원만억조천백여대건회차층위세호주승패점배번곳살평m㎡%]|포인트|달러|학년)(?=[^가-힣]|[을를이가은는의에도로와과간째쯤씩]|$)"
)


class _Line(NamedTuple):
    """A line without the white space around it; `size` and `first` (word) in the measure of the moment."""

    start: int
    end: int
    text: str
    size: int
    first: int


class _Run(NamedTuple):
    """Lines that fill one width, the last one maybe not; `whole` if blank lines stand around them."""

    lines: list[_Line]
    width: int
    whole: bool

    def full(self) -> list[_Line]:
        return self.lines[:-1]

    def ends(self) -> int:
        """How many of the full lines end like a sentence."""
        return sum(finished(line.text) for line in self.full())

    def fills(self, width: int, slack: int) -> bool:
        """Whether no line has room for the next line's first word."""
        return all(left.size + max(1 + right.first, slack) > width for left, right in pairwise(self.lines))


def joins(text: str, space: Space) -> list[Join]:
    """The line breaks that only wrap a paragraph: start, end, and what stands there instead (" " or "").

    `space` is asked only where nothing cheaper settles it. A paragraph for which it once answers None
    stays as it is. In a block of several paragraphs, a full line that ends a sentence keeps its break.
    What is joined may prove a neighbour, which a second call then finds.
    """
    runs = max((_wrapped(text, size) for size in (_columns, len, _asian_columns)), key=_breaks)
    if not runs:
        return []
    answers = (lambda _left, _right: True) if _at_words(runs) else _answers(text, runs, space)
    return [join for run in runs for join in _joined(run, answers)]


def _breaks(runs: list[_Run]) -> int:
    return sum(len(run.full()) for run in runs)


def _columns(text: str) -> int:
    return len(text) + sum(map(_WIDE.__contains__, map(east_asian_width, text)))


def _asian_columns(text: str) -> int:
    return len(text) + sum(map(_WIDE_IN_ASIA.__contains__, map(east_asian_width, text)))


def _wrapped(text: str, size: Callable[[str], int]) -> list[_Run]:
    """The wrapped paragraphs, if some of them prove a width in this measure."""
    blocks = [list(_runs(block)) for block in _blocks(text, size)]
    proofs = [run for block in blocks for run in _proofs(block)] or _proofs_together(blocks)
    if not proofs:
        return []
    width = max(run.width for run in proofs)
    proven = {run.lines[0].start for run in proofs}
    runs = [run for block in blocks for run in block if _is_prose(run)]
    return [
        run for run in runs if run.lines[0].start in proven or (run.width <= width + _LOOSE and run.fills(width, 0))
    ]


def _proofs(block: list[_Run]) -> list[_Run]:
    """The block's runs that are certain; none if many lines stop before the margin in mid-sentence, or overrun it."""
    proofs = [run for run in block if _is_proof(run)]
    if not proofs:
        return []
    width = max(run.width for run in proofs)
    lasts = [run.lines[-1] for run in block]
    early = sum(2 * line.size > width and not finished(line.text) for line in lasts)
    over = sum(width + _LOOSE < run.width < 2 * width for run in block)
    return proofs if 4 * (early + over) <= _breaks(proofs) else []


def _proofs_together(blocks: list[list[_Run]]) -> list[_Run]:
    """Paragraphs that are certain by their number: each fills the width of the widest, no sentence is wider."""
    runs = [run for block in blocks for run in block if _is_prose(run)]
    breaks = _breaks(runs)
    if breaks < _TOGETHER:
        return []
    width = max(run.width for run in runs)
    lines = [line for block in blocks for run in block for line in run.lines]
    wrapped = _Run([line for run in runs for line in run.lines], width, False)
    certain = (
        all(run.fills(width, 0) for run in runs)
        and not _is_parallel(wrapped)
        and all(line.size <= width for line in lines if finished(line.text))
        and 4 * sum(run.ends() for run in runs) <= breaks <= 3 * sum(map(_going, runs))
    )
    return runs if certain else []


def _blocks(text: str, size: Callable[[str], int]) -> Iterator[list[_Line]]:
    """Lines between blank lines."""
    block: list[_Line] = []
    position = 0
    for raw in text.split("\n"):
        inner = raw.strip()
        if inner:
            start = position + len(raw) - len(raw.lstrip())
            wide = size(inner) if len(inner) <= WIDEST else len(inner)
            block.append(_Line(start, start + len(inner), inner, wide, size(inner[:_CONTEXT].split(None, 1)[0])))
        elif block:
            yield block
            block = []
        position += len(raw) + 1
    if block:
        yield block


def _runs(block: list[_Line]) -> Iterator[_Run]:
    """Cut a block behind every line that has room for the next line's first word."""
    run = block[:1]
    room = width = run[0].size
    for left, right in pairwise(block):
        needed = left.size + max(1 + right.first, _LOOSE)
        room = min(room, needed) if run[1:] else needed
        width = max(width, right.size)
        if room <= width or width > WIDEST or _ITEM.match(right.text):
            yield _Run(run, max(line.size for line in run), False)
            run, width = [], right.size
        run.append(right)
    yield _Run(run, width, len(run) == len(block))


def _is_prose(run: _Run) -> bool:
    """Whether lines read as one paragraph: no items, no cells, and only the last one ends like a sentence."""
    if len(run.lines) < 2 or not _ENDED.search(run.lines[-1].text) or _ITEM.match(run.lines[0].text):
        return False
    text = " ".join(line.text for line in run.lines)
    brackets = sum(bool(_BRACKET.match(line.text)) for line in run.lines)
    return (
        run.ends() <= len(run.full()) // 2
        and brackets <= 1 + len(run.lines) // 8
        and not any(_TABLE.search(line.text) for line in run.lines)
        and len(_LISTED.findall(text)) < 3
        and 2 * len(_HANGUL.findall(text)) > len(text.replace(" ", ""))
    )


def _is_proof(run: _Run) -> bool:
    """Whether a run alone is certain: long, wide, and its lines nearly equal."""
    if len(run.lines) < PROOF or _columns(run.lines[0].text) < NARROWEST or not _is_prose(run):
        return False
    if run.ends() > len(run.full()) // 4:
        return False
    least = min(line.size for line in run.full())
    return 5 * least >= 3 * run.width and _goes_on(run) and not _is_parallel(run)


def _is_parallel(run: _Run) -> bool:
    """Whether the lines are alike, as in poems, recipes and pledges: a wrap cuts where it happens to."""
    openings = Counter(re.sub(r"\d+", "0", line.text)[:2] for line in run.lines)
    clauses = sum(bool(_CLAUSE.search(line.text)) for line in run.full())
    return 2 * max(openings.values()) >= len(run.lines) or 5 * clauses >= 4 * len(run.full())


def _goes_on(run: _Run) -> bool:
    """Whether every third line visibly ends in mid-sentence (titles do not), and few behind a closing mark."""
    closed = sum(bool(_CLOSED.search(line.text)) for line in run.full())
    return 3 * _going(run) >= len(run.full()) >= 4 * closed


def _going(run: _Run) -> int:
    """How many lines visibly end in mid-sentence."""
    return sum(bool(_GOES_ON.search(left.text) or _TAIL.match(right.text)) for left, right in pairwise(run.lines))


def _at_words(runs: list[_Run]) -> bool:
    """Whether the wrapping kept words whole: ragged ends, and none that another word would have filled."""
    width = max(run.width for run in runs)
    sizes = [line.size for run in runs for line in run.full()]
    ragged = sum(size < width - _HARD for size in sizes)
    tails = sum(bool(_TAIL.match(line.text)) for run in runs for line in run.lines[1:])
    if 4 * ragged < len(sizes) or 12 * (tails - 1) > len(sizes):  # one may be a word: `은` is silver, too
        return False
    return all(run.fills(run.width, 0) for run in runs)


def _answers(text: str, runs: list[_Run], space: Space) -> Callable[[_Line, _Line], bool | None]:
    """How to tell a break between words from one inside a word."""
    gaps = [_has_space(text, left, right) for run in runs for left, right in pairwise(run.lines)]
    kept = 0 < sum(gaps) < len(gaps)  # the cut left the spaces where they were

    def answer(left: _Line, right: _Line) -> bool | None:
        if kept:
            return _has_space(text, left, right)
        cheap = _by_marks(left.text, right.text)
        known = _by_use(text, left, right) if cheap is None else cheap
        return space(left.text[-_CONTEXT:], right.text[:_CONTEXT]) if known is None else known

    return answer


def _has_space(text: str, left: _Line, right: _Line) -> bool:
    return len(text[left.end : right.start].replace("\r", "")) > 1


def _by_marks(left: str, right: str) -> bool | None:
    """What punctuation, digits, particles and endings settle."""
    last, first = left[-1], right[0]
    if _OPEN_END.search(left) or _CLOSE_START.match(right) or _TAIL.match(right):
        return False
    ascii_both = last.isascii() and last.isalnum() and first.isascii() and first.isalnum()
    if (ascii_both and not (last.isalpha() and first.isalpha())) or (last.isdigit() and _UNIT.match(right)):
        return False
    if _STOP.search(left):
        return not (left[-2:-1].isascii() and left[-2:-1].isalnum() and first.isascii() and first.isalnum())
    return False if first == "(" and last.isalnum() else None


def _by_use(text: str, left: _Line, right: _Line) -> bool | None:
    """What the text itself writes elsewhere: compounds (`국회의원`, `무역 규모`) are a matter of its style."""
    head, tail = left.text.rsplit(None, 1)[-1], right.text[:2]
    if len(head) + len(tail.strip()) < 3 or not _HANGUL.match(head[-1]) or not _HANGUL.match(tail):
        return None
    near = text[max(0, left.start - _NEAR) : right.end + _NEAR]
    glued, spaced = head + tail in near, f"{head} {tail}" in near
    return spaced if glued != spaced else None


def _joined(run: _Run, answer: Callable[[_Line, _Line], bool | None]) -> Iterable[Join]:
    pairs = [pair for pair in pairwise(run.lines) if run.whole or not finished(pair[0].text)]
    spaces = [answer(left, right) for left, right in pairs]
    if None in spaces:
        return []
    return [(left.end, right.start, " " if spaced else "") for (left, right), spaced in zip(pairs, spaces, strict=True)]
