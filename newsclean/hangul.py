"""How Korean a text looks by its syllables alone; what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

from typing import Final

from newsclean.late import late

# The 600 most frequent syllables of Korean news, 98.6% of all (counted over 3,366 scrapes). In text read with
# the wrong encoding fewer than one syllable in eight is among them; in real text more than four in five are.
COMMON: Final = frozenset(
    "가각간갈감갑갔강갖같개객거건걸검겁것게겠겨격견결겸겼경계고곡골곳공과관광괴굉교구국군굴궁권궐귀규균그극근글금급기긴길김깊까깨께꼬꾸끌끝끼나낙난날남납났낮내낸냈냐냥너널넘네녀년념노녹논농높놓뇌누눈뉴느는"
    "늘능니닌님다단달담답당대더덕던덧데델도독돈돌동돼됐되된될됩두둔둘뒤드득든들듯등디따딸땅때떠떤떨떻또뛰뜻라락란람랐랑래랜램략량러런럼럽렇레려력련렴렵렸령례로록론롭롯뢰료루룹뤄류률르른를름리린릴림립링마막"
    "만많말망맞맡매맹머먹먼메며면명모목몰몸못무문묻물뭐미민밀및바박밖반받발밝방배백버번벌범법베벤벽변별병보복본볼봉봐봤부북분불붙뷰브블비빅빈빌빠뿐사삭산살삼상새색생서석선설섭섰성세센션셨소속손송쇄수숙순술"
    "숨쉽슈스슨슬습승시식신실심십싱싶싸써쓰씀씨씩아악안않알암압았앙앞애액앵야약양얘어억언얻얼엄업없엇었에엔엘여역연열염였영예오옥온올와완왔왜외요욕용우욱운울움웃웅워원월웠위유육윤율융으은을음응의이익인일임"
    "입있자작잖잘잠잡장재잼쟁저적전절점접정제져졌조족존좀종좋좌죄죠주죽준줄중즈즉즌증지직진질집짓징짜째쪽쯤찍차착찬찰참창찾채책처척천철첫청체쳐쳤초촉촌총최추축춘출충춰취츠측층치칙친칠침카캠커컨케켜코콘쿠크"
    "큰클큼키킬킹타탁탄탈태택터턴털테텐텔템토톡통퇴투튜트특틀티팀팅파판팔패퍼페편펼평폐포폭폰표풀품풍프플피필핑하학한할함합항해핵했행향허헌험혀혁현혈혐협혔형혜호혹혼홈홍화확환활황회획효후훈휘휴흔흥희히힌힘"
)
_HANGUL: Final = late(r"[가-힣]")


def common_share(text: str) -> float:
    """The share of a text's Hangul syllables that are common ones (0 to 1); 0 without any."""
    syllables = _HANGUL.findall(text)
    return sum(map(COMMON.__contains__, syllables)) / len(syllables) if syllables else 0.0


def is_korean(text: str, at_least: int = 2) -> bool:
    """Whether a text has `at_least` Hangul syllables and most of them are common ones."""
    return len(_HANGUL.findall(text)) >= at_least and common_share(text) >= 0.7


def count(text: str) -> int:
    """How many Hangul syllables stand in a text."""
    return len(_HANGUL.findall(text))
