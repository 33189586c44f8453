"""Hypothesis strategies: scrapes made of the packs' own examples, invented paragraphs and noise."""

from hypothesis import strategies as st

from newsclean import RulePack, marked

PACK = RulePack.default()
HITS = [(rule.id, marked.parse(hit).text) for rule in PACK for hit in rule.hits]
MISSES = [(rule.id, miss) for rule in PACK for miss in rule.misses]

# A plain article: finished sentences, nothing that looks like clutter.
PARAGRAPHS = (
    "가람시는 올해 안에 강변 산책로 3.2㎞를 새로 깐다고 3일 밝혔다.",
    "공사는 다음 달 시작해 열한 달 동안 이어진다. 사업비는 41억원으로 모두 시비로 댄다.",
    "시는 지난해 주민 설명회를 네 차례 열어 노선을 정했다고 설명했다.",
    "주민 이모(54)씨는 “아이들이 안전하게 걸을 길이 생겨 반갑다”고 말했다.",
    "다만 공사 기간에는 둔치 주차장 절반을 쓰지 못한다. 시는 임시 주차장 두 곳을 마련한다.",
    "환경 단체는 철새가 오는 겨울에는 공사를 멈춰 달라고 시에 요청했다.",
)

noise = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
korean = st.text(alphabet="가나다 .,\n\t▶☞ⓒ[]()=/|@“”\"'·-123abc다요기자", max_size=80)
example = st.sampled_from([text for _, text in HITS] + [miss for _, miss in MISSES])
paragraph = st.sampled_from(PARAGRAPHS)
joint = st.sampled_from(["\n", "\n\n", " ", "  ", "\t", "", "\r\n", "\u00a0"])


@st.composite
def scrapes(draw: st.DrawFn) -> str:
    """A scrape: examples, paragraphs and noise, joined by anything that a crawler leaves between blocks."""
    blocks = draw(st.lists(st.one_of(example, paragraph, paragraph, korean, noise), max_size=7))
    return "".join(block + draw(joint) for block in blocks)


@st.composite
def articles(draw: st.DrawFn) -> list[str]:
    """The paragraphs of a plain article, in order, at least three."""
    count = draw(st.integers(3, len(PARAGRAPHS)))
    return list(PARAGRAPHS[:count])


@st.composite
def planted(draw: st.DrawFn) -> tuple[list[str], str]:
    """A plain article with a hit of some rule between two of its paragraphs: the paragraphs, and the scrape.

    Where a double space stands for the line break, only rules that do without one are planted.
    """
    paragraphs = draw(articles())
    between = draw(st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n\n", "  "]))
    hits = [hit for rule, hit in HITS if PACK[rule].flat or "\n" in between]
    place = draw(st.integers(1, len(paragraphs) - 1))
    return paragraphs, between.join([*paragraphs[:place], draw(st.sampled_from(hits)), *paragraphs[place:]])
