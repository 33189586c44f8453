"""An invented crawl for tests of many records: rows, and files of them."""

import csv
import json
from pathlib import Path
from typing import Any

_SCRAPE = """\
가람시, 강변 산책로 {km}㎞ 새로 깐다
[가람=뉴시스]홍길동 기자 = 가람시는 올해 안에 강변 산책로 {km}㎞를 새로 깐다고 3일 밝혔다.
{middle}시는 “아이들이 안전하게 걸을 길”이라고 설명했다.
☞공감언론 뉴시스 hong@newsis.com
Copyright ⓒ 뉴시스. 무단전재 및 재배포 금지.
"""
_MIDDLE = '공사는 다음 달 시작해 열한 달, 41억원을 들여 "시비로만" 이어진다.\n'


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {"id": number, "본문": _SCRAPE.format(km=number, middle=_MIDDLE * (number % 4)), "면": None, "점수": number / 4}
        for number in range(count)
    ]


def write_jsonl(path: Path, count: int) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows(count))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def write_csv(path: Path, count: int, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows(1)[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows(count))
    return path
