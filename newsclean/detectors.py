"""The few rules that need the whole document. Each is named by a rule of a pack and gives that rule's labels.

A detector sees the sheet (text, segments, claims so far) and may only claim more; `resolve` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, pairwise, takewhile
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
_NOUN_ASKED: Final = re.compile(r"[^다요죠까나가냐니지네자는은]\?[\"'”’」』)\]]*$")  # `…중도파?` is a headline
_LONG: Final = 40  # code points; from here up a full stop alone makes a sentence


# How a caption ends: in the tense of a picture, or naming what is seen (and perhaps a credit behind a slash).
# The same words in mid-sentence are prose: `제공한다고 밝혔다`, `모습을 보였다`, `열리는 가운데`.
_CAPTIONISH: Final = re.compile(
    r"(?:(?:고|아|어|여|워|해|혀|져|려|겨|라|와|나|서|개|춰|쳐|켜) ?있다|기념 ?(?:사진|촬영).{0,8}다"
    r"|(?:모습|장면|전경|로고|조감도|포스터|풍경|자료 ?사진|캡처|캡쳐|갈무리|제공)(?:이다|입니다)?)"
    r"(?:\s?/[^/.]{2,14})?[.\s\"'”’)\]]*$"
    r"|[(（][^()（）]{0,12}(?:왼쪽|오른쪽|가운데|앞줄|뒷줄)|(?:왼쪽|오른쪽)(?:부터|에|은|는|이)|사진은"
    r"|(?:찍|촬영)(?:은|한) (?:사진|모습)"
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
    return len(text) >= 25 and finished(text) and not _CAPTIONISH.search(text[-25:]) and not _NOUN_ASKED.search(text)


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
_LEDE: Final = 60  # code points; less text than that behind a byline is no article
_CAPTION: Final = 450  # code points; the longest caption we believe in


def _lede(sheet: Sheet) -> Label | None:
    """The dateline or byline that opens the article: the last of those that lead it.

    An agency's photo stands in front of the article with a dateline of its own (and a photographer),
    so the first one is not it where what follows reads like a caption and another one comes behind.
    """
    leading: Label | None = None
    for claim in sheet.claims:
        if claim.category not in _TIED or _closes_line(sheet, claim) or not _opens_text(sheet, claim):
            continue
        if leading is None and claim.start > _HEAD:
            return None
        if leading is not None and not _is_caption_between(sheet, leading.end, claim.start):
            break
        leading = claim
    if leading is None or len(sheet.text) - leading.end < max(_LEDE, leading.start // 2):
        return None
    return leading


def _opens_text(sheet: Sheet, claim: Label) -> bool:
    """Whether running text stands directly behind a claim (on its line, or on the next one)."""
    rest = sheet.text[claim.end : claim.end + 160]
    if not _WORD.search(rest.split("\n\n\n", 1)[0]):
        return False
    following = sheet.after(claim.end)
    free = trim(sheet.text, claim.end, following.start if following else len(sheet.text))
    return free is not None and len(_HANGUL.findall(sheet.text[free.start : free.start + 80])) >= 10


def _closes_line(sheet: Sheet, claim: Label) -> bool:
    """Whether a claim signs what stands in front of it on its line (`… 모습. /홍길동 기자`): it opens nothing."""
    line = sheet.line_at(claim.start)
    ends_line = claim.end >= line.end and bool(sheet.gaps(Span(line.start, claim.start)))
    return ends_line or sheet.text[claim.start] in "/／"


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
    """Captions in front of the article's own dateline or byline, and lone names above the lede."""
    lede = _lede(sheet)
    gaps = sheet.free_in(Span(0, lede.start)) if lede else []
    found = [label for gap in gaps if _is_head_caption(sheet, gap) for label in _label(rule, gap)]
    if sum(label.end - label.start for label in found) > _HEAD:
        found = []
    lines = [line for line, _ in _head_lines(sheet) if _is_portrait(sheet, _text(sheet, line))]
    return found + [label for line in lines for label in _label(rule, line)]


def _is_portrait(sheet: Sheet, text: str) -> bool:
    """`이나라.`, `이나라(왼쪽).`, `가나경찰서 전경.`: a noun with a full stop; a name stands in the text again."""
    if not text.endswith(".") or len(text) > 40:
        return False
    name = re.sub(r"\([^()]*\)|\.$", "", text).split()[-1:]
    again = bool(name) and len(name[0]) >= 2 and sheet.text.count(name[0]) >= 2
    return again or bool(_CAPTIONISH.search(text))


def _is_head_caption(sheet: Sheet, gap: Span) -> bool:
    """Whether text above the lede is a caption: it reads like one, or its own byline or credit says so."""
    text = _text(sheet, gap)
    if finished(text) and _CAPTIONISH.search(text[-40:]):
        return True
    opener = sheet.before(gap.start + 1)
    closer = sheet.after(gap.end)
    tied = opener is not None and opener.category in _TIED
    signed = closer is not None and closer.category in (Category.CAPTION, Category.EMAIL)
    if tied and (gap.start - opener.end < 3 or (signed and closer.end - opener.end <= _CAPTION)):
        return True
    return signed and closer.category is Category.CAPTION and not finished(text)


def head_deck(sheet: Sheet, rule: Rule) -> list[Label]:
    """Deck lines above the lede: unfinished lines, or what stands unfinished in front of the article's own byline."""
    lede = _lede(sheet)
    gaps = sheet.free_in(Span(0, lede.start)) if lede else []
    if sum(gap.end - gap.start for gap in gaps) > _HEAD // 2 or any(finished(_text(sheet, gap)) for gap in gaps):
        gaps = []
    lines = [line for line, is_title in _head_lines(sheet) if not is_title and sheet.text[line.end - 1] != "."]
    if lines and _LONE_NAME.fullmatch(_text(sheet, lines[-1])):
        lines.pop()  # no deck; whether a portrait, `caption.portrait` asks
    return [label for gap in [*gaps, *lines] for label in _label(rule, gap)]


_LONE_NAME: Final = re.compile(r"[가-힣]{2,4}")


def head_title(sheet: Sheet, rule: Rule) -> list[Label]:
    """The headline above the lede: the first unfinished line where page furniture follows, or one said twice."""
    titles = [line for line, is_title in _head_lines(sheet) if is_title]
    return [label for line in titles or _said_twice(sheet) for label in _label(rule, line)]


def _said_twice(sheet: Sheet) -> list[Span]:
    """A line near the top that stands twice in a row, spaces aside; both copies, if no sentence."""
    above = takewhile(lambda line: not any(is_body(_text(sheet, gap)) for gap in sheet.gaps(line)), sheet.lines)
    lines = [line for line in islice(above, _TITLE_LINES) if sheet.gaps(line) == _covering(sheet, line)]
    for first, second in pairwise(lines):
        text = _text(sheet, first)
        wanted = _NOISE.sub("", text)
        if len(wanted) >= 8 and wanted == _NOISE.sub("", _text(sheet, second)) and not text.endswith("."):
            return [first, second]
    return []


_HEAD_LINES: Final = 6
_HEAD_LINE: Final = 160  # code points
_FURNITURE: Final = {Category.UI, Category.TIMESTAMP, Category.SUMMARY, Category.BYLINE, Category.EMAIL}
_SERIES: Final = re.compile(r"\[[가-힣A-Za-z0-9· ]{2,14}\] ?[^\s\[]")  # `[기고] …`
_QUOTED_STOP: Final = re.compile(r"[^.]\.[\"'”’」』)\]]+$")  # `… 밤.”` is a sentence, whatever it ends in


def _head_lines(sheet: Sheet) -> list[tuple[Span, bool]]:
    """Unfinished lines above the first line of running text, and whether each is the headline (else a deck).

    None where the lines may be the text itself: too many, too long, a list, or a text whose lines mostly
    do not end like sentences (hard-wrapped, a table, a poem).
    """
    free, lede, furniture = _above_lede(sheet)
    if lede is None or not free or len(free) > _HEAD_LINES:
        return []
    texts = [_text(sheet, line) for line in free]
    if any(len(text) > _HEAD_LINE or _is_sentence(sheet, text) or _is_list_item(text) for text in texts):
        return []
    if any(finished(text) and line.start > furniture for text, line in zip(texts, free, strict=True)):
        return []  # a headline in the form of a sentence needs page furniture behind it
    rest = [line for line in sheet.lines if line.start >= lede.start]
    if sum(_ends_sentence(sheet, line) for line in rest) < 0.5 * len(rest):
        return []
    has_title = furniture > free[0].start or len(texts) > 1 and texts[0] == texts[1]
    if not has_title and furniture < 0 and sheet.text.count("\n", free[-1].end, lede.start) < 2:
        return []  # nothing but their own words sets them apart from the text
    has_title = has_title or (free[0].start == sheet.lines[0].start and bool(_SERIES.match(texts[0])))
    return [(line, has_title and (text == texts[0])) for line, text in zip(free, texts, strict=True)]


def _is_sentence(sheet: Sheet, text: str) -> bool:
    """A finished stretch; in a text that sets its full stops, one without a stop is a headline (`… 문 닫는다`)."""
    if _QUOTED_STOP.search(text):
        return True
    return finished(text) and (text.endswith((".", "!", "?")) or sheet.text.count("다.") < 3)


def _is_list_item(text: str) -> bool:
    return not text.startswith("-") and bool(_LIST_MARK.match(text))


def _above_lede(sheet: Sheet) -> tuple[list[Span], Span | None, int]:
    """The wholly unclaimed lines above the lede, the lede's line, and where the last page furniture stands."""
    free: list[Span] = []
    furniture = -1
    for line in sheet.lines[:40]:
        gaps = sheet.gaps(line)
        if any(_is_sentence(sheet, _text(sheet, gap)) and gap.end - gap.start >= 20 for gap in gaps):
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
        if (claim.category is Category.CAPTION and not _signs_article(sheet, claim)) or _signs_photo(sheet, claim):
            found += _label(rule, _caption_span(sheet, claim))
    return found


def _signs_article(sheet: Sheet, claim: Label) -> bool:
    """A name behind a slash at the very end is the author's, not a photographer's."""
    text = _text(sheet, Span(claim.start, claim.end))
    return text[0] in "/／" and text.endswith("기자") and "=" not in text and not _body_follows(sheet, claim.end)


def _signs_photo(sheet: Sheet, claim: Label) -> bool:
    """A byline that ends a line which is not among the last ones names a photographer."""
    if claim.category is not Category.BYLINE or not sheet.lines or claim.start >= sheet.lines[-1].start:
        return False
    line = sheet.line_at(claim.start)
    left = trim(sheet.text, line.start, claim.start)
    if left is None or sheet.gaps(Span(claim.end, line.end)) or not _body_follows(sheet, line.end):
        return False
    text = _text(sheet, left)
    noun = text.endswith(".") and not finished(text) and len(_covering(sheet, left)) == 1
    return sheet.text[claim.start] == "/" or noun or bool(_CAPTIONISH.search(text[-30:]))


def _body_follows(sheet: Sheet, offset: int) -> bool:
    return any(gap.start >= offset and is_body(_text(sheet, gap)) for gap in sheet.free)


# Where a line break was, in some flattened texts.
_WIDE_SPACE: Final = re.compile(r"(?:[ \t]{2,}|\t|(?<=[.!?])\xa0)(?=\S)")


def _caption_span(sheet: Sheet, credit: Label) -> Span | None:
    line = sheet.line_at(credit.start)
    previous = sheet.before(credit.start)
    start = max(line.start, previous.end) if previous else line.start
    breaks = _WIDE_SPACE.finditer(sheet.text, start, credit.start)
    start = max((match.end() for match in breaks if match.end() < credit.start), default=start)
    left = trim(sheet.text, start, credit.start)
    if left is None or left.end - left.start > _CAPTION:
        return None
    parts = _sentences(sheet, left)
    fills_line = not sheet.gaps(Span(credit.end, line.end)) and _own_line(sheet, line)
    if fills_line:
        parts = _behind_report(sheet, parts)
        left = Span(parts[0].start, left.end)
        apart = sheet.text[left.end : credit.start].startswith("  ")
        return left if len(parts) <= _MOST_SENTENCES and _reads_as_caption(sheet, parts, credit, not apart) else None
    if _boxed(sheet, left) or _at_head(sheet, left.start):
        return _last_captions(sheet, parts, _boxed(sheet, left))
    sure = _is_tied(sheet, left) or credit.rule == "caption.credit-stamp" or left.start == line.start
    last = _text(sheet, parts[-1])
    strict = len(parts) <= 2 and _CAPTIONISH.search(last[-30:]) and _closes_caption(last, sure)
    return parts[-1] if strict else None


def _behind_report(sheet: Sheet, parts: list[Span]) -> list[Span]:
    """What follows the last sentence that reports what someone said: that is prose, its line break was lost."""
    if any(_text(sheet, part).startswith("사진은") for part in parts):
        return parts
    reports = [number for number, part in enumerate(parts[:-1]) if _REPORTED.search(_text(sheet, part))]
    return parts[reports[-1] + 1 :] if reports else parts


def _is_tied(sheet: Sheet, span: Span) -> bool:
    """Whether a dateline or byline stands directly in front of a stretch."""
    claim = sheet.before(span.start + 1)
    return claim is not None and claim.category in _TIED and span.start - claim.end < 4


_GLUED: Final = re.compile(r"[다요죠까함음]\.[\"'”’)\]]*(?=\s?[가-힣A-Z0-9\"'“‘(\[◇▲■△●])")


def _sentences(sheet: Sheet, span: Span) -> list[Span]:
    """The segments of a span, cut once more where a sentence is glued to the next (`했다.한편`)."""
    found: list[Span | None] = []
    for segment in _covering(sheet, span):
        start = segment.start
        for match in _GLUED.finditer(sheet.text, segment.start, segment.end):
            found.append(trim(sheet.text, start, match.end()))
            start = match.end()
        found.append(trim(sheet.text, start, segment.end))
    return [part for part in found if part]


def _boxed(sheet: Sheet, left: Span) -> bool:
    """Whether text stands first on its line behind an image box, which leaves three line breaks or more."""
    line = sheet.line_at(left.start)
    ahead = Span(line.start, left.start)
    bare = not any(_WORD.search(_text(sheet, gap)) for gap in sheet.gaps(ahead))
    signed = any(claim.category is Category.BYLINE for claim in sheet.within(ahead))
    return bare and not signed and sheet.text[: line.start].rstrip(" \t").endswith("\n\n\n")


# Prose in the same tense as a caption: what is said, expected, growing.
_GOING_ON: Final = re.compile(
    r"(?:[되받]|보이|커지|늘(?:어나)?|줄(?:어들)?|높아지|낮아지|이어지|쏠리|오르|내리"
    r"|갖|가지|주목하|전망하|바라보)고 ?있다"
)
_SEEN: Final = re.compile(r"\d일|오전|오후|에서 |[(（](?:왼쪽|오른쪽|가운데)|(?:왼쪽|오른쪽)(?:부터|은)|사진은")


def _last_captions(sheet: Sheet, parts: list[Span], boxed: bool) -> Span | None:
    """The sentences in front of a credit that read like a caption; the lede may stand in front of them.

    A box of its own holds nothing but the caption.
    """
    texts = [_text(sheet, part) for part in parts]
    if not _closes_caption(texts[-1], boxed):
        return None
    start = len(parts) - 1
    if (boxed and len(parts) <= _MOST_SENTENCES) or _tells_photo(sheet, parts):
        start = 0
    while start > 0 and _CAPTIONISH.search(texts[start - 1][-40:]) and _SEEN.search(texts[start - 1]):
        start -= 1
    return Span(parts[start].start, parts[-1].end)


def _tells_photo(sheet: Sheet, parts: list[Span]) -> bool:
    """Whether the text opens with what happened and then says what its photo shows (`사진은 …`)."""
    return len(parts) == 2 and parts[0].start == sheet.lines[0].start and _text(sheet, parts[1]).startswith("사진은")


def _closes_caption(text: str, boxed: bool) -> bool:
    """Whether a sentence in front of a credit is the last one of a caption: outside a box it must show what is seen."""
    if not _CAPTIONISH.search(text[-40:]):
        return not finished(text) and len(text) <= _CAPTION // 3 and "%" not in text
    return boxed or not finished(text) or (bool(_SEEN.search(text)) and not _GOING_ON.search(text[-12:]))


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
    return fills_line and credit.rule != "caption.no-relation" and not _REPORTED.search(last)


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
    """Pairs of equal gaps. Short ones count in the wake of a long pair, or side by side (crumbs aside)."""
    latest_at: dict[str, int] = {}
    last = (-2, -2)
    gaps = [gap for gap in sheet.free if _WORD.search(_text(sheet, gap))]
    for number, gap in enumerate(gaps):
        text = sheet.text[gap.start : gap.end]
        earlier = latest_at.get(text, number)
        latest_at[text] = number
        if earlier == number or len(text) < _MIN_REPEAT or _is_mojibake(text):
            continue
        in_wake = (earlier - 1, number - 1) == last
        side_by_side = earlier == number - 1 and len(text) >= 20
        if len(text) >= _REPEAT or in_wake or side_by_side:
            last = (earlier, number)
            yield gaps[earlier], gap


_MIN_REPEAT: Final = 8
_IDEOGRAPH: Final = re.compile(r"[\u4e00-\u9fff]")


def _is_mojibake(text: str) -> bool:
    """Hangul and ideographs mixed as no Korean text mixes them: what looks equal there says nothing."""
    return bool(_HANGUL.search(text)) and len(_IDEOGRAPH.findall(text)) > len(text) // 7


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
