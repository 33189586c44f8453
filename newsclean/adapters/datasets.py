"""Hugging Face datasets: a function for `map`, and `clean`, which calls it. The extra is `datasets`.

    >>> import datasets
    >>> from newsclean.adapters.datasets import clean
    >>> corpus = datasets.Dataset.from_dict({"본문": [raw], "id": [1]})
    >>> clean(corpus, num_proc=2)["news_title"][0]
    '가람시, 새 도서관 24시간 개방'

`clean` takes a Dataset, an IterableDataset (streaming) or a dict of either, and names the type of every new column, so
that one whose first thousand rows are empty is none of nulls. Columns that are not read are not decoded (no image is
opened for it). Every option of `map` passes through; `num_proc` gives every process a Cleaner of its own. The cache
knows the choices of the Cleaner: other rules are another cleaning, the same ones are read from the cache.

With `map` itself: `corpus.map(CleanBatch(), batched=True, features=cleaned_features(corpus.features))`.
Dates are strings, ISO 8601.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from newsclean import adapters
from newsclean.adapters.rows import clean_columns, row_cleaner
from newsclean.cleaner import Cleaner
from newsclean.record import Fields, RecordCleaner

with adapters.extra("datasets"):
    import datasets as hf
    import pyarrow as pa

    from newsclean.arrow import cleaned_schema


class CleanBatch:
    """A function for `map(…, batched=True)`: the columns of a batch in, those that are new or changed out."""

    def __init__(self, fields: Fields | None = None, cleaner: Cleaner | None = None) -> None:
        """Keep the choices; the columns are learnt from the first batch."""
        self.fields, self.cleaner = fields, cleaner or Cleaner()

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """Clean a batch. Raises UsageError where no column is the text, or one is there that newsclean would write."""
        rows = row_cleaner(tuple(batch), self.fields, self.cleaner)
        rows.require(batch)
        return clean_columns(rows, batch)


def cleaned_features(
    features: hf.Features, fields: Fields | None = None, cleaner: Cleaner | None = None
) -> hf.Features:
    """The features of what comes out, in order.

    Raises UsageError where no column is the text, it holds no text, or a column is there that newsclean would write.
    """
    return _features(features, row_cleaner(tuple(features), fields, cleaner))


def clean(dataset: Any, fields: Fields | None = None, cleaner: Cleaner | None = None, **options: Any) -> Any:
    """Clean a Dataset, an IterableDataset, or a dict of them.

    options: for `map`, as `num_proc=4`, `batch_size=500`.

    Raises UsageError as `cleaned_features` does.
    """
    if isinstance(dataset, dict):
        return type(dataset)({name: clean(part, fields, cleaner, **options) for name, part in dataset.items()})
    function, plain = CleanBatch(fields, cleaner), dataset.with_format(None)
    if dataset.features is None:  # a stream without a schema: its columns show in the first batch
        return plain.map(function, batched=True, **options)
    rows = row_cleaner(tuple(dataset.features), fields, function.cleaner)
    features = _features(dataset.features, rows)
    if isinstance(dataset, hf.Dataset) and not len(dataset):  # map leaves it as it is, without our columns
        return hf.Dataset.from_dict({name: [] for name in features}, features=features, split=dataset.split)
    gone = [] if rows.fields.keeps_raw or rows.fields.body == rows.fields.text else [rows.fields.text]
    return plain.map(function, batched=True, features=features, remove_columns=gone, **options)


def _features(features: hf.Features, rows: RecordCleaner) -> hf.Features:
    schema = cleaned_schema(rows, features.arrow_schema)
    known = {name: feature for name, feature in features.items() if name != rows.fields.text or rows.fields.keeps_raw}
    ours = hf.Features.from_arrow_schema(pa.schema([field for field in schema if field.name not in known]))
    return hf.Features({name: known.get(name) or ours[name] for name in schema.names})
