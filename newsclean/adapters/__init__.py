"""newsclean inside other tools. Each module is thin, stands alone, and needs the extra of its name.

| module | takes | gives |
|---|---|---|
| `arrow` | RecordBatch, Table, an iterator of batches | the same |
| `pandas` | Series, DataFrame | DataFrame, index kept |
| `polars` | Series, DataFrame, LazyFrame | DataFrame, LazyFrame |
| `datasets` | Dataset, DatasetDict and the streamed ones | the same |
| `spark` | DataFrame; a column, for the pandas UDF | DataFrame; a struct |
| `datatrove` | a pipeline's documents | the documents, and a report of every cut |
| `scrapy` | items | items |

All work row by row and agree on the columns: every field passes through, the body takes the place of the text or goes
`into` a column of its own, then come the metadata (`Article.to_dict()`, under a prefix) and `error`. A row that cannot
be cleaned keeps its text and says why in `error`; the others are None there. `Fields` has the names; what it leaves
open is guessed from the usual ones. Dates are ISO 8601 strings as on the command line, so that one without a time of
day stays one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from newsclean.errors import MissingExtraError
from newsclean.record import Fields

__all__ = ["Fields", "extra"]


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import what the extra `name` brings. Raises MissingExtraError where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f'newsclean.adapters.{name} needs {error.name}, which is not installed: pip install "newsclean[{name}]"'
        ) from error
