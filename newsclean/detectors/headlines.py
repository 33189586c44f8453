"""Which lines above the article's first sentence are its headline and decks, and which are the article's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from newsclean.detectors.lede import TIED
from newsclean.detectors.own_lines import PLAIN_HEAD, begins_text, from_lede, is_sentence, without_own
from newsclean.late import late
from newsclean.model import Category, Span
from newsclean.sentence import HANGUL, finished, is_body, shows
from newsclean.sheet import Sheet

_LIST_MARK: Final = late(
    r"[▲△◇◆○●▶▷■□※#①-⑳►•·]|\d{1,2}[.)]\s|\(\d{1,2}\)\s|[-–—―]\s?\S|[QA]\d{0,2}[.:)]|[가-힣]{2,6}\s?[:：]"
)
_HEAD_LINES: Final = 6
_HEAD_LINE: Final = 160  # code points
_FURNITURE: Final = {Category.UI, Category.TIMESTAMP, Category.SUMMARY, Category.BYLINE, Category.EMAIL}
_FENCED: Final = late(r"[-–—―]\s?[^-–—―\s].{6,}\s?[-–—―]")  # `- 도서관 새로 열어 -`
_ASKING: Final = late(r"\?|(?:까|까닭|은|는|지|나|면)\s?[-–—―]$")
_TOLD: Final = late(r"(?:니다|는데요|텐데요|거든요)[\s\-–—―]*$")  # to the reader, or the listener
_STOPPED: Final = late(r"[다요]\.$")
# Innings, a result, the row of a table, what goes into a dish.
_ROW: Final = late(
    r"(?:\d{3} ){2}|^\S+ \d{1,3}\s?[-:대]\s?\d{1,3} \S+$|^[^|]{1,10} \| .*, |\d(?:g|㎏|kg|ml|㎖|큰술|작은술|컵)\b.*,"
)
# The same, and a book's price, a funeral's place and time.
_ENTRY_ROW: Final = late(
    r"\d(?:원|쪽|g|㎏|kg|ml|㎖|큰술|작은술|컵)$|(?:한 줌|약간|펴냄)$|^(?:재료|빈소|발인|장지|연락처)(?:[ :(]|$)"
)
# `가람시, 도서관 새로 열어`; a word of two syllables may be anything.
_OPENER: Final = late(r"(?P<word>[가-힣]{3,12}|정부|검찰|경찰|국회|법원|여야|여당|야당)(?:, ?|\s|(?=[‘'“\"]))[^\s,]")
_DASHES: Final = ("-", "–", "—", "―")
_SERIES: Final = late(r"\[[가-힣A-Za-z0-9· ]{2,14}\] ?[^\s\[]")  # `[기고] …`
_QUOTED: Final = late(r"[다요죠까]\.[\"'”’]")  # a quoted sentence anywhere in a line


@lru_cache(maxsize=1)
def head_lines(sheet: Sheet) -> list[tuple[Span, bool]]:
    """Unfinished lines above the first line of running text, and whether each is the headline (else a deck).

    None where the lines may be the text itself: too many; no page furniture, and one of them too long, a list
    item or a sentence; or spoken like it. Of a text whose lines mostly do not end like sentences (hard-wrapped, a
    table, a poem) only what stands above the page furniture.
    """
    free, lede, furniture = _above_lede(sheet)
    heads = _heads(sheet, free, lede, furniture) if lede else []
    if lede is None or not heads or (furniture < 0 and len(heads) < len(free)):
        return []
    texts = [sheet.slice(line) for line in heads]
    has_title = furniture > heads[0].start or _opens_with_title(sheet, texts, heads, lede)
    known = any(claim.category is Category.TITLE for claim in sheet.within(Span(0, lede.start)))
    marked = has_title or known or furniture >= 0 or _are_fenced(sheet, texts)
    if _is_long(sheet, heads, lede) or not _are_heads(sheet, heads, lede, marked):
        return []
    title = _title_of(sheet, heads) if has_title and not known else None
    return [(line, line == title) for line in heads]


def _heads(sheet: Sheet, free: list[Span], lede: Span, furniture: int) -> list[Span]:
    """The lines that may be headline or deck; below the page furniture none of a list or a hard-wrapped text."""
    headed = lede.start if _is_tied(sheet, lede) else furniture
    heads = [line for line in free if _may_head(sheet, line, headed)]
    if _is_list(sheet, [line for line in free if line.start > furniture]):
        heads = [line for line in heads if line.start < furniture]
    heads = without_own(sheet, heads, lede)
    if heads and _breaks_off(sheet, lede):
        heads = [line for line in heads if line.start < furniture]
    return heads


def _are_fenced(sheet: Sheet, texts: list[str]) -> bool:
    """Whether lines stand between dashes, and no other does: subheads and questions come in numbers."""
    if not all(map(_FENCED.fullmatch, texts)) or any(map(_ASKING.search, texts)):
        return False
    return sum(bool(_FENCED.fullmatch(sheet.slice(line))) for line in sheet.lines) == len(texts)


def _is_list(sheet: Sheet, lines: list[Span]) -> bool:
    """Whether the lines between the page's head and the first sentence are entries of the text's list."""
    return any(_ENTRY_ROW.search(sheet.slice(line)) for line in lines)


def _breaks_off(sheet: Sheet, lede: Span) -> bool:
    """Whether most lines of the text do not end like sentences: a hard-wrapped one. Glued paragraphs do."""
    rest = from_lede(sheet, lede)
    glued = len(sheet.parted) - bisect_right(sheet.parted, lede.start)
    return sum(_ends_sentence(sheet, line) for line in rest) + glued < 0.5 * (len(rest) + glued)


_SPOKEN: Final = late(r"(?:[돼해네세어아에지]요|죠)$")  # in some letters and columns, without full stops
_SPOKEN_LINES: Final = 2


def _is_long(sheet: Sheet, heads: list[Span], lede: Span) -> bool:
    """Whether lines are too many for a head: those above a time stamp may be the entries of a menu, others a list.

    Below a time stamp and above the first turn of a script stand any number of decks.
    """
    stamps = [claim.start for claim in sheet.within(Span(0, lede.start)) if claim.category is Category.TIMESTAMP]
    stamp = max(stamps, default=0)
    if stamp and any(claim.rule == "cue.turn" for claim in sheet.within(lede)):
        return False
    return sum(line.end - line.start >= (_ENTRY if line.start < stamp else _SECTION) for line in heads) > _HEAD_LINES


_ENTRY: Final = 13  # code points; a shorter line is rather the entry of a menu


def _are_heads(sheet: Sheet, heads: list[Span], lede: Span, marked: bool) -> bool:
    """Whether lines above the lede are headline and deck: set apart from a text of sentences, not its subject."""
    rest = from_lede(sheet, lede)
    texts = [sheet.slice(line) for line in heads]
    if sum(bool(_SPOKEN.search(text)) for text in texts) >= _SPOKEN_LINES:
        return False
    if _QUOTATION.fullmatch(texts[-1]) and _QUOTED_ABOVE.search(sheet.text, lede.start, lede.start + _FIRST):
        return False  # the text speaks of the words above it
    apart = sheet.text.count("\n", heads[-1].end, lede.start) >= 2
    return marked or apart or _reads_as_heads(sheet, texts, rest)


def _title_of(sheet: Sheet, heads: list[Span]) -> Span | None:
    """The headline among the first lines: above the first time stamp; the long one said twice, or the first one."""
    stamp = next((claim.start for claim in sheet.claims if claim.category is Category.TIMESTAMP), 0)
    may_title = [line for line in heads if not (_is_short(line) or _NO_TITLE.search(sheet.slice(line)))]
    above = _last_block(sheet, [line for line in may_title if line.start < stamp]) or may_title
    twice = [line for line in above if sheet.text[line.end - 1] != "." and sheet.text.count(sheet.slice(line)) > 1]
    if twice:
        return max(twice, key=lambda line: line.end - line.start)
    return next((line for line in above if line.end - line.start >= _TITLE), next(iter(above), None))


def _last_block(sheet: Sheet, lines: list[Span]) -> list[Span]:
    """The last lines that no other stands between, of which one is long enough; else all."""
    block: list[Span] = []
    for line in reversed(lines):
        if block and sheet.line_after(line) != block[0]:
            if any(other.end - other.start >= _TITLE for other in block):
                return block
            block = []
        block.insert(0, line)
    return block if any(line.end - line.start >= _TITLE for line in block) else lines


def _is_short(line: Span) -> bool:
    """Whether a line is rather the name of a section, or a button."""
    return line.end - line.start < _SECTION


_SECTION: Final = 5  # code points
_TITLE: Final = 10  # code points; a shorter line above another is rather the site's name
# Dates, addresses, links, breadcrumbs and fields that stand above headlines.
_NO_TITLE: Final = late(
    r"^[\W\d]*(?:[월화수목금토일]\W*)?$|바로\s?가기|최신\s?뉴스|기사\s?제보|^https?:|^- |>$|로고$|^\w{2,5} : |[^.]\.\.$"
)
_QUOTATION: Final = late(r"[“\"‘'].+[”\"’']")
_QUOTED_ABOVE: Final = late(r"(?:내용|말|글|문구|대사|한마디|질문|구절)(?:이다|이었다|였다)")


_RUNS_ON: Final = late(r"(?:[은는을를이의며고던,]|(?<![인은는던한된난간])가|에도|처럼|끝에|가운데|동시에|드디어)$")
_FIRST: Final = 80  # code points; a first paragraph is longer than that


def _reads_as_heads(sheet: Sheet, texts: list[str], rest: list[Span]) -> bool:
    """Whether unfinished first lines are headline or deck by their words alone: nothing like them follows.

    Subheads in the text below say that the first line may be one, too.
    """
    size = sum(line.end - line.start for line in rest)
    first = rest[0].end - rest[0].start
    spaced = first >= _SHORT_FIRST and _are_apart(sheet, rest) and not _BACK.match(sheet.slice(rest[0]))
    if size < _TEXT or len(texts) > _MOST_PLAIN or (first < _FIRST and not spaced):
        return False
    if not all(PLAIN_HEAD.fullmatch(text) and not _RUNS_ON.search(text) for text in texts):
        return False
    return sum(_ends_sentence(sheet, line) for line in rest) >= 0.9 * len(rest)


def _are_apart(sheet: Sheet, lines: list[Span]) -> bool:
    """Whether blank lines part all paragraphs: what stands right above the first one does not."""
    return len(lines) >= _PARAGRAPHS and all(
        sheet.text.count("\n", above.end, below.start) >= 2 for above, below in pairwise(lines)
    )


_PARAGRAPHS: Final = 4
_SHORT_FIRST: Final = 40  # code points
_BACK: Final = late(r"(?:그|이|저|두|세|네|이런|그런|그렇게|이렇게|그곳|이곳|그것|이것)(?:는|은|가|이|의|에서|도)? ")
_TEXT: Final = 300  # code points of text below
_MOST_PLAIN: Final = 4


def _may_head(sheet: Sheet, line: Span, furniture: int) -> bool:
    """Whether a line may be headline or deck; one in the form of a sentence needs page furniture behind it."""
    text = sheet.slice(line)
    if len(text) > _HEAD_LINE or is_sentence(sheet, text) or _is_list_item(text) or _CUE.match(text):
        return False
    if _ADDRESSED.search(text):
        return False
    if _QUOTED.search(text) or _TOLD.search(text) or _ROW.search(text) or _is_torn(sheet, line):
        return False
    parts = sheet.covering(line)
    if any(is_body(sheet.slice(part)) and sheet.text[part.end - 1] == "." for part in parts):
        return False  # a sentence, and something glued behind it
    if any(_STOPPED.search(told := sheet.slice(part)) and not shows(told) for part in parts[:-1]):
        return False  # a sentence, and the first words of the next
    return not finished(text) or line.start < furniture or _begins_like_text(sheet, line, first=True)


_ADDRESSED: Final = late(r"여러분(?:께|에게)?[,.!]?$|(?:올림|드림)\.?$|^다음은 ")  # the text's own first words
_CUE: Final = late(r"[{(\[<【]\s?(?:앵커|아나운서|리포[터트]|기자|캐스터|진행자?|사회자?)\s?[:})\]>】]")


def _is_torn(sheet: Sheet, line: Span) -> bool:
    """Whether a bracket that a line leaves open is closed in the one below."""
    text = sheet.slice(line)
    return text.rfind("(") > text.rfind(")") and bool(_CLOSES.match(sheet.text, sheet.line_after(line).start))


_CLOSES: Final = late(r"[^()\n]*\)")


def _begins_like_text(sheet: Sheet, line: Span, first: bool = False) -> bool:
    """Whether the text's first line begins with the subject of what follows; with its `first` word, or near it.

    Only behind a comma (`가람군, 도서관 새로 열어`) may the subject stand further inside the text.
    """
    if line != sheet.lines[0] or sheet.text[line.end - 1] in ".,":
        return False
    opening = _OPENER.match(sheet.text, line.start, line.end)
    if opening is None:
        return False
    text = sheet.text[line.end : line.end + _OPENING]
    found = (at for at in _places(text, opening["word"]) if _is_subject(text, at, at + len(opening["word"])))
    near = "," in opening.group() and not first
    return any(near or _is_first(sheet, line.end + at) for at in found)


def _is_first(sheet: Sheet, offset: int) -> bool:
    """Whether nothing but claims stands in front of an offset on its line."""
    return sheet.is_claimed(Span(sheet.line_at(offset).start, offset))


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _is_subject(text: str, start: int, end: int) -> bool:
    """Whether a word stands there whole, with the particle of a subject; who heads it may stand between."""
    alone = not HANGUL.match(text[start - 1]) if start else True
    return alone and bool(_PARTICLE.match(text, end))


_PARTICLE: Final = late(r"(?:\s?\([^()\n]{2,24}\))?[은는이가]\s")
_OPENING: Final = 160  # code points


def _opens_with_title(sheet: Sheet, texts: list[str], free: list[Span], lede: Span) -> bool:
    """Whether the first line is the headline though no furniture tells.

    It is said twice, is of a series, stands above a dateline or a fenced deck, or begins with whom the text is about.
    """
    if len(texts) > 1 and texts[0] == texts[1]:
        return True
    if free[0].start != sheet.lines[0].start or texts[0].startswith(_DASHES):
        return False
    boxed = sheet.text.count("\n", free[-1].end, lede.start) > 2
    fenced = not _FENCED.fullmatch(texts[0]) and any(map(_FENCED.fullmatch, texts[1:]))
    return (
        fenced
        or bool(_SERIES.match(texts[0]))
        or (_is_tied(sheet, lede) and not boxed)
        or _begins_like_text(sheet, free[0])
    )


def _is_tied(sheet: Sheet, lede: Span) -> bool:
    """Whether a dateline or byline opens the first line of the text."""
    claim = sheet.after(lede.start)
    return claim is not None and claim.start == lede.start and claim.category in TIED


def _is_list_item(text: str) -> bool:
    return not text.startswith(_DASHES) and bool(_LIST_MARK.match(text))


_PAGE_LINES: Final = 400  # a whole page may have that many above its article
_MOST_FREE: Final = 150


def _above_lede(sheet: Sheet) -> tuple[list[Span], Span | None, int]:
    """The wholly unclaimed lines above the lede, the lede's line, and where the last page furniture stands."""
    free: list[Span] = []
    furniture = -1
    for line in sheet.lines[:_PAGE_LINES]:
        if len(free) > _MOST_FREE:
            break
        if any(begins_text(sheet, sheet.slice(gap)) for gap in sheet.each_gap(line)):
            return free, line, furniture
        claims = list(sheet.within(line))
        if not claims and _tells(sheet, sheet.slice(line)):
            return free, line, furniture
        if not claims:
            free.append(line)
        elif not (sheet.is_claimed(line) or claims[0].category is Category.TIMESTAMP):
            return free, line, furniture
        if any(claim.rule == "cue.turn" for claim in claims):
            return free, line, furniture  # somebody speaks
        if any(claim.category in _FURNITURE for claim in claims):
            furniture = line.start
    return free, None, furniture


def _tells(sheet: Sheet, text: str) -> bool:
    """Whether a line that breaks off in mid-sentence tells something before: a hard-wrapped text begins."""
    stop = _STOP.search(text) if len(text) <= _WRAPPED else None
    first = text[: stop.end()].rstrip() if stop else ""
    return begins_text(sheet, first) and not shows(first)


_STOP: Final = late(r"[다요까]\. ")
_WRAPPED: Final = 100  # code points of a line


def _ends_sentence(sheet: Sheet, line: Span) -> bool:
    return finished(sheet.slice(line)) or any(claim.end >= line.end for claim in sheet.within(line))
