"""The caption that a photo credit ends."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsclean.detectors.lede import CAPTION, HEAD, TIED
from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.segment import trim
from newsclean.sentence import GOING_ON, SEEN, SHOWS, finished, is_body, shows
from newsclean.sheet import Sheet

_WORD: Final = late(r"\w")
REPORTED: Final = late(r"(?:말했|밝혔|전했|덧붙였|강조했|설명했|주장했|지적했|당부했)다\.[\"'”’)]*$|니다\.[\"'”’)]*$")


def caption_of_credit(sheet: Sheet, rule: Rule) -> list[Label]:
    """The caption that a photo credit ends: as far to the left as it certainly reaches."""
    found: list[Label] = []
    for claim in sheet.claims:
        if _holds_caption(sheet, claim) or claim.rule in _ALONE:
            continue
        if (claim.category is Category.CAPTION and not _signs_article(sheet, claim)) or _signs_photo(sheet, claim):
            found += rule.claims(_caption_span(sheet, claim))
    return found


_ALONE: Final = {"caption.credit-drawn-by", "caption.image-made"}  # credits of what has no caption


def _holds_caption(sheet: Sheet, claim: Label) -> bool:
    """Whether a claim runs from a caption's mark to its credit; at the head a deck may stand in front of it."""
    marked = sheet.text[claim.start] in "▲△▼▽" and not _at_head(sheet, claim.start)
    return marked or claim.rule == "caption.marked-word"


def _signs_article(sheet: Sheet, claim: Label) -> bool:
    """A name behind a slash at the very end is the author's, not a photographer's."""
    text = sheet.slice(Span(claim.start, claim.end))
    return text[0] in "/／" and text.endswith("기자") and "=" not in text and not body_follows(sheet, claim.end)


def _signs_photo(sheet: Sheet, claim: Label) -> bool:
    """A byline that ends a line which is not among the last ones names a photographer."""
    if claim.category is not Category.BYLINE or not sheet.lines or claim.start >= sheet.lines[-1].start:
        return False
    line = sheet.line_at(claim.start)
    left = trim(sheet.text, line.start, claim.start)
    if left is None or not sheet.is_claimed(Span(claim.end, line.end)) or not body_follows(sheet, line.end):
        return False
    text = sheet.slice(left)
    noun = text.endswith(".") and not finished(text) and len(sheet.covering(left)) == 1
    seen = SHOWS.search(text[-30:]) and (is_boxed(sheet, left) or _is_pictured(sheet.slice(sentences(sheet, left)[-1])))
    return sheet.text[claim.start] == "/" or noun or bool(seen)


def body_follows(sheet: Sheet, offset: int) -> bool:
    """Whether the article goes on behind an offset."""
    return sheet.last_body is not None and min(sheet.last_body.start, sheet.last_sentence_start) >= offset


# Who signs together with the photographer: what stands in front is the article.
_WRITER: Final = late(r"(?<!\w)(?:글|정리|취재|기사|해설|대담)\s?[=:]\s?[^=:.\n]{2,24}$")

# Where a line break was, in some flattened texts.
_WIDE: Final = ("  ", "\t", "\xa0")
_WALL: Final = "    "  # stands behind a picture's box there
WIDE_SPACE: Final = late(r"(?:[ \t]{2,}|\t|(?<=[.!?])\xa0)(?=\S)")


def _caption_span(sheet: Sheet, credit: Label) -> Span | None:
    front = _front(sheet, credit)
    if front is None or _is_of_article(sheet, front, credit):
        return None
    if paragraph := _paragraph(sheet, front.left, credit):
        return paragraph
    if front.left.end - front.left.start > CAPTION or _stands_amid(sheet, front.left, credit):
        return _by_itself(sheet, front.parts, credit)
    unseen = credit.rule == "caption.credit-day-name" and not SEEN.search(sheet.slice(front.parts[-1]))
    if unseen or _is_author(sheet, front.parts[-1], credit):
        return None
    told = _told(sheet, front, credit)
    return None if told and credit.rule in _UNSURE and _holds_prose(sheet, told) else told


def _holds_prose(sheet: Sheet, span: Span) -> bool:
    """Whether a stretch holds a sentence with its stop that shows nothing, or a subhead."""
    texts = map(sheet.slice, sentences(sheet, span))
    return any((finished(text) and text[-1] in _STOPS and not shows(text)) or text[0] in "■◇◆□○" for text in texts)


_UNSURE: Final = {"caption.credit-symbol-name", "caption.credit-noted"}  # any name, or a note to editors
_STOPS: Final = '.!?"”'


class _Front(NamedTuple):
    """What stands in front of a credit: its line, the stretch that no claim or wide space parts, its last sentences."""

    line: Span
    left: Span
    parts: list[Span]
    walled: bool


def _front(sheet: Sheet, credit: Label) -> _Front | None:
    line = sheet.line_at(credit.start)
    previous = sheet.before(credit.start)
    start = edge = max(line.start, previous.end) if previous else line.start
    if any(mark in sheet.text[start : credit.start] for mark in _WIDE):
        breaks = WIDE_SPACE.finditer(sheet.text, start, credit.start)
        start = max((match.end() for match in breaks if match.end() < credit.start), default=start)
    left = trim(sheet.text, start, credit.start)
    if left is None or _WRITER.search(sheet.text, left.start, left.end):
        return None
    walled = start > edge and sheet.text.startswith(_WALL, credit.end)
    return _Front(line, left, sentences(sheet, Span(max(left.start, left.end - CAPTION), left.end)), walled)


def _is_of_article(sheet: Sheet, front: _Front, credit: Label) -> bool:
    """Whether the article's sentence goes on behind a credit, or the credit is of the numbers that it tells."""
    last = sheet.slice(front.parts[-1])
    sourced = _SOURCED.match(sheet.text, credit.start) and not _is_pictured(last)
    return bool(sourced) or _is_amid_sentence(sheet, last, credit)


def _by_itself(sheet: Sheet, parts: list[Span], credit: Label) -> Span | None:
    """What reads as a caption by itself, where nothing but the credit sets it apart."""
    return _pictured(sheet, parts, credit) or _named(sheet, parts, credit)


def _told(sheet: Sheet, front: _Front, credit: Label) -> Span | None:
    """The caption that its place tells: a picture's box, a line of its own, the head of the text."""
    line, left, parts, walled = front
    boxed = (walled or is_boxed(sheet, left)) and credit.rule not in _AMID
    pictured = _is_pictured(sheet.slice(parts[-1]))
    if not (boxed or pictured or sheet.last_sentence_start >= credit.end):
        return None
    if boxed and pictured and _is_glued(sheet, credit):
        line = Span(line.start, credit.end)
    if sheet.is_claimed(Span(credit.end, line.end)) and _own_line(sheet, line):
        return _line_caption(sheet, _behind_report(sheet, parts, credit), credit)
    introduced = _tells_photo(sheet, parts) and _is_retold(sheet, parts[0], credit)
    if boxed or introduced or _at_head(sheet, parts[-1].start):
        return _last_captions(sheet, parts, boxed) or _stock_caption(sheet, parts, credit)
    closing = None if _at_head(sheet, left.start) else _closing(sheet, front, credit)
    return closing or _by_itself(sheet, parts, credit)


def _closing(sheet: Sheet, front: _Front, credit: Label) -> Span | None:
    """The sentence in front of a credit that shows a picture, where at most one stands in front of it."""
    last = sheet.slice(front.parts[-1])
    starts = _is_tied(sheet, front.left) or front.left.start == front.line.start
    sure = starts or credit.rule == "caption.credit-stamp"
    shown = SHOWS.search(last[-30:]) and not _LISTED.search(last)
    strict = len(front.parts) <= 2 and shown and _closes_caption(last, sure)
    return front.parts[-1] if strict else None


def _is_glued(sheet: Sheet, credit: Label) -> bool:
    """Whether the next paragraph is glued to a credit: the line ends there."""
    return sheet.text[credit.end : credit.end + 1].isalpha()


def _paragraph(sheet: Sheet, left: Span, credit: Label) -> Span | None:
    """The paragraph that ends in a credit with the next one glued to it, if it is a caption.

    Its first sentence shows a picture, and tells when and where, or it names what is seen.
    """
    paragraph = trim(sheet.text, max(sheet.paragraph_start(credit.start), left.start), left.end)
    if paragraph is None or not _is_glued(sheet, credit) or paragraph.end - paragraph.start > CAPTION:
        return None
    first, *others = map(sheet.slice, sentences(sheet, paragraph))
    if first.endswith(".") and not (finished(first) or _VERBLESS.search(first)):
        return paragraph if all(shows(text) or not finished(text) for text in others) else None
    shown = _is_pictured(first) and _is_placed(first) and all(map(_NAMES_SEEN.match, others))
    return paragraph if shown else None


def _is_amid_sentence(sheet: Sheet, last: str, credit: Label) -> bool:
    """Whether a sentence goes on behind a credit: `홍길동 회장(사진=가나뉴스)이 강변에서 …`."""
    return last[-1].isalnum() and not finished(last) and bool(_PARTICLE.match(sheet.text, credit.end))


_PARTICLE: Final = late(r"(?:[이가은는을를의에과와도로]|으로|에[서게]|께서)[ ,]|이[다었며자]|였|라[는고며]")
_SOURCED: Final = late(r"[\[(（]\s?(?:자료|출처)(?! ?사진)")  # of numbers, not of a picture
_NAMED: Final = {"caption.credit-name-glued", "caption.credit-slash-place"}


def _stands_amid(sheet: Sheet, left: Span, credit: Label) -> bool:
    """Whether text goes on right behind a credit that may as well sign what stands in front of it."""
    if credit.rule in _NAMED:
        return not (is_boxed(sheet, left) or _at_head(sheet, left.start))
    return credit.rule == "caption.credit-slash-amid"


def _pictured(sheet: Sheet, parts: list[Span], credit: Label) -> Span | None:
    """The sentence right in front of a credit, where it shows a picture; whose line break was lost, or stood in it.

    Nothing sets it apart from the article: it must tell both when and where, and nothing that goes on unseen.
    A credit in brackets that says it is a photo's needs only the one of them.
    """
    text = sheet.slice(parts[-1])
    told = len(parts) > 1 and finished(text) and _is_pictured(text) and not _LISTED.search(text)
    said = _BRACKETED.match(sheet.text, credit.start) and _WHEN.search(text) and not _UNSEEN.search(text[-16:])
    return parts[-1] if told and (said or _is_placed(text)) else None


def _is_placed(text: str) -> bool:
    """Whether a sentence that shows something tells both when and where, and nothing that goes on unseen."""
    placed = _CLOCK.search(text) or (_WHEN.search(text) and _WHERE.search(text))
    return bool(placed) and (not _UNSEEN.search(text[-16:]) or bool(_HELD.search(text[-16:])))


def _named(sheet: Sheet, parts: list[Span], credit: Label) -> Span | None:
    """The noun that names a picture behind a sentence of the article: it has its stop, or its credit says so."""
    if len(parts) < 2:
        return None
    above, text = sheet.slice(parts[-2]), sheet.slice(parts[-1])
    stopped = text.endswith(".") and not _TOLD_SHORT.search(text)
    if not stopped and not _BRACKETED.match(sheet.text, credit.start):
        return None
    named = _NAMES.fullmatch(text) and not (finished(text) or _is_verbless(text) or _VERBLESS.search(text))
    listed = _LISTS.search(above) or _LISTED.search(text) or text.count(",") > 1
    return parts[-1] if named and not listed and finished(above) and above[-1] not in "?!" else None


_BRACKETED: Final = late(
    r"[\[(（]\s?(?:사진|그래픽|이미지|자료 ?사진|(?:\w{2,4}[=/ ])?(?:연합뉴스|뉴시스|뉴스1)"
    r"|[^\[\]()（）\n]{2,24} 제공[\])）.])"
)
# A sentence without its verb.
_TOLD_SHORT: Final = late(
    r"(?:번째|\d[천만억]?원|\d ?(?:명|건|표|점|위)|기록|원점|으로|라고|(?<!로)고|[은는이가을를도에요])\.$"
)
_LISTS: Final = late(r"(?:다음과 같다|[둘셋넷]이다|뽑혔다|받는다)\.$")  # what follows is a list
_LISTED: Final = late(r"[■□◆◇○●①-⑳]|.[▲△]|^[QA문답]\. ")  # a subhead or an item stands in front
# Not what may hold a subhead, a list or a sentence that ends in brackets.
_NAMES: Final = late(
    r"(?:▲ ?)?\w(?![^\n]*(?:[까것?!’”] |다\([^()]*\)))[^\n.:■□▲△▶◆◇○●①-⑳<>\[\]]{1,60}(?:[^\W\d]|[)）])\.?"
)
_WHO: Final = r"[(（](?:왼쪽|오른쪽|가운데)|(?:왼쪽|오른쪽)(?:부터|은)"
_WHEN: Final = late(rf"\d일|오전|오후|사진은|{_WHO}")
_CLOCK: Final = late(r"\d일(?:\([^()]{2,8}\))? ?오[전후]")
_WHERE: Final = late(rf"에서 |모습|{_WHO}")
_UNSEEN: Final = late(
    GOING_ON.pattern + r"|(?:조사|수사|분석|요구|주장|촉구|모집|운영|기다리|맞서|모으|끌|열|이어 ?가|앓)(?:하)?고 ?있다"
)
_HELD: Final = late(r"(?:진행|거행|개최)되고 ?있다")


def _line_caption(sheet: Sheet, parts: list[Span], credit: Label) -> Span | None:
    """The caption that fills its line together with its credit."""
    if not parts:
        return None
    span = Span(parts[0].start, parts[-1].end)
    apart = sheet.text[span.end : credit.start].startswith("  ")
    if len(parts) > _MOST_SENTENCES or _is_prose(sheet, parts, credit):
        return None
    return span if _reads_as_caption(sheet, parts, credit, not apart) else None


def _is_author(sheet: Sheet, last: Span, credit: Label) -> bool:
    """Whether a name in front of the last credit is the author's: the text does not speak of whom it names."""
    name = sheet.slice(last)
    alone = bool(_NAME.fullmatch(name)) and sheet.text[credit.start] in "/|"
    return alone and sheet.text.count(name) == 1 and not body_follows(sheet, credit.end)


_NAME: Final = late(r"[가-힣]{2,4}")
_AMID: Final = {"caption.credit-photographer", "caption.credit-image-glued"}  # text goes on behind these, and before


_TOPIC: Final = r"\w{2,9}(?<![되하있없열리르지치오보주가나서키우들켜려쓰받찾맞막믿추꾸이])는"
# Captions name whom they show with `이`, `가`; the article's own sentence goes on from the one before it, or tells
# of somebody: `한편 …`, `경찰은 … 조사하고 있다.` No verb before a noun (`찾은`, `열리는`) may look like that.
_GOES_ON: Final = late(
    r"(?:한편|이날|이에|이어|이와|이후|이번|이밖에|또|또한|특히|앞서|다만|하지만|그러나"
    r"|그래도|그래서|그런데|요즘|여전히|그는|그녀는|이들은),? "
    r"|(?:\w+ ){0,3}(?:(?:경찰|검찰)은|\w+(?:경찰서|소방서|세무서|지청)는"
    r"|(?:정부|회사|업계|대표|후보|총리|코스피|주가|드라마|영화|노래|경기|대회|축제|전시|서비스)는"
    r"|\w{2,}[시구도부처사씨회자위]는|\w+[군청원측국단팀장당관독행룹닥출익율들]은) "
    r"|(?:군은|[시구도]는) "
    rf"|{_TOPIC} "
)


# A sentence that closes an article without its verb: `흥행 여부는 미지수.`, `… 업계의 설명.`
_VERBLESS: Final = late(
    rf"(?:{_TOPIC}|\w+[온격량액률율익행들]은) .*\.$"
    r"|(?:설명|전망|순|듯|것|중|참석|예정|계획|방침|분석|지적|평가|후문|상태|미지수|\d)\.$"
    r"|(?:상황|소식|때문|각오|복안|반응|이야기|주장|뜻|호평|셈|패배|다짐|바람|포부|의지|입장|모양새|분위기|추세|이유|까닭"
    r"|지경|태세|덕분|가능성|관측|기대|우려|서른|마흔)\.$"
)


_PLANNED: Final = late(r"(?:예정|전망|방침|계획|미지수|후문|것)\.?$")


def _is_verbless(text: str) -> bool:
    """Whether a stretch is a sentence of an article without its verb, and perhaps without its stop."""
    return bool(_PLANNED.search(text))


def _is_pictured(text: str) -> bool:
    """Whether a sentence shows a picture; a name behind any other is where it comes from, or who wrote it."""
    if finished(text):
        return shows(text) and bool(SEEN.search(text)) and not _GOES_ON.match(text)
    return shows(text) or not _VERBLESS.search(text)


def _is_prose(sheet: Sheet, parts: list[Span], credit: Label) -> bool:
    """Whether sentences in front of a credit are the article's own: they go on with it, and show nothing."""
    texts = [sheet.slice(part) for part in parts]
    if parts[0].start <= sheet.first_body_start or credit.rule == "caption.credit-stamp" or not finished(texts[-1]):
        return False
    if any(text.startswith("사진은") for text in texts):
        return False
    return bool(_GOES_ON.match(texts[0])) and not (shows(texts[-1]) and any(map(SEEN.search, texts)))


def _behind_report(sheet: Sheet, parts: list[Span], credit: Label) -> list[Span]:
    """What follows the last sentence that reports what someone said: that is prose, its line break was lost.

    Before `사진은 …` it belongs to the caption, unless nothing follows: then it may be the article of the photo.
    """
    if body_follows(sheet, credit.end) and any(sheet.slice(part).startswith("사진은") for part in parts):
        return parts
    if _trails_report([sheet.slice(part) for part in parts]):
        return [] if _VERBLESS.search(sheet.slice(parts[-1])) else parts[-1:]
    reports = [number for number, part in enumerate(parts[:-1]) if REPORTED.search(sheet.slice(part))]
    if reports and not _is_pictured(sheet.slice(parts[-1])):
        return []
    return parts[reports[-1] + 1 :] if reports else parts


def _is_tied(sheet: Sheet, span: Span) -> bool:
    """Whether a dateline or byline stands directly in front of a stretch."""
    claim = sheet.before(span.start + 1)
    return claim is not None and claim.category in TIED and span.start - claim.end < 4


_GLUED: Final = late(r"[다요죠까함음]\.[\"'”’)\]]*(?=\s?[가-힣A-Z0-9\"'“‘(\[<〈◇▲■△●])")


def sentences(sheet: Sheet, span: Span) -> list[Span]:
    """The segments of a span, cut once more where a sentence is glued to the next (`했다.한편`)."""
    found: list[Span | None] = []
    for segment in sheet.covering(span):
        start = segment.start
        for match in _GLUED.finditer(sheet.text, segment.start, segment.end):
            found.append(trim(sheet.text, start, match.end()))
            start = match.end()
        found.append(trim(sheet.text, start, segment.end))
    return [part for part in found if part]


def is_boxed(sheet: Sheet, left: Span) -> bool:
    """Whether text stands first on its line behind an image box, which leaves three line breaks or more."""
    line = sheet.line_at(left.start)
    ahead = Span(line.start, left.start)
    if any(_WORD.search(sheet.slice(gap)) for gap in sheet.each_gap(ahead)):
        return False
    if any(claim.category is Category.BYLINE for claim in sheet.within(ahead)):
        return False
    apart = sheet.text[max(0, line.start - 40) : line.start].rstrip(" \t").endswith("\n\n\n")
    last = sheet.slice(sentences(sheet, left)[-1])
    tells = finished(last) or _VERBLESS.search(last)
    pictured = shows(last) and (SEEN.search(last) or not GOING_ON.search(last[-14:]))
    return apart and not (sheet.is_airy and tells and not pictured)


def _last_captions(sheet: Sheet, parts: list[Span], boxed: bool) -> Span | None:
    """The sentences in front of a credit that read like a caption; the lede may stand in front of them.

    A box of its own holds nothing but the caption.
    """
    texts = [sheet.slice(part) for part in parts]
    if not _closes_caption(texts[-1], boxed):
        return None
    start = len(parts) - 1
    if (boxed and len(parts) <= _MOST_SENTENCES and not _trails_report(texts)) or _tells_photo(sheet, parts):
        start = 0
    while start > 0 and shows(texts[start - 1]) and SEEN.search(texts[start - 1]):
        start -= 1
    return Span(parts[start].start, parts[-1].end)


def _stock_caption(sheet: Sheet, parts: list[Span], credit: Label) -> Span | None:
    """The one sentence at the head in front of a stock photo's credit: it says what the article is about."""
    stock = _STOCK.search(sheet.text, credit.start, credit.end)
    alone = len(parts) == 1 and not REPORTED.search(sheet.slice(parts[0])) and body_follows(sheet, credit.end)
    return parts[0] if stock and alone and not _GOES_ON.match(sheet.slice(parts[0])) else None


_STOCK: Final = late(
    r"게티 ?이미지|클립아트|이미지투데이|픽사베이|셔터스톡|언스플래시|(?i:getty|pixabay|shutterstock|unsplash)"
)


def _trails_report(texts: list[str]) -> bool:
    """Whether the last of some sentences names what is seen right behind the article's own.

    Those are two that report, or one that tells of what is to come, or goes on from the sentence before.
    """
    reports = [finished(text) and not (shows(text) and SEEN.search(text)) for text in texts]
    goes_on = reports[-2:] == [True, False] and _GOES_ON.match(texts[-2]) and not _DAY.fullmatch(texts[-1])
    told = reports[-3:] == [True, True, False] or (len(texts) > 1 and bool(_TO_COME.search(texts[-2])))
    return bool(told or goes_on) and not finished(texts[-1]) and not _NAMES_SEEN.match(texts[-1])


_TO_COME: Final = late(r"(?:예정|계획|방침|전망)이다\.[\"'”’)]*$")
_NAMES_SEEN: Final = late(r"사진은|[(（]?(?:왼쪽|오른쪽|가운데|앞줄|뒷줄|위|아래)")


def _tells_photo(sheet: Sheet, parts: list[Span]) -> bool:
    """Whether the text opens with what happened and then says what its photo shows (`사진은 …`)."""
    return len(parts) == 2 and parts[0].start == sheet.lines[0].start and sheet.slice(parts[1]).startswith("사진은")


def _is_retold(sheet: Sheet, first: Span, credit: Label) -> bool:
    """Whether the article behind a credit tells again what the caption opened with."""
    behind = sheet.text[credit.end : credit.end + _RETOLD]
    words = [word[:2] for word in sheet.slice(first).split() if len(word) > 1]
    return 3 * sum(word in behind for word in words) >= 2 * len(words)


_RETOLD: Final = 240  # code points


def _closes_caption(text: str, boxed: bool) -> bool:
    """Whether a sentence in front of a credit is the last one of a caption.

    One that begins with `사진은` and names what is seen is; any other must show it, if no box holds it.
    """
    if text.startswith("사진은") and not VERBAL.search(text):
        return True
    if not shows(text):
        return not (finished(text) or _is_verbless(text)) and len(text) <= CAPTION // 3 and "%" not in text
    return boxed or not finished(text) or (bool(SEEN.search(text)) and not GOING_ON.search(text[-12:]))


VERBAL: Final = late(r"[다요까]\.[\"'”’)]*$")
_MOST_SENTENCES: Final = 4


def _own_line(sheet: Sheet, line: Span) -> bool:
    return len(sheet.lines) >= 2 and line.end - line.start < max(len(sheet.text) // 2, 200)


def _at_head(sheet: Sheet, offset: int) -> bool:
    """Whether no finished sentence of the body stands before an offset."""
    return offset < HEAD and not any(is_body(sheet.slice(gap)) for gap in sheet.free_in(Span(0, offset)))


def _reads_as_caption(sheet: Sheet, parts: list[Span], credit: Label, fills_line: bool) -> bool:
    texts = [sheet.slice(part) for part in parts]
    last = texts[-2] if len(texts) > 1 and _DAY.fullmatch(texts[-1]) else texts[-1]
    if not finished(last) or SHOWS.search(last):
        return True
    ends_text = sheet.last_sentence_start < credit.end
    return fills_line and not (ends_text or credit.rule == "caption.no-relation" or REPORTED.search(last))


_DAY: Final = late(r"(?:19|20)\d\d\. ?\d{1,2}\. ?\d{1,2}\.?")
