"""How a stretch of Korean reads: as a finished sentence, as running text, as the caption of a picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from newsclean.late import late

HANGUL: Final = late(r"[가-힣]")

# A final ending with its stop; or, since some scrapes lost their full stops, a verb in `-다` without one:
# its syllable before `다` closes in ㄴ, ㅄ or ㅆ (한다, 없다, 했다), or is one of a few.
_VERBAL: Final = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 in (4, 18, 20)) + "니이"
_FINISHED: Final = late(
    rf"""(?:[다요죠까네오자라]|[음함임됨])[.!?…]+["'”’」』)\]]*$|[?!]["'”’」』)\]]*$|[{_VERBAL}]다["'”’」』)\]]*$"""
)
_BROKEN_OFF: Final = late(r"\.\.[\"'”’)\]]*$")
_NOUN_ASKED: Final = late(r"[^다요죠까나가냐니지네자는은]\?[\"'”’」』)\]]*$")  # `…중도파?` is a headline
_LONG: Final = 40  # code points; from here up a full stop alone makes a sentence

# How a caption ends: in the tense of a picture, or naming what is seen (and perhaps a credit behind a slash).
# The same words in mid-sentence are prose: `제공한다고 밝혔다`, `모습을 보였다`, `열리는 가운데`.
SHOWS: Final = late(
    r"(?:(?:고|아|어|여|워|해|혀|져|려|겨|라|와|나|서|개|춰|쳐|켜) ?있다|기념 ?(?:사진|촬영).{0,8}다"
    r"|(?:모습|장면|전경|로고|조감도|포스터|풍경|자료 ?사진|캡처|캡쳐|갈무리|제공)(?:이다|입니다)?)"
    r"(?:\s?/[^/.]{2,14})?[.\s\"'”’)\]]*$"
    r"|[(（][^()（）]{0,12}(?:왼쪽|오른쪽|가운데|앞줄|뒷줄)|(?:왼쪽|오른쪽)(?:부터|에|은|는|이)|(?<![“\"'‘])사진은"
    r"|(?:찍|촬영)(?:은|한) (?:사진|모습)"
)
# What says where and when a picture was taken, and who is who in it.
SEEN: Final = late(r"\d일|오전|오후|에서 |[(（](?:왼쪽|오른쪽|가운데)|(?:왼쪽|오른쪽)(?:부터|은)|(?<![“\"'‘])사진은")
# Prose in the same tense as a caption: what is said, expected, growing.
GOING_ON: Final = late(
    r"(?:[되받]|보이|커지|늘(?:리|어나)?|줄(?:이|어들)?|높아지|낮아지|이어지|쏠리|오르|내리"
    r"|갖|가지|주목하|전망하|바라보|연구하|검토하|추진하|모색하|고심하)고 ?있다"
)

_END: Final = 32  # code points; more of a stretch's end no pattern looks at


def finished(text: str) -> bool:
    """Whether a stretch ends like a sentence."""
    text = text.rstrip()
    return _ends_finished(text[-_END:], len(text) >= _LONG)


def is_body(text: str) -> bool:
    """A finished sentence of running text: long enough, and no caption."""
    return len(text) >= 25 and finished(text) and not _ends_otherwise(text[-_END:])


def shows(text: str) -> bool:
    """Whether a stretch ends like a caption: in the tense of a picture, or naming what is seen."""
    return bool(SHOWS.search(text[-_SHOWN:]))


_SHOWN: Final = 40  # code points


@lru_cache(maxsize=4096)
def _ends_finished(end: str, long: bool) -> bool:
    return bool(_FINISHED.search(end)) or (long and end.rstrip("\"'”’)]").endswith("."))


@lru_cache(maxsize=4096)
def _ends_otherwise(end: str) -> bool:
    broken_off = _BROKEN_OFF.search(end) and not _FINISHED.search(end)
    return bool(SHOWS.search(end[-25:]) or _NOUN_ASKED.search(end) or broken_off)
