"""From names of files to what a run needs: sources, the transform of their chunks, and how the output is made."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from newsclean.cleaner import Cleaner
from newsclean.errors import UsageError
from newsclean.formats import csv, jsonl, parquet
from newsclean.formats.base import STANDARD, Form, Reader, RowByRow, Source, Transform, Writer, form_of
from newsclean.formats.stream import Raw, require_packing
from newsclean.record import Fields, RecordCleaner, guess_fields, said

_WITH_HEADER: Final = ("csv", "tsv", "parquet")
_CELLS: Final = ("csv", "tsv")


class Files(NamedTuple):
    """Names and forms; see `batch.Job`."""

    inputs: tuple[str, ...]
    output: str
    read_as: str | None
    write_as: str | None
    encoding: str | None
    delimiter: str | None
    mark: bool


@dataclass
class Plan:
    """How a run goes. guessed: which fields were guessed. convert: makes the output of its part, if it is not."""

    files: Files
    forms: list[Form]
    target: Form
    cleaner: RecordCleaner
    transform: Transform
    convert: Callable[[Path, BinaryIO], None] | None
    guessed: str
    kept: dict[int, Source]

    def opened(self, number: int) -> Source:
        """An input, by its number; a pipe is not opened twice."""
        return self.kept.pop(number, None) or _opened(self.files, number, self.forms[number])


def planned(files: Files, cleaner: Cleaner, wanted: Fields) -> Plan:
    """Look at the inputs and settle everything. Raises UsageError for what makes no sense."""
    forms = [form_of(name, files.read_as, "--from") for name in files.inputs]
    target = form_of(files.output, files.write_as, "--to", forms[0].format)
    _require_sense(files, forms, target)
    first, kept = _first(files, forms)
    fields = guess_fields(first.names, wanted) if first.names else _unguessed(wanted)
    rows = RecordCleaner(cleaner, fields, encoding=files.encoding)
    if first.names:
        rows.require(first.names)
    _require_same(files, forms, target, first, rows)
    transform, convert = _written(files, forms[0], target, first, rows)
    guessed = said(fields, wanted) if first.names else ""
    if not kept:
        first.close()
    return Plan(files, forms, target, rows, transform, convert, guessed, kept)


def _is_pipe(name: str) -> bool:
    path = Path(name)
    return name == STANDARD or (path.exists() and not path.is_file() and not path.is_dir())


def _unguessed(wanted: Fields) -> Fields:
    """The fields where there is no record to guess from."""
    return replace(wanted, text=wanted.text or "text")


def _opened(files: Files, number: int, form: Form) -> Source:
    name = files.inputs[number]
    if form.format == "parquet":
        return parquet.ParquetSource(name, form)
    if form.format in _CELLS:
        return csv.CsvSource(name, form, files.encoding, _delimiter(files, form))
    return jsonl.JsonlSource(name, form, files.encoding)


def _delimiter(files: Files, form: Form) -> str:
    return csv.DELIMITERS[form.format] if form.format == "tsv" or not files.delimiter else files.delimiter


def _require_sense(files: Files, forms: list[Form], target: Form) -> None:
    if len(files.inputs) > 1 and (pipe := next(filter(_is_pipe, files.inputs), None)):
        raise UsageError(f"a pipe ({pipe}) cannot be one of several inputs; clean it apart")
    if len({form.format for form in forms}) > 1:
        raise UsageError("the inputs have different formats; clean those of each format in a run of their own")
    for form in {*forms, target}:
        require_packing(form.compression)
    if target.format == "parquet":
        parquet.require_pyarrow()
        if files.output == STANDARD:
            raise UsageError("Parquet cannot be written to a pipe; give a file with -o, or write jsonl")
    if files.delimiter is not None and len(files.delimiter) != 1:
        raise UsageError(f"--delimiter {files.delimiter!r}: it must be one character")
    for name in files.inputs:
        if _is_pipe(name):
            continue  # it can be opened only once
        Raw(name).close()
        if files.output != STANDARD and Path(files.output).is_file() and Path(files.output).samefile(name):
            raise UsageError(f"{name} is input and output at once; write to another file")


def _first(files: Files, forms: list[Form]) -> tuple[Source, dict[int, Source]]:
    """The first input in which there is something, and the pipe that must be kept open."""
    source = None
    for number, form in enumerate(forms):
        if source is not None:
            source.close()
        source = _opened(files, number, form)
        if source.names:
            break
    assert source is not None
    return source, {0: source} if _is_pipe(source.name) else {}


def _require_same(files: Files, forms: list[Form], target: Form, first: Source, rows: RecordCleaner) -> None:
    """Raise UsageError for tables that lack the text, or that one table cannot hold."""
    if forms[0].format not in _WITH_HEADER or len(forms) == 1:
        return
    for number, form in enumerate(forms):
        source = _opened(files, number, form)
        source.close()
        if not source.names:
            continue
        try:
            rows.require(source.names)
            if target.format in _WITH_HEADER:
                _require_columns(first, source, target)
        except UsageError as error:
            raise UsageError(f"{source.name}: {error}") from None


def _require_columns(first: Source, source: Source, target: Form) -> None:
    if set(first.names) != set(source.names):
        missing, more = [*{*first.names} - {*source.names}], [*{*source.names} - {*first.names}]
        differences = ", ".join([*(f"no {name!r}" for name in missing), *(f"also {name!r}" for name in more)])
        raise UsageError(f"its columns are not those of {first.name} ({differences}); write .jsonl, or clean it apart")
    if target.format == "parquet" and isinstance(source, parquet.ParquetSource):
        assert isinstance(first, parquet.ParquetSource)
        if not source.schema.equals(first.schema):
            raise UsageError(f"the types or the order of its columns are not those of {first.name}; clean it apart")


def _written(
    files: Files, form: Form, target: Form, first: Source, rows: RecordCleaner
) -> tuple[Transform, Callable[[Path, BinaryIO], None] | None]:
    reader = _reader(form, rows.fields.text or "")
    names = rows.names(first.names) if first.names else []
    if target.format == "jsonl":
        return RowByRow(reader, jsonl.JsonlWriter()), None
    if target.format in _CELLS:
        line_end = first.line_end if isinstance(first, csv.CsvSource) else "\n"
        writer: Writer = csv.CsvWriter(tuple(names), _delimiter(files, target), line_end, files.mark)
        return RowByRow(reader, writer), None
    schema = _schema(first, rows)
    convert = functools.partial(parquet.to_parquet, schema=schema, compression=target.compression)
    if form.format == "parquet":
        return parquet.BatchByBatch(), convert
    return RowByRow(reader, parquet.ParquetWriter(schema)), convert


def _reader(form: Form, text_field: str) -> Reader:
    if form.format == "parquet":
        return parquet.ParquetReader()
    return csv.CsvReader(text_field) if form.format in _CELLS else jsonl.JsonlReader(text_field)


def _schema(first: Source, rows: RecordCleaner) -> Any:
    if isinstance(first, parquet.ParquetSource):
        from newsclean.arrow import cleaned_schema

        return cleaned_schema(rows, first.schema)
    sample = first.sample if isinstance(first, jsonl.JsonlSource) else []
    return parquet.inferred_schema(rows, first.names or [rows.fields.text or ""], sample)
