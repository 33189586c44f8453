"""Streams of bytes: files and pipes, packed or not, in any encoding we know, read as UTF-8; and packing of chunks."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from newsclean.decode import decode
from newsclean.errors import InputError, Limits, NotTextError, UsageError
from newsclean.formats.base import STANDARD

_BLOCK: Final = 256 * 1024
_SAMPLE: Final = 1024 * 1024  # bytes that tell the encoding
_GZIP_LEVEL: Final = 6
_NO_LIMIT: Final = sys.maxsize


class Raw(io.RawIOBase):
    """An input as it was when it was opened: what a file gains afterwards is not read, but told by `grown`."""

    def __init__(self, name: str) -> None:
        """Open the file, or standard input. Raises UsageError with the reason."""
        self._file: BinaryIO = sys.stdin.buffer if name == STANDARD else _opened(name)
        self.path = None if name == STANDARD else Path(name)
        is_regular = self.path is not None and self.path.is_file()
        self.size = os.fstat(self._file.fileno()).st_size if is_regular else _NO_LIMIT
        self.position = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on, up to the size at the beginning."""
        raw = self._file.read(min(len(buffer), self.size - self.position))
        buffer[: len(raw)] = raw
        self.position += len(raw)
        return len(raw)

    def close(self) -> None:
        """Close the file."""
        if self.path is not None:
            self._file.close()
        super().close()

    def done(self) -> float:
        """The share that is read."""
        return self.position / self.size if self.size else 1.0

    def warnings(self) -> list[str]:
        """What happened to the file meanwhile. Raises InputError where it is shorter than it was."""
        if self.path is None or self.size == _NO_LIMIT:
            return []
        now = self.path.stat().st_size
        if now < self.size:
            raise InputError(f"the file shrank from {self.size:,} to {now:,} bytes while it was read")
        if now == self.size:
            return []
        return [f"{self.path} grew while it was read; only its first {self.size:,} of now {now:,} bytes are cleaned"]


def _opened(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except FileNotFoundError:
        raise UsageError(f"{name}: no such file; check the name, or put patterns in quotes") from None
    except IsADirectoryError:
        raise UsageError(f'{name}: this is a directory; name the files in it, e.g. "{name}/*.jsonl"') from None
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror or error}; check its permissions") from None


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Say in an InputError, with the input's name, what goes wrong while it is read."""
    try:
        yield
    except EOFError:
        raise InputError(f"{name}: the packed data ends in the middle; the file was cut off: fetch it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{name}: the packed data is damaged ({error}); fetch it again, or unpack it") from None
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from None


def unpacked(raw: Raw, compression: str) -> io.BufferedReader:
    """The bytes of an input without its packing."""
    if compression == "gz":
        return io.BufferedReader(gzip.GzipFile(fileobj=raw), _BLOCK)
    return io.BufferedReader(_Unzstd(raw) if compression == "zst" else raw, _BLOCK)


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise UsageError(".zst needs the package zstandard: pip install 'newsclean[zstd]'") from None
    return zstandard


class _Unzstd(io.RawIOBase):
    """Frames of zstd one after the other; unlike zstandard's own reader it notices a frame that is cut off."""

    def __init__(self, raw: Raw) -> None:
        self._raw, self._zstandard = raw, _zstandard()
        self._frame: Any = None
        self._rest = b""
        self._out = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._out:
            block = self._rest or self._raw.read(_BLOCK) or b""
            if not block:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._out = memoryview(self._step(block))
        count = min(len(buffer), len(self._out))
        buffer[:count] = self._out[:count]
        self._out = self._out[count:]
        return count

    def _step(self, block: bytes) -> bytes:
        if self._frame is None:
            self._frame = self._zstandard.ZstdDecompressor().decompressobj()
        try:
            out: bytes = self._frame.decompress(block)
        except self._zstandard.ZstdError as error:
            raise zlib.error(str(error)) from None
        self._rest = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None
        return out


def packed(data: bytes, compression: str) -> bytes:
    """Some bytes as a gzip member or a zstd frame of their own; the same bytes always give the same."""
    if compression == "gz":
        return gzip.compress(data, _GZIP_LEVEL, mtime=0)
    return _zstandard().ZstdCompressor().compress(data) if compression == "zst" else data


def require_packing(compression: str) -> None:
    """Raise UsageError where a compression needs a package that is absent."""
    if compression == "zst":
        _zstandard()


def as_utf_8(stream: io.BufferedReader, encoding: str | None) -> BinaryIO:
    """A stream of text as UTF-8, without a byte order mark.

    Bytes that the encoding (detected, unless given) does not have come through as they are: who meets them decides.
    """
    head = _head(stream)
    name = _codec(encoding) if encoding else _detected(head)
    rest = io.BufferedReader(_Prefixed(head, stream), _BLOCK)
    if name in ("utf-8", "utf-8-sig", "ascii"):
        if head.startswith(codecs.BOM_UTF8):
            rest.read(len(codecs.BOM_UTF8))
        return rest
    return io.BufferedReader(_Recoded(rest, name), _BLOCK)


def _head(stream: BinaryIO) -> bytes:
    parts, size = [], 0
    while size < _SAMPLE and (part := stream.read(_SAMPLE - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise UsageError(f"unknown encoding {encoding!r}; try utf-8, cp949 or utf-16") from None


def _detected(head: bytes) -> str:
    """The encoding of a text by its beginning, which may end inside a character."""
    whole = head[: head.rfind(b"\n") + 1] if len(head) == _SAMPLE and b"\n" in head else head
    try:
        return decode(whole, Limits())[1].name
    except NotTextError:
        raise NotTextError(
            f"this is no text (first bytes {head[:8]!r}); if it is packed or Parquet, say so with --from"
        ) from None


class _Prefixed(io.RawIOBase):
    """A stream with the head that was read from it put back."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = memoryview(head), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raw = self._head[: len(buffer)] if self._head else self._stream.read(len(buffer))
        self._head = self._head[len(raw) :]
        buffer[: len(raw)] = raw
        return len(raw)


class _Recoded(io.RawIOBase):
    """A stream of text in another encoding, as UTF-8."""

    def __init__(self, stream: BinaryIO, codec: str) -> None:
        self._stream, self._out = stream, memoryview(b"")
        # bytes that CP949 does not have survive as such; half a UTF-16 character cannot
        self._decoder = codecs.getincrementaldecoder(codec)("replace" if "16" in codec else "surrogateescape")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._out and not self._ended:
            block = self._stream.read(_BLOCK)
            self._ended = not block
            text = self._decoder.decode(block, final=self._ended)
            self._out = memoryview(text.encode("utf-8", "surrogateescape"))
        count = min(len(buffer), len(self._out))
        buffer[:count] = self._out[:count]
        self._out = self._out[count:]
        return count
