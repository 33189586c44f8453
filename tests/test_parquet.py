"""Parquet: types kept, other formats in and out, damage told."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `parquet`)")
pq = pytest.importorskip("pyarrow.parquet")

from newsclean import InputError, UsageError  # noqa: E402
from newsclean.formats import jsonl, parquet  # noqa: E402
from tests.crawl import rows, write_csv, write_jsonl  # noqa: E402
from tests.test_batch import BODIES, clean, lines, table  # noqa: E402

WHEN = datetime(2024, 11, 15, 10, 22, tzinfo=UTC)


def typed() -> Any:
    columns = {
        "when": pa.array([WHEN] * 40, pa.timestamp("ns", "Asia/Seoul")),
        "본문": pa.array([row["본문"] for row in rows(40)], pa.large_string()),
        "price": pa.array([Decimal("1.10")] * 40, pa.decimal128(9, 2)),
        "hash": pa.array([b"\xff"] * 40, pa.binary()),
        "면": pa.array(["사회"] * 40).dictionary_encode(),
    }
    return pa.table(columns)


@pytest.mark.parametrize("suffix", [".parquet", ".parquet.gz"])
def test_every_other_column_is_as_it_was(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP_BYTES", 20_000)
    pq.write_table(typed(), tmp_path / "in.parquet", row_group_size=7)
    clean(tmp_path / "in.parquet", tmp_path / f"mid{suffix}")
    clean(tmp_path / f"mid{suffix}", tmp_path / "out.parquet", fields={"prefix": "again_", "error": "again"})
    before, after = typed(), pq.read_table(tmp_path / "out.parquet")
    for name in ("when", "price", "hash", "면"):
        assert after[name].type == before[name].type and after[name].to_pylist() == before[name].to_pylist()
    assert after["본문"].type == pa.large_string() and after["본문"].to_pylist() == BODIES
    assert after["news_reporters"].to_pylist()[0][0]["name"] == "홍길동"
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups > 1


def test_to_json_lines_and_csv(tmp_path: Path) -> None:
    pq.write_table(typed(), tmp_path / "in.parquet")
    clean(tmp_path / "in.parquet", tmp_path / "out.jsonl")
    clean(tmp_path / "in.parquet", tmp_path / "out.csv")
    wanted = {"when": "2024-11-15T19:22:00+09:00", "본문": BODIES[0], "price": "1.10", "hash": "/w==", "면": "사회"}
    assert wanted.items() <= lines(tmp_path / "out.jsonl")[0].items()
    assert table(tmp_path / "out.csv")[0]["본문"] == BODIES[0]


def test_from_json_lines_and_csv(tmp_path: Path) -> None:
    clean(write_jsonl(tmp_path / "in.jsonl", 40), tmp_path / "json.parquet")
    clean(write_csv(tmp_path / "in.csv", 40), tmp_path / "csv.parquet")
    from_json, from_csv = pq.read_table(tmp_path / "json.parquet"), pq.read_table(tmp_path / "csv.parquet")
    assert from_json["본문"].to_pylist() == from_csv["본문"].to_pylist() == BODIES
    assert from_json["id"].type == pa.int64() and from_csv["id"].type == pa.string()


@pytest.mark.parametrize(
    ("line", "message"), [('{"text": "나", "x": "글"}', "later value"), ('{"y": 1}', "the field 'y'")]
)
def test_a_later_record_that_does_not_fit(
    tmp_path: Path, line: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "_SAMPLE_BYTES", 10)
    (tmp_path / "in.jsonl").write_text(f'{{"text": "가", "x": 1}}\n{line}\n')
    with pytest.raises(InputError, match=message):
        clean(tmp_path / "in.jsonl", tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_values_without_a_common_type(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "가", "x": 1}\n{"text": "나", "x": []}\n')
    with pytest.raises(UsageError, match="'x' have no common type"):
        clean(tmp_path / "in.jsonl", tmp_path / "out.parquet")


def test_a_missing_column_and_other_types(tmp_path: Path) -> None:
    pq.write_table(typed(), tmp_path / "a.parquet")
    pq.write_table(typed().drop(["본문"]), tmp_path / "b.parquet")
    pq.write_table(typed().drop(["price"]), tmp_path / "c.parquet")
    pq.write_table(typed().set_column(2, "price", pa.array([1] * 40)), tmp_path / "d.parquet")
    for other, message in (("b", "no field '본문'"), ("c", "no 'price'"), ("d", "the types or the order")):
        with pytest.raises(UsageError, match=rf"{other}\.parquet: .*{message}"):
            clean([tmp_path / "a.parquet", tmp_path / f"{other}.parquet"], tmp_path / "out.parquet")
    with pytest.raises(UsageError, match="no field looks like the text"):
        clean(tmp_path / "b.parquet", tmp_path / "out.parquet")


def test_damage(tmp_path: Path) -> None:
    pq.write_table(typed(), tmp_path / "in.parquet", compression="none")
    raw = (tmp_path / "in.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(raw[:5000])
    with pytest.raises(UsageError, match="no whole Parquet file"):
        clean(tmp_path / "cut.parquet", tmp_path / "out.parquet")
    (tmp_path / "bad.parquet").write_bytes(raw[:4] + b"\xff" * 60 + raw[64:])
    with pytest.raises(InputError, match=r"bad\.parquet: the Parquet file is damaged"):
        clean(tmp_path / "bad.parquet", tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize(("source", "target"), [("-", "out.parquet"), ("in.parquet", "-")])
def test_no_pipes(tmp_path: Path, source: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pq.write_table(typed(), tmp_path / "in.parquet")
    with pytest.raises(UsageError, match="pipe"):
        clean(Path(source), Path(target), read_as="parquet", write_as="parquet")


def test_bytes_in_place(tmp_path: Path) -> None:
    texts = [row["본문"].encode("cp949") for row in rows(3)]
    pq.write_table(pa.table({"text": pa.array(texts, pa.binary())}), tmp_path / "in.parquet")
    with pytest.raises(UsageError, match="--into"):
        clean(tmp_path / "in.parquet", tmp_path / "out.parquet")
    clean(tmp_path / "in.parquet", tmp_path / "out.parquet", fields={"into": "clean"})
    after = pq.read_table(tmp_path / "out.parquet")
    assert after["clean"].to_pylist() == BODIES[:3] and after["text"].to_pylist() == texts
