"""What the field forbids, no rulebook switches on (DOMAIN.md 0 and F).

Most of it cannot be said at all: the schemas have no words for it. What remains is a harmless
type under a harmful name, a text column 签到时间; so the names of whatever a rulebook has people
fill in, count or do are looked through. Prose, which may well forbid these things, is not.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from anfang.campaigns.rulebook_registry import SectionFault

_PATTERNS: Final = {
    # 国办函〔2026〕12号: no check-in, online time, ranking by points
    "guard-attendance": r"打卡|签到|签退|刷脸|在线时[长间]|登录时长|check-?in|online-time",
    "guard-ranking": r"积分排[名行]|积分榜|个人(积分|排名)|(人员|干部|个人)(积分|排[名行]|末位)",
    # PIPL 28, 55; DOMAIN F2: no continuous track, no recognition of persons
    "guard-tracking": r"轨迹|实时(定位|位置)|持续定位|位置共享|(?<![a-z])gps(?![a-z])",
    "guard-recognition": r"(人脸|声纹|步态|车牌)识别|face-recognition",
    # DOMAIN F1: no devices for eavesdropping, no audio, no video
    "guard-recording": r"录音|录像|窃听|窃照|偷拍|针孔",
    # 优化营商环境: 涉企行政检查 is not an office's business (国办发〔2024〕54号)
    "guard-enterprise": r"涉企(行政)?检查|检查企业",
    # PIPL 25, 民法典 999: exposure names units
    "guard-naming": r"(曝光|通报)(个人|人员|干部)(姓名|身份)|身份证",
}
_RAILS: Final = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _PATTERNS.items()}
_PROSE: Final = frozenset({"about", "duty", "text", "source", "note", "why"})


def faults(content: Any) -> Iterator[SectionFault]:
    """Yield every name in a section that says what no rulebook may switch on."""
    for place, text in _names(content, ()):
        for code, pattern in _RAILS.items():
            if found := pattern.search(text):
                yield SectionFault(place, code, {"name": found[0]})


def _names(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _names(one, (*place, index))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in _PROSE:
                yield from _names(one, (*place, key))
