"""What kind of document a scrape is, and what a pipeline may want to filter it for. Worked out when asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from newsclean.late import late
from newsclean.model import Category, Kind, Note, Piece
from newsclean.segment import segments
from newsclean.sentence import SHOWS, finished

_ERROR: Final = late(
    r"페이지를 찾을 수 없|(?:존재하지 않|삭제(?:되었거나|된)|없)는? ?(?:기사|페이지|게시물|뉴스)(?:입니다|이거나)"
    r"|삭제되었거나 (?:존재하지|없는)|(?:기사|게시물|페이지)가 (?:삭제|존재하지)"
    r"|잘못된 (?:접근|경로|주소)(?:입니다|이거나)"
    r"|404 Not Found|403 Forbidden|Access Denied|서비스 점검 중|(?:자바스크립트|JavaScript)를 (?:활성화|사용하)"
)
_PAYWALL: Final = late(
    r"(?:유료|프리미엄|정기구독|구독|회원) ?(?:회원님|회원|구독자|독자)?(?:에게만|만| ?전용)[^.\n]{0,20}"
    r"(?:기사|콘텐츠|서비스|수 있)"
    r"|(?:로그인|회원 ?가입|구독|결제)[^.\n]{0,16}(?:전체|나머지|모든|계속|이어서)[^.\n]{0,12}"
    r"(?:기사|내용|콘텐츠|읽|볼|보실)"
    r"|(?:남은|나머지) (?:기사|내용)[^.\n]{0,20}(?:로그인|구독|회원)"
)
_ENTRY: Final = late(r"[▲△▷▶◇◆■□○●【〈]|별세[^\n]{0,120}발인")
_ENTRIES: Final = late(r"승진|전보|임용|별세|빈소|발인|임명|파견|통상 ?일정|\d{1,2}:\d\d")
_POLL: Final = late(r"표본 ?오차|중앙선거여론조사심의위원회|응답률")
_MARKET: Final = late(
    r"거래를? ?마[쳤감]|전(?:날|장|일|주|거래일| 거래일) ?(?:대비|보다)|장 ?(?:초반|마감)|순매[수도]"
    r"|\d\.\d+(?:p|포인트)"
)
_EXCHANGE: Final = late(r"코스피|코스닥|증시|나스닥|다우|환율|유가")
_TURN: Final = late(r"[◎◇◆●○■□◉☏▷▶] ?(?!인터뷰)[가-힣·() ]{2,14} ?[>＞:：]|(?<![^\n])[가-힣]{2,5} ?[>＞]")
_QUESTION: Final = late(r"^\s?(?:Q\d{0,2}[.):\s]|문[.):]|[―—–▶◇◆▲●-] ?\S[^\n]{4,120}[?？]$)", re.MULTILINE)
_RELEASE: Final = frozenset(
    {
        "promo.press-release-contact",
        "promo.press-release-attachment",
        "promo.satisfaction-survey",
        "copyright.public-licence",
    }
)
_CUES: Final = frozenset({"cue.turn", "cue.sign-off", "cue.handover", "cue.speaker"})
_LISTED: Final = 2  # entries
_TURNS: Final = 4  # of speakers; fewer are quotations
_QUESTIONS: Final = 3
_MARKETS: Final = 3
_PHOTO: Final = 3  # sentences; a longer text about a picture is an article
_REMOVED: Final = 0.9  # of the characters
_ENOUGH: Final = 200  # code points; of a shorter scrape most may be cut
_BEGUN: Final = 120  # code points; a shorter text does not tell whether it breaks off
_TAIL: Final = 600  # code points
_SENTENCE: Final = 20  # code points; a shorter end is a name, a heading, a list item
_CLOSED: Final = late(
    r"[.!?．。…\"'”’」』)\]〉》>]\s*$|[다요죠까함음임됨]\s*$|(?:https?:|www\.|[\w-]+\.[a-z]{2,4})\S*\s*$"
)


class Reading:
    """A body read once: its sentences, its kind, and what a pipeline may filter it for."""

    def __init__(self, body: str, text: str, pieces: tuple[Piece, ...]) -> None:
        """Read `body`, which is what is left of `text`, tiled by `pieces`."""
        self._body, self._text, self._pieces = body, text, pieces
        self._spans = segments(body)
        stretches = (body[span.start : span.end] for span in self._spans)
        self._sentences = [stretch for stretch in stretches if finished(stretch)]

    @cached_property
    def kind(self) -> Kind:
        """The kind of the article, by its body and by the rules that fired around it; the first that fits.

        A whole page is no kind of its own: the article found in it has one.
        """
        return next((kind for kind, fits in self._kinds() if fits), Kind.ARTICLE)

    def _kinds(self) -> Iterator[tuple[Kind, bool]]:
        body, sentences = self._body, self._sentences
        rules = {piece.rule for piece in self._pieces}
        yield Kind.ERROR, len(sentences) <= _PHOTO and bool(_ERROR.search(body))
        yield Kind.TRANSCRIPT, _has(_TURN, body, _TURNS)
        yield Kind.LIST, _has(_ENTRY, body, max(_LISTED, 2 * len(sentences))) and bool(_ENTRIES.search(body))
        yield Kind.BROADCAST, bool(rules & _CUES)
        yield Kind.INTERVIEW, _has(_QUESTION, body, _QUESTIONS)
        yield Kind.PHOTO, _is_photo(sentences, self._pieces)
        yield Kind.PRESS_RELEASE, bool(rules & _RELEASE)
        yield Kind.POLL, len(set(_POLL.findall(body))) >= 2
        yield Kind.MARKET, bool(_EXCHANGE.search(body, 0, _BEGUN)) and _has(_MARKET, body, _MARKETS)

    def filters(self) -> Iterator[Note]:
        """Notes for a pipeline that filters."""
        body, text = self._body, self._text
        if not any(map(str.isalnum, body)):
            yield Note("empty-body", "nothing of the text is the body of an article: look at `removed`, or drop it")
            return
        share = 1 - _size(body) / max(_size(text), 1)
        if share > _REMOVED and len(text) >= _ENOUGH:
            yield Note("mostly-removed", f"{share:.0%} of the text is gone: a whole page, or no article")
        if _PAYWALL.search(text[-_TAIL:]) and not _PAYWALL.search(body[: len(body) // 2]):
            yield Note("paywall", "the page says that the rest is for subscribers: the body may be its beginning only")
        if self.kind is Kind.ERROR or (self.kind is Kind.ARTICLE and not self._sentences):
            yield Note(
                "not-an-article", "an error page, a menu or a headline: nothing in the body ends like a sentence"
            )
        elif self.kind is not Kind.LIST and len(body) >= _BEGUN and self._breaks_off():
            yield Note("truncated", "the body breaks off in mid-sentence: the scraper or the feed cut it")

    def _breaks_off(self) -> bool:
        """Whether the end is in mid-sentence, in a text whose other sentences end."""
        last = self._body[self._spans[-1].start :]
        if len(last) < _SENTENCE or (_CLOSED.search(last) and not last.endswith(("...", "…"))):
            return False
        return 2 * len(self._sentences) >= len(self._spans)


def _has(pattern: re.Pattern[str], text: str, times: int) -> bool:
    """Whether a pattern matches so many times; stops there."""
    return next(islice(pattern.finditer(text), times - 1, None), None) is not None


def _size(text: str) -> int:
    """Code points but for white space."""
    return len("".join(text.split()))


def _is_photo(sentences: list[str], pieces: tuple[Piece, ...]) -> bool:
    """Whether a few sentences are all there is, one in the tense of a picture, and its credit was cut."""
    if not 0 < len(sentences) <= _PHOTO:
        return False
    credited = any(piece.category in (Category.CAPTION, Category.DATELINE) for piece in pieces)
    return credited and any(SHOWS.search(sentences[place]) for place in (0, -1))
