"""Traps for the detectors that no rule's miss can hold: other rules cut something beside them."""

import pytest

import newsclean

BEFORE = "가람시는 강변에 새 도서관을 짓는다고 3일 밝혔다. 사업비는 모두 300억원이다. "
BEHIND = " 한편 가람시는 지난해 나루교를 놓았다. 시의회는 20일 예산안을 표결할 예정이라고 밝혔다."
HEAD = "강변에서\n입력 2013.11.25 10:00\n"
END = "\n도서관은 밤 열 시까지 연다. 뽑힌 작품은 1층에 건다. 책은 삼만 권이다."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            BEFORE + "◇ 도서관이 남긴 것 강변에 새로 선 도서관의 전경. /연합뉴스" + BEHIND,
            "◇ 도서관이 남긴 것",
        ),
        (
            BEFORE + "▲ 예산 ▲ 인력 ▲ 시민 참여 홍길동 가람시장. [연합뉴스]" + BEHIND,
            "▲ 예산 ▲ 인력",
        ),
        (
            BEFORE + "‘책의 도시’ 될까 홍길동 가람시장. 사진=가람시청" + BEHIND,
            "‘책의 도시’ 될까",
        ),
        (
            BEFORE + "올해만 벌써 세 번째. 그래픽=홍길동" + BEHIND,
            "세 번째.",
        ),
        (
            BEFORE + "“책이 사람을 만든다”고 그는 말했다(사진). /가나일보 DB" + BEHIND,
            "그는 말했다(사진).",
        ),
        (
            BEFORE + "경찰은 3일 오전 강변에서 달아난 남성을 쫓고 있다. (AI 생성 이미지)" + BEHIND,
            "경찰은 3일 오전",
        ),
        (
            "가람시는 강변에 새 도서관을 짓는다고 3일 밝혔다. 시는 10일부터 신청을 받고 있다. (사진=가람시)" + BEHIND,
            "시는 10일부터",
        ),
        (
            BEFORE + "◇ 강변의 두 얼굴 시민들이 3일 오전 강변에서 책을 읽고 있다. 사진=가람시청" + BEHIND,
            "◇ 강변의 두 얼굴",
        ),
        (BEFORE + "상은 셋이다. 홍길동, 이나라, 김가람. 사진=가람시청" + BEHIND, "홍길동, 이나라, 김가람."),
        (
            "가람시는 강변에 새 도서관을 짓는다고 3일 밝혔다. 사진은 나루교의 모습. 사진=가람시청" + BEHIND,
            "짓는다고 3일",
        ),
        (
            "입력 2024.11.15 10:22\n\n시민단체는 반대하고 나섰다. 가람시는\n강변을 따라 산책로를 새로 짓기로 하고\n"
            "내년 봄에 공사를 시작한다. 공사에는\n한 해가 걸린다고 시는 밝혔다.",
            "산책로를 새로 짓기로 하고",
        ),
        ("공모에 뽑힌 작품은 다음과 같다.\n강을 건너는 사람들\n[사진=가람시]\n\n\n" + END, "강을 건너는 사람들"),
        (
            "도서관이 문을 열었다.\n\n그리고 다시 봄.\n\n\n시민들이 책을 고른다. [사진=가람시]\n\n\n" + END,
            "그리고 다시 봄.",
        ),
        (
            "우리 아이를 돌려 주세요\n또 한 번.\n우리 아이를 돌려 주세요\n어머니는 외쳤다." + END,
            "돌려 주세요\n또 한 번",
        ),
        ("푸른 하늘 은하수 하얀 쪽배에\n(박수)\n푸른 하늘 은하수 하얀 쪽배에\n토끼 한 마리" + END, "쪽배에\n(박수)"),
        (
            HEAD + "재료(4인분)\n두부 300g\n된장 4큰술\n봄나물 한 줌\n두부는 1cm 두께로 썬다." + END,
            "두부 300g\n된장 4큰술",
        ),
        (HEAD + "빈소 가람의료원\n발인 3일 오전 9시\n고인은 마을을 오래 이끌었다." + END, "빈소 가람의료원\n발인"),
        (HEAD + "강의 노래\n이나라. 강변출판. 8000원\n시인의 열 번째 시집이다." + END, "강의 노래\n이나라. 강변"),
        (
            "그늘이 많다고 그는 적었다.\nnara@gana.kr\n▷43·시인\n◆그래도 걷는다\n농사를 지은 지 스무 해가 됐다." + END,
            "◆그래도 걷는다",
        ),
        (
            "[가나일보 이나라 기자]\n\n영화 '나루'가 가람 영화제에서 처음 걸린 가운데, 뜨거운\n반응이 이어지고 있다.\n\n"
            "감독은 강을 건너는 사람들의 이야기를 십 년 동안 모았다고 말했다." + END,
            "걸린 가운데, 뜨거운",
        ),
        (
            "이나라 가람시장이 10일 오후 강변 산책로에서 시민들과 함께 가을볕을 받으며 걷고 있다. 홍길동 기자\n\n"
            "이나라 가람시장이 10일 오후 강변 산책로에서 시민들과 함께 가을볕을 받으며 쉬고 있다. 홍길동 기자",
            "받으며 걷고 있다.",
        ),
        (
            "가람시가 오는 10일 오후 2시 강변 도서관에서 시민 100명과 함께 책 잔치를 연다고 3일 밝혔다. 홍길동 기자\n"
            "가람시가 오는 11일 오후 2시 강변 도서관에서 시민 200명과 함께 차 잔치를 연다고 3일 밝혔다. 이나라 기자",
            "책 잔치를 연다",
        ),
    ],
    ids=[
        "subhead in front of a noun",
        "list in front of a noun",
        "question in front of a noun",
        "verbless sentence",
        "sentence ending in brackets",
        "sentence in the tense of a picture",
        "sentence that goes on behind the lede",
        "subhead in front of a picture",
        "names in front of a credit",
        "lede in front of what its photo shows",
        "hard-wrapped first line",
        *("the last item of a list", "a noun behind which the text goes on", "a cry", "a refrain"),
        *("what goes into a dish", "a funeral", "a book", "who wrote, and the next heading"),
        *("a line whose sentence ends below", "captions of two pictures that open alike", "signed briefs"),
    ],
)
def test_it_is_no_picture_and_no_headline(text: str, kept: str) -> None:
    assert kept in newsclean.clean(text).body


@pytest.mark.parametrize(
    "prose",
    [
        "국내 시장에서 새 전지의 판매가 빠르게 늘고 있다.",
        "가람경찰서는 3일 오전 A씨를 불러 조사하고 있다.",
        "A씨가 인근 병원에서 치료를 받고 있다.",
        "당 안팎에서 사퇴를 요구하는 목소리가 커지고 있다.",
        "시장에서 관망세가 짙어진 모습이다.",
        "두 사람은 지난달 12일부터 연락을 끊고 있다.",
    ],
)
@pytest.mark.parametrize("credit", ["/뉴스1", " / 연합뉴스", " /홍길동 기자"])
def test_prose_in_front_of_a_credit_on_one_line_stays(prose: str, credit: str) -> None:
    before = "나루전자가 3일 새 전지를 내놨다고 밝혔다. 값은 30만원이며 다음 달부터 판다. 회사는 공장을 더 짓는다."
    text = f"{before} {prose}{credit} 업계는 내년에 값이 더 내릴 것으로 기대한다고 밝혔다. 전지는 나루시에서 만든다."
    assert prose in newsclean.clean(text).body


FLAT = "시는 강변에 새 도서관을 지어 3월에 문을 연다고 3일 밝혔다. 책은 시민이 골랐다. 열람실은 모두 네 곳이다. 문은 밤 열 시에 닫는다."
REST = "옆에는 작은 공연장이 들어선다. 공연은 주말마다 열린다. 표는 누리집에서 살 수 있다고 시는 설명했다."


@pytest.mark.parametrize(
    ("caption", "credit"),
    [("연못에서 노는 개를 바라보는 이나라 씨", "[사진/홍길동 기자]"), ("나루의 봄.", "(사진=가람시)")],
)
def test_a_noun_between_a_sentence_and_a_credit_on_one_line_names_its_picture(caption: str, credit: str) -> None:
    assert newsclean.clean(f"{FLAT} {caption} {credit}{REST}").body == f"{FLAT} {REST}"


@pytest.mark.parametrize(
    ("stretch", "credit"),
    [
        ("공사는 내년에 끝날 예정", "[사진=가람시]"),
        ("올해는 두 곳이 문을 연다", "(사진=가람시)"),
        ("흥행 여부는 미지수.", "[사진=가람시]"),
        ("나루를 바라보는 이나라 씨", "/홍길동 기자"),
    ],
    ids=["a sentence without its verb", "a sentence without its stop", "a verdict", "a name that may be the author's"],
)
def test_what_may_be_a_sentence_in_front_of_a_credit_stays(stretch: str, credit: str) -> None:
    assert stretch in newsclean.clean(f"{FLAT} {stretch} {credit} {REST}").body


REPORT = "회사는 새 공장을 짓는다고 3일 밝혔다. 공사는 내년에 끝날 것으로 보인다."


def test_sentences_that_report_are_no_caption_of_what_a_noun_names() -> None:
    body = newsclean.clean(f"[가나일보] {REPORT} 나루 공장 조감도./가나건설\n\n{REST}").body
    assert REPORT in body and "조감도" not in body


def test_a_plan_is_no_caption_of_what_a_noun_names() -> None:
    plan = "대표단은 3일 나루섬으로 들어가 섬 사람들과 만날 예정이다."
    body = newsclean.clean(f"{FLAT}     {plan} 지난달 나루 광장에 모인 대표단 [연합뉴스 자료사진]    {REST}").body
    assert plan in body and "광장" not in body


@pytest.mark.parametrize("opening", ["(나루=연합뉴스) 홍길동 기자 = ", "[가나일보=홍길동 기자] "])
def test_nothing_above_a_sure_signature_is_the_articles(opening: str) -> None:
    caption = "시가 새 도서관의 설계를 공개했다. 문은 세 개다. /사진=가람시\n\n\n\n"
    deck = "시장 “책은 시민이 고른다”\n\n"
    assert newsclean.clean(f"{deck}{caption}{opening}{REST}").body == REST


@pytest.mark.parametrize(
    "text",
    [
        f"편집자 주: 강을 건너는 사람들을 만난다. 세 번에 나눠 싣는다.\n\n(나루=연합뉴스) 홍길동 기자 = {REST}",
        f"{FLAT}\n\n[가나일보=홍길동 기자] {REST}",
    ],
    ids=["an editor's note", "a first article without a photo"],
)
def test_sentences_above_a_signature_without_a_photo_stay(text: str) -> None:
    assert text.split("\n")[0].strip() in newsclean.clean(text).body


@pytest.mark.parametrize(
    "prose",
    [
        "홍길동 가람전자 회장(사진=가나뉴스)이 강변에서 기자들을 만났다.",
        "지난해 소득은 312만원이었다. (자료=통계청)",
        "가람미술관이 그림 30점을 건다. 1층은 그림, 2층은 글씨로 꾸몄다. 입장료는 무료. (사진=가람미술관 제공)",
    ],
    ids=["a credit in mid-sentence", "the source of a number", "a last sentence without its verb"],
)
def test_what_a_credit_stands_in_is_no_caption(prose: str) -> None:
    kept = prose.split(" (")[0].split("(")[0]
    assert kept in newsclean.clean(f"{FLAT}\n\n{prose}\n\n{REST}").body


MENU = "\n".join(
    [
        *(
            "본문 바로가기",
            "메뉴 바로가기",
            "로그인",
            "회원가입",
            "전체메뉴 열기",
            "검색어 입력",
            "정치",
            "경제",
            "사회",
        ),
        *("문화", "스포츠", "연예", "국제", "오피니언", "사설", "칼럼", "포토", "영상", "구독하기", "마이페이지"),
    ]
)
TOP = f"{MENU}\n가람 강변에 새 도서관 문 연다\n입력 2024.03.03 10:00\n글자크기 설정"
ARTICLE = "\n".join(
    [
        "가람시가 강변에 새 도서관을 지어 오는 10일 문을 열고 시민에게 책 12만 권을 빌려준다고 3일 밝혔다.",
        "도서관은 지하 1층, 지상 4층 규모로 지어졌으며 어린이 열람실과 작은 공연장, 찻집을 함께 갖췄다.",
        "이나라 시장은 “누구나 쉬어 가는 곳이 되도록 하겠다”며 “책은 시민이 함께 골랐다”고 말했다.",
        "시는 내년까지 나루동과 강건너 마을에도 작은 도서관을 하나씩 더 지을 계획이라고 설명했다.",
    ]
)
FOOT = (
    "홍길동 기자 gildong@gana.co.kr\nCopyright ⓒ 가나일보. 무단전재 및 재배포 금지\n좋아요\n싫어요\n댓글\n공유하기\n"
    "많이 본 뉴스\n구독하기\n로그인\n회원가입\n개인정보처리방침\n이용약관"
)
UNKNOWN = ("소리골목", "느린 걸음", "보드라운 단추", "이 골목의 이야기는 이야기꾼이 스스로 정한 차례로 보여 드립니다.")


@pytest.mark.parametrize("words", UNKNOWN)
def test_what_no_rule_knows_is_furniture_below_the_rights_of_a_page(words: str) -> None:
    foot = FOOT.replace("많이 본 뉴스", f"{words}\n많이 본 뉴스")
    assert newsclean.clean(f"{TOP}\n{ARTICLE}\n{foot}").body == ARTICLE


def test_short_lines_between_buttons_above_a_pages_article_are_buttons() -> None:
    top = TOP.replace("글자크기 설정", "글자크기 설정\n느린 걸음\n보통 걸음\n빠른 걸음\n공유하기")
    assert newsclean.clean(f"{top}\n{ARTICLE}\n{FOOT}").body == ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        f"{TOP}\n{ARTICLE}\n문의는 가람시 누리집에서 할 수 있으며, 시민이라면 누구나 신청할 수 있습니다.\n{FOOT}",
        f"{TOP}\n두부 300g\n된장 4큰술\n봄나물 한 줌\n{ARTICLE}\n{FOOT}",
        f"{TOP}\n{ARTICLE}\n◇문 여는 날\n월요일\n수요일\n{FOOT}",
        f"{TOP}\n{ARTICLE.replace('다.', '다고 합니다.')}\n{FOOT}",
        f"{TOP}\n{ARTICLE}\n※ 도움이 필요하면 상담전화 109에서 24시간 상담을 받을 수 있습니다.\n{FOOT}",
        f"{TOP}\n왜 지금인가?\n{ARTICLE}\n{FOOT}",
    ],
    ids=[
        "a polite last sentence",
        "a list in front",
        "a list behind",
        "an article that is polite throughout",
        "a helpline",
        "a question",
    ],
)
def test_what_may_be_the_articles_of_a_page_stays(text: str) -> None:
    own = text.removeprefix(TOP).removesuffix(FOOT).strip()
    assert newsclean.clean(text).body == own


STEPS = "1. 두부는 썰어 물기를 빼 주세요.\n2. 팬에 노릇하게 부쳐 주세요."


@pytest.mark.parametrize(
    ("boxes", "own"),
    [
        (
            "[관련기사]\n▶ 나루 도서관 새 단장\n▶ 강변 산책로 내년에 연다\n▶ 가람 축제 개막",
            "안녕하세요. 시민 여러분께 알립니다.",
        ),
        ("이미지 크게보기\n이미지 크게보기\n이미지 크게보기", STEPS),
        ("좋아요 0\n훈훈해요 0\n슬퍼요 0", "△기획과장 이나라\n△총무과장 성춘향"),
    ],
    ids=["headlines", "pictures", "counters"],
)
def test_what_stands_above_the_signature_of_a_page_is_the_articles_behind_any_box(boxes: str, own: str) -> None:
    body = newsclean.clean(f"{TOP}\n{ARTICLE}\n{boxes}\n{own}\n{FOOT}").body
    assert body.startswith(ARTICLE) and body.endswith(own)


STOCKS = "코스피 지수는 전 거래일보다 12.34포인트(0.5%) 오른 2512.34에 거래를 마쳤다."
OTHERS = "코스닥 지수는 전 거래일보다 3.21포인트(0.4%) 내린 812.34에 거래를 마쳤다."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"15일 증시는 나란히 올랐다고 거래소가 밝혔다. {STOCKS} (사진=연합뉴스) {OTHERS}", STOCKS),
        (f"15일 증시는 나란히 올랐다고 거래소가 밝혔다. {STOCKS} (자료=한국거래소)\n{OTHERS}", STOCKS),
        (
            "이나라 시장은 “시민의 뜻을 받들어 강변 산책로를 반드시 완성하겠다”고 말했다. (사진=가람시)\n"
            "이나라 시장은 “시민의 뜻을 받들어 강변 도서관도 반드시 완성하겠다”고 덧붙였다. 주민들은 박수로 답했다.",
            "강변 산책로를 반드시 완성하겠다",
        ),
        (
            "가람소방서는 15일 관내 전통시장에서 화재 예방 캠페인을 벌였다고 밝혔다. 홍길동 기자 hong@gana.co.kr\n\n"
            "가람소방서는 15일 관내 전통시장에서 화재 예방 훈련을 벌였다고 밝혔다. 이나라 기자 lee@gana.co.kr",
            "캠페인을 벌였다고",
        ),
    ],
    ids=["parallel sentences", "parallel lines", "two quotations", "signed briefs with addresses"],
)
def test_sentences_that_open_alike_around_a_credit_are_both_the_articles(text: str, kept: str) -> None:
    assert kept in newsclean.clean(text).body


def test_a_known_title_in_wide_signs_is_found() -> None:
    title = "［단독］ 나루교 내년 봄에 다시 연다"
    assert newsclean.clean(f"{title} {REST}", title=title).body == REST


@pytest.mark.parametrize("credit", ["ⓒ가나일보 DB", "2010.9.16 <<지방기사 참고. 가람시 제공>>"])
def test_prose_in_front_of_an_unsure_credit_stays(credit: str) -> None:
    prose = "그날 강가에는 아무도 없었다. 바람만 불었다. 그는 오래 서 있었다."
    above = "시는 다리를 다시 놓기로 했다. 공사는 이듬해 멈췄다고 한다.\n\n"
    below = "\n\n도서관은 밤 열 시까지 연다고 시는 밝혔다. 뽑힌 작품은 1층에 건다고 관장은 말했다."
    assert prose in newsclean.clean(f"{above}{prose} {credit}{below}").body


def test_the_last_sentence_of_an_article_is_no_caption_of_a_dated_credit() -> None:
    text = (
        "(가람=가나뉴스) 가람시는 1일 누리집에 여객선의 표를 바꾼다고 알렸다.     1. 표는 앱에서만 판다.     2. 이름을 적는다."
        "     7월부터 가람항에서 떠나는 모든 배의 표를 이 차례로 팔고 옛 표는 쓸 수 없게 한다. 2019.7.4 "
        "[가람시 누리집 캡처. 재판매 및 DB금지]     photo@gana.co.kr"
    )
    assert "옛 표는 쓸 수 없게 한다." in newsclean.clean(text).body


@pytest.mark.parametrize("first", ["존경하고 사랑하는 가람시민 여러분", "다음은 이나라 시장의 담화문 전문"])
def test_the_first_words_of_a_letter_are_no_headline(first: str) -> None:
    vow = (
        "강변의 다리가 다시 열릴 때까지 쉬지 않고 일하겠다고 약속드리며 다리가 열리는 날 모두와 함께 강을 건너겠습니다."
    )
    lines = [
        f"{day} 무거운 마음으로 이 자리에 선 저는 이제 {vow}" for day in ("오늘", "어제", "그제", "지난주", "지난달")
    ]
    assert newsclean.clean("\n".join((first, *lines))).body.startswith(first)
