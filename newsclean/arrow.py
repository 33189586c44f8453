"""Record batches in, record batches out: the Arrow side of `record`, for Parquet files and the adapters.

Every column that is not the text passes through as it is, whatever its type. Strings that are not UTF-8, as Spark
makes of a CP949 file that it reads as text, are read as the bytes they are. Needs pyarrow (the extra `parquet`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from newsclean.errors import UsageError
from newsclean.model import Note, Reporter, Translation
from newsclean.record import Cleaned, RecordCleaner

_ROWS: Final = 10_000  # of a table at a time: while a batch is cleaned its rows are Python objects
_STRING: Final = pa.string()
_STRINGS: Final = (pa.types.is_string, pa.types.is_large_string)
_TEXTS: Final = (*_STRINGS, pa.types.is_string_view, pa.types.is_null)
_BYTES: Final = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary, pa.types.is_binary_view)


def _strings(*names: str) -> pa.DataType:
    return pa.struct([(name, _STRING) for name in names])


TYPES: Final[Mapping[str, pa.DataType]] = {
    "reporters": pa.list_(_strings(*Reporter._fields)),
    "captions": pa.list_(_STRING),
    "related": pa.list_(_STRING),
    "tags": pa.list_(_STRING),
    "translation": _strings(*Translation._fields),
    "notes": pa.list_(_strings(*Note._fields)),
    "encoding": pa.struct([("name", _STRING), ("confidence", pa.float64())]),
    "removed": pa.list_(
        pa.struct(
            [("start", pa.int64()), ("end", pa.int64()), ("category", _STRING), ("rule", _STRING), ("text", _STRING)]
        )
    ),
}
"""The types of the keys of `Article.to_dict()` that are no plain strings."""


def added_fields(cleaner: RecordCleaner) -> list[pa.Field]:
    """The fields of `cleaner.columns()`, in order; all may be null."""
    types = {name: TYPES.get(key, _STRING) for key, name in cleaner.wire_columns().items()}
    return [pa.field(name, types.get(name, _STRING)) for name in cleaner.columns()]


def cleaned_schema(cleaner: RecordCleaner, schema: pa.Schema) -> pa.Schema:
    """The schema of cleaned batches. Raises UsageError where the text is missing, no text, or a name is taken."""
    cleaner.require(schema.names)
    text, fields = _text_field(cleaner, schema), list(schema)
    if not cleaner.fields.keeps_raw:
        place = schema.names.index(text.name)
        body_type = text.type if any(is_text(text.type) for is_text in _STRINGS) else _STRING
        fields[place] = pa.field(cleaner.fields.body, body_type, True, text.metadata)
    return pa.schema([*fields, *added_fields(cleaner)], schema.metadata)


def clean_batch(cleaner: RecordCleaner, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, list[Cleaned]]:
    """The batch with its rows cleaned, and the rows themselves (only the fields that cleaning reads, and ours).

    Raises UsageError as `cleaned_schema` does.
    """
    schema = cleaned_schema(cleaner, batch.schema)
    rows = [cleaner.cleaned(record) for record in _records(_read_part(cleaner, batch))]
    columns = list(batch.columns)
    if not cleaner.fields.keeps_raw:
        place = batch.schema.names.index(cleaner.fields.text)
        columns[place] = _bodies(rows, schema.field(place), columns[place])
    columns += [_of_rows(rows, field) for field in list(schema)[len(columns) :]]
    return pa.RecordBatch.from_arrays(columns, schema=schema), rows


def clean_table(cleaner: RecordCleaner, table: pa.Table) -> pa.Table:
    """The table with its rows cleaned, some thousand at a time. Raises UsageError as `cleaned_schema` does."""
    batches = [clean_batch(cleaner, batch)[0] for batch in table.to_batches(max_chunksize=_ROWS)]
    return pa.Table.from_batches(batches, cleaned_schema(cleaner, table.schema))


def _read_part(cleaner: RecordCleaner, batch: pa.RecordBatch) -> pa.RecordBatch:
    fields = cleaner.fields
    names = {fields.text, fields.title, fields.publisher, fields.url, fields.id}
    return batch.select([place for place, name in enumerate(batch.schema.names) if name in names])


def _records(part: pa.RecordBatch) -> list[dict[str, Any]]:
    try:
        return part.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        columns = [_decoded(values) for values in part.columns]
        return [dict(zip(part.schema.names, values, strict=True)) for values in zip(*columns, strict=True)]


def _decoded(values: pa.Array) -> list[Any]:
    if not any(is_text(values.type) for is_text in _TEXTS):
        return values.to_pylist()  # type: ignore[no-any-return]
    return [_utf8_or_bytes(value) for value in values.cast(pa.large_binary()).to_pylist()]


def _utf8_or_bytes(value: bytes | None) -> str | bytes | None:
    try:
        return value if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _text_field(cleaner: RecordCleaner, schema: pa.Schema) -> pa.Field:
    name = cleaner.fields.text or ""
    if schema.names.count(name) > 1:
        raise UsageError(f"there are {schema.names.count(name)} columns {name!r}; the text must stand in one")
    field = schema.field(name)
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if any(is_text(kind) for is_text in _TEXTS):
        return field
    if not any(is_bytes(kind) for is_bytes in _BYTES):
        raise UsageError(f"the column {name!r} holds {kind}, not text; name the one that does")
    if not cleaner.fields.keeps_raw:
        raise UsageError(
            f"the column {name!r} holds bytes ({kind}), and a row that fails must keep them: give the body a column of "
            "its own (--into, Fields(into=…)), beside the raw text"
        )
    return field


def _bodies(rows: list[Cleaned], field: pa.Field, raw: pa.Array) -> pa.Array:
    """The bodies; where a row failed the raw text, which need not be UTF-8 and so cannot come from Python."""
    failed = [row.article is None for row in rows]
    bodies = [row.record[field.name] if row.article else None for row in rows]
    return pc.if_else(pa.array(failed, pa.bool_()), raw.cast(field.type), column(bodies, field))


def _of_rows(rows: list[Cleaned], field: pa.Field) -> pa.Array:
    return column([row.record[field.name] for row in rows], field)


def column(values: list[Any], field: pa.Field) -> pa.Array:
    """Values as an array of the field's type. Raises pyarrow's errors where one does not fit."""
    try:
        return pa.array(values, field.type)
    except UnicodeEncodeError:  # half a surrogate pair, which only JSON and Python can hold
        return pa.array([_encodable(value) for value in values], field.type)


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _encodable(one) for key, one in value.items()}
    return [_encodable(one) for one in value] if isinstance(value, list) else value
