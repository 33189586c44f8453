"""The few rules that need the whole document. Each is named by a rule of a pack and gives that rule's labels.

A detector sees the sheet (text, segments, claims so far) and may only claim more; `resolve` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.segment import trim
from newsclean.sheet import Sheet

Detector = Callable[[Sheet, Rule], list[Label]]

_CLOSERS: Final = "\"'”’」』)]〉》> "
# A final ending with its stop; or, since some scrapes lost their full stops, a verb in `-다` without one:
# its syllable before `다` closes in ㄴ, ㅄ or ㅆ (한다, 없다, 했다), or is one of a few.
_VERBAL: Final = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 in (4, 18, 20)) + "니이"
_FINISHED: Final = re.compile(
    rf"""(?:[다요죠까네오자라]|[음함임됨])[.!?…]+["'”’」』)\]]*$|[?!]["'”’」』)\]]*$|[{_VERBAL}]다["'”’」』)\]]*$"""
)
_LONG: Final = 40  # code points; from here up a full stop alone makes a sentence


_CAPTIONISH: Final = re.compile(
    r"(?:고|아|어|여|워) ?있(?:다|는)|모습|장면|전경|왼쪽|오른쪽|가운데|앞줄|뒷줄|사진은|자료 ?사진|조감도|포스터|로고|캡처|캡쳐|갈무리"
    r"|(?:찍|촬영)(?:은|한)|제공|(?:악수|발언|인사|답변|포즈|기념 ?촬영)"
)
_LIST_MARK: Final = re.compile(r"[▲△◇◆○●▶▷■□※#①-⑳►•·]|\d{1,2}[.)]\s|[-–—]\s?\S|Q\.|A\.|[가-힣]{2,6}\s?[:：]")
_HANGUL: Final = re.compile(r"[가-힣]")
_WORD: Final = re.compile(r"\w")


def _label(rule: Rule, span: Span | None, **fields: str) -> Iterator[Label]:
    if span:
        yield Label(span.start, span.end, rule.category, rule.id, fields)


def finished(text: str) -> bool:
    """Whether a stretch ends like a sentence."""
    text = text.rstrip()
    return bool(_FINISHED.search(text)) or len(text) >= _LONG and text.rstrip("\"'”’)]").endswith(".")


def _covering(sheet: Sheet, span: Span) -> list[Span]:
    """The segments that overlap a span, clipped to it."""
    return [Span(max(s.start, span.start), min(s.end, span.end)) for s in sheet.segments_in(span)]


def is_body(text: str) -> bool:
    """A finished sentence of running text: long enough, and no caption."""
    return len(text) >= 25 and finished(text) and not _CAPTIONISH.search(text[-25:])


# -- the title --------------------------------------------------------------------------------------

_NOISE: Final = re.compile(r"[\W_]+")
_TITLE_LINES: Final = 12  # how far down a headline may be repeated


def known_title(sheet: Sheet, rule: Rule) -> list[Label]:
    """The headline that the caller knows, where it is repeated as a line above the body or opens the text."""
    wanted = _NOISE.sub("", sheet.title)
    if len(wanted) < 5:
        return []
    found: list[Label] = []
    for line in sheet.lines[:_TITLE_LINES]:
        if _NOISE.sub("", sheet.text[line.start : line.end]) == wanted:
            found += _label(rule, line)
    return found or list(_label(rule, _title_prefix(sheet, wanted)))


def _title_prefix(sheet: Sheet, wanted: str) -> Span | None:
    """The start of the first line, if it spells the title; a title that is the whole text is no prefix."""
    line = sheet.lines[0] if sheet.lines else Span(0, 0)
    position, letters = line.start, 0
    while position < line.end and letters < len(wanted):
        if not _NOISE.match(sheet.text[position]):
            if sheet.text[position] != wanted[letters]:
                return None
            letters += 1
        position += 1
    return Span(line.start, position) if letters == len(wanted) and position < line.end else None


# -- the lede ---------------------------------------------------------------------------------------

_TIED: Final = {Category.DATELINE, Category.BYLINE}
_HEAD: Final = 700  # code points; longer stretches in front of a byline are text, not deck and caption
_CAPTION: Final = 450  # code points; the longest caption we believe in


def _lede(sheet: Sheet) -> Label | None:
    """The dateline or byline that opens the article: the last of those that lead it.

    An agency's photo stands in front of the article with a dateline of its own (and a photographer),
    so the first one is not it where what follows reads like a caption and another one comes behind.
    """
    leading: Label | None = None
    for claim in sheet.claims:
        if claim.category not in _TIED or not _opens_text(sheet, claim):
            continue
        if leading is None and claim.start > _HEAD:
            return None
        if leading is not None and not _is_caption_between(sheet, leading.end, claim.start):
            break
        leading = claim
    if leading is None or len(sheet.text) - leading.end < max(80, leading.start // 2):
        return None
    return leading


def _opens_text(sheet: Sheet, claim: Label) -> bool:
    """Whether running text stands directly behind a claim (on its line, or on the next one)."""
    rest = sheet.text[claim.end : claim.end + 160]
    if not _WORD.search(rest.split("\n\n\n", 1)[0]):
        return False
    following = next((other for other in sheet.claims if other.start >= claim.end), None)
    free = trim(sheet.text, claim.end, following.start if following else len(sheet.text))
    return free is not None and len(_HANGUL.findall(sheet.text[free.start : free.start + 80])) >= 10


def _is_caption_between(sheet: Sheet, start: int, end: int) -> bool:
    if end - start > _CAPTION:
        return False
    claims = [claim.category for claim in sheet.within(Span(start, end))]
    text = sheet.text[start:end]
    return (
        Category.CAPTION in claims
        or Category.EMAIL in claims
        or len(_covering(sheet, Span(start, end))) <= 2
        and (bool(_CAPTIONISH.search(text[-60:])) or not finished(text))
    )


def head_caption(sheet: Sheet, rule: Rule) -> list[Label]:
    """Captions in front of the article's own dateline or byline."""
    lede = _lede(sheet)
    if lede is None:
        return []
    found: list[Label] = []
    previous: Label | None = None
    for gap in sheet.free_in(Span(0, lede.start)):
        text = _text(sheet, gap)
        previous = sheet.before(gap.start + 1)
        following = next((claim for claim in sheet.claims if claim.start >= gap.end), None)
        tied = previous is not None and previous.category in _TIED and gap.start - previous.end < 3
        credited = following is not None and following.category is Category.CAPTION
        if tied or credited or (finished(text) and _CAPTIONISH.search(text[-40:])):
            found += _label(rule, gap)
    return found if sum(label.end - label.start for label in found) <= _HEAD else []


def head_deck(sheet: Sheet, rule: Rule) -> list[Label]:
    """Deck lines above the lede: unfinished lines, or what stands unfinished in front of the article's own byline."""
    lede = _lede(sheet)
    gaps = sheet.free_in(Span(0, lede.start)) if lede else []
    if sum(gap.end - gap.start for gap in gaps) > _HEAD // 2 or any(finished(_text(sheet, gap)) for gap in gaps):
        gaps = []
    lines = [line for line, is_title in _head_lines(sheet) if not is_title]
    return [label for gap in [*gaps, *lines] for label in _label(rule, gap)]


def head_title(sheet: Sheet, rule: Rule) -> list[Label]:
    """The headline above the lede: the first unfinished line where page furniture follows, or one said twice."""
    return [label for line, is_title in _head_lines(sheet) if is_title for label in _label(rule, line)]


_HEAD_LINES: Final = 6
_HEAD_LINE: Final = 160  # code points
_FURNITURE: Final = {Category.UI, Category.TIMESTAMP, Category.SUMMARY, Category.BYLINE, Category.EMAIL}


def _head_lines(sheet: Sheet) -> list[tuple[Span, bool]]:
    """Unfinished lines above the first line of running text, and whether each is the headline (else a deck).

    None where the lines may be the text itself: too many, too long, a list, or a text whose lines mostly
    do not end like sentences (hard-wrapped, a table, a poem).
    """
    free, lede, furniture = _above_lede(sheet)
    if lede is None or not free or len(free) > _HEAD_LINES:
        return []
    texts = [_text(sheet, line) for line in free]
    if any(len(text) > _HEAD_LINE or finished(text) or _is_list_item(text) for text in texts):
        return []
    rest = [line for line in sheet.lines if line.start >= lede.start]
    if sum(_ends_sentence(sheet, line) for line in rest) < 0.5 * len(rest):
        return []
    has_title = furniture > free[0].start or len(texts) > 1 and texts[0] == texts[1]
    if not has_title and furniture < 0 and sheet.text.count("\n", free[-1].end, lede.start) < 2:
        return []  # nothing but their own words sets them apart from the text
    return [(line, has_title and (text == texts[0])) for line, text in zip(free, texts, strict=True)]


def _is_list_item(text: str) -> bool:
    return not text.startswith("-") and bool(_LIST_MARK.match(text))


def _above_lede(sheet: Sheet) -> tuple[list[Span], Span | None, int]:
    """The wholly unclaimed lines above the lede, the lede's line, and where the last page furniture stands."""
    free: list[Span] = []
    furniture = -1
    for line in sheet.lines[:40]:
        gaps = sheet.gaps(line)
        if any(finished(_text(sheet, gap)) and gap.end - gap.start >= 20 for gap in gaps):
            return free, line, furniture
        if gaps and gaps == _covering(sheet, line):
            free.append(line)
        elif gaps:
            return free, line, furniture
        claims = {claim.category for claim in sheet.within(line)}
        if claims & _FURNITURE:
            furniture = line.start
    return free, None, furniture


def _ends_sentence(sheet: Sheet, line: Span) -> bool:
    return finished(_text(sheet, line)) or any(claim.end >= line.end for claim in sheet.within(line))


def _text(sheet: Sheet, span: Span) -> str:
    return sheet.text[span.start : span.end]


# -- captions ---------------------------------------------------------------------------------------


_REPORTED: Final = re.compile(r"(?:말했|밝혔|전했|덧붙였|강조했|설명했|주장했|지적했|당부했)다\.[\"'”’)]*$|니다\.[\"'”’)]*$")


def caption_of_credit(sheet: Sheet, rule: Rule) -> list[Label]:
    """The caption that a photo credit ends: as far to the left as it certainly reaches."""
    found: list[Label] = []
    for claim in sheet.claims:
        if claim.category is Category.CAPTION or _signs_photo(sheet, claim):
            found += _label(rule, _caption_span(sheet, claim))
    return found


def _signs_photo(sheet: Sheet, claim: Label) -> bool:
    """A byline that ends a line which is not among the last ones names a photographer."""
    if claim.category is not Category.BYLINE or not sheet.lines or claim.start >= sheet.lines[-1].start:
        return False
    line = sheet.line_at(claim.start)
    left = trim(sheet.text, line.start, claim.start)
    return left is not None and not sheet.gaps(Span(claim.end, line.end)) and _body_follows(sheet, line.end)


def _body_follows(sheet: Sheet, offset: int) -> bool:
    return any(gap.start >= offset and is_body(_text(sheet, gap)) for gap in sheet.free)


def _caption_span(sheet: Sheet, credit: Label) -> Span | None:
    line = sheet.line_at(credit.start)
    ends = (claim.end for claim in sheet.within(Span(line.start, credit.start)) if claim.end <= credit.start)
    left = trim(sheet.text, max(ends, default=line.start), credit.start)
    if left is None or left.end - left.start > _CAPTION:
        return None
    parts = _covering(sheet, left)
    fills_line = not sheet.gaps(Span(credit.end, line.end)) and _own_line(sheet, line)
    if fills_line or _at_head(sheet, left.start):
        return left if len(parts) <= _MOST_SENTENCES and _reads_as_caption(sheet, parts, credit, fills_line) else None
    strict = len(parts) <= 2 and _CAPTIONISH.search(_text(sheet, parts[-1])[-30:])
    return parts[-1] if strict else None


_MOST_SENTENCES: Final = 4


def _own_line(sheet: Sheet, line: Span) -> bool:
    return len(sheet.lines) >= 2 and line.end - line.start < max(len(sheet.text) // 2, 200)


def _at_head(sheet: Sheet, offset: int) -> bool:
    """Whether no finished sentence of the body stands before an offset."""
    return offset < _HEAD and not any(is_body(_text(sheet, gap)) for gap in sheet.free_in(Span(0, offset)))


def _reads_as_caption(sheet: Sheet, parts: list[Span], credit: Label, fills_line: bool) -> bool:
    last = _text(sheet, parts[-1])
    if not finished(last) or _CAPTIONISH.search(last):
        return True
    return fills_line and not _REPORTED.search(last)


# -- repeats ----------------------------------------------------------------------------------------


_REPEAT: Final = 45  # code points; a shorter sentence may be said twice on purpose


def repeated(sheet: Sheet, rule: Rule) -> list[Label]:
    """Text that stands twice: the earlier copy in front of the article is a summary, a later one a duplicate."""
    summary = rule.category is Category.SUMMARY
    found: list[Label] = []
    for first, second in _repeats(sheet):
        if _is_summary(sheet, first, second) == summary:
            found += _label(rule, first if summary else second)
    return found


def _repeats(sheet: Sheet) -> Iterator[tuple[Span, Span]]:
    """Pairs of equal gaps. Short ones count in the wake of a long pair, or side by side."""
    first_at: dict[str, int] = {}
    last = (-2, -2)
    for number, gap in enumerate(sheet.free):
        text = sheet.text[gap.start : gap.end]
        earlier = first_at.setdefault(text, number)
        if earlier == number or len(text) < _MIN_REPEAT:
            continue
        in_wake = (earlier - 1, number - 1) == last
        side_by_side = earlier == number - 1 and len(text) >= 20
        if len(text) >= _REPEAT or in_wake or side_by_side:
            last = (earlier, number)
            yield sheet.free[earlier], gap


_MIN_REPEAT: Final = 8


def _is_summary(sheet: Sheet, first: Span, second: Span) -> bool:
    """Whether a clear mark of the article's start stands between the two copies."""
    between = [c.category for c in sheet.within(Span(first.end, second.start))]
    return bool({Category.UI, Category.DATELINE, Category.BYLINE, Category.TIMESTAMP} & set(between)) and _at_top(sheet, first)


def _at_top(sheet: Sheet, span: Span) -> bool:
    return span.start < len(sheet.text) // 2


# -- translation ------------------------------------------------------------------------------------


_FOREIGN: Final = 300  # code points; shorter foreign text is a quotation or a name


def translation(sheet: Sheet, rule: Rule) -> list[Label]:
    """A version in another script behind the Korean article: the last stretch, long, and without Hangul."""
    text = sheet.text
    last = next((gap for gap in reversed(sheet.free) if _HANGUL.search(_text(sheet, gap))), None)
    if last is None or last.end < _FOREIGN // 3 or len(text) - last.end < _FOREIGN:
        return []
    span = trim(text, last.end, len(text))
    if span is None or not _is_foreign(_text(sheet, span)):
        return []
    return list(_label(rule, span))


def _is_foreign(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    sentences = text.count(". ") + text.count(".\n")
    return len(text) >= _FOREIGN and letters > 200 and len(_HANGUL.findall(text)) <= letters // 50 and sentences >= 2


DETECTORS: Final[dict[str, Detector]] = {
    detector.__name__: detector
    for detector in (known_title, head_caption, head_deck, head_title, caption_of_credit, repeated, translation)
}
