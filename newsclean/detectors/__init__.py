"""The few rules that need the whole document. Each is named by a rule of a pack and gives that rule's labels.

A detector sees the sheet (text, segments, claims so far) and may only claim more; `resolve` decides.
"""

from collections.abc import Callable
from typing import Final

from newsclean.detectors.caption import caption_of_credit
from newsclean.detectors.head import head_caption, head_deck, head_title, known_title, page_title
from newsclean.detectors.page import page_furniture, teasers
from newsclean.detectors.picture import caption_copies, caption_in_slot, caption_with_stop
from newsclean.detectors.repeat import above_widget, repeated, translation
from newsclean.detectors.told_again import caption_told_again
from newsclean.detectors.wire_photo import caption_with_dateline
from newsclean.model import Label
from newsclean.rule import Rule
from newsclean.sheet import Sheet

Detector = Callable[[Sheet, Rule], list[Label]]

DETECTORS: Final[dict[str, Detector]] = {
    detector.__name__: detector
    for detector in (
        *(known_title, head_title, head_deck, head_caption, page_title, page_furniture, teasers),
        *(caption_of_credit, caption_with_dateline, caption_in_slot, caption_with_stop, caption_copies, repeated),
        *(caption_told_again, above_widget, translation),
    )
}
