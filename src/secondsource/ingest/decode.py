"""From bytes to text: by byte order mark, by declaration, as UTF-8, and only then by detection."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

SAMPLE = 65_536
"""Bytes that are looked at to tell binary from text and to guess an encoding."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"SQLite format 3\x00", "a database"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,400}?charset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b") + b"\x7f"
_HIGH = bytes(range(128, 256))
_FEW_HIGH = 0.1
_BINARY_SHARE = 0.01
_SINGLE_BYTE = frozenset({"cp1252", "iso8859-1", "iso8859-15", "ascii", "latin-1"})
_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and what a person should know about that."""

    text: str
    encoding: str
    note: str | None = None


def binary_kind(head: bytes) -> str | None:
    """What the first bytes of a file look like if they are not text, in words; else `None`.

    >>> binary_kind(b"%PDF-1.7 ...")
    'a PDF'
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _mark(head) or _unmarked_utf16(head):
        return None
    sample = head[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "a binary file" if controls > _BINARY_SHARE * len(sample) else None


def decode(data: bytes, *, declared: str | None = None, markup: bool = False) -> Decoded:
    """The text of some bytes. Never fails: what can't be decoded becomes U+FFFD, and a note says so.

    `declared` is an encoding stated beside the data (an HTTP header); with
    `markup`, one that the data declares itself is looked for behind it.
    """
    mark = _mark(data)
    if mark:
        return _marked(data, *mark)
    for codec in map(_codec, (declared, _declaration(data) if markup else None)):
        if codec and not (codec in _SINGLE_BYTE and _is_utf8(data)):
            try:
                return Decoded(tidy(data.decode(codec)), codec)
            except UnicodeDecodeError:
                pass  # a wrong declaration: go on as if there were none
    try:
        return Decoded(tidy(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def tidy(text: str) -> str:
    """Text as an article keeps it: newlines are `\\n`, no byte order mark, nothing that is no character.

    >>> tidy("\\ufeffOne.\\r\\nTwo.")
    'One.\\nTwo.'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("\ufffd", text)


def _mark(data: bytes) -> tuple[bytes, str] | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return mark, codec
    return None


def _marked(data: bytes, mark: bytes, codec: str) -> Decoded:
    try:
        return Decoded(tidy(data[len(mark) :].decode(codec)), codec)
    except UnicodeDecodeError as error:
        text = data[len(mark) :].decode(codec, "replace")
        note = f"not valid {codec.upper()} at byte {error.start}; what can't be decoded stands as U+FFFD"
        return Decoded(tidy(text), codec, note)


def _declaration(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    return (found[1] or found[2]).decode("ascii", "replace")


def _codec(declared: str | None) -> str | None:
    """The Python codec of a declared name; Latin-1 is read as its superset, as browsers do."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except LookupError:
        return None
    # A declaration that could itself be read as ASCII is never UTF-16; browsers take it for UTF-8.
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 and not plain ASCII: single-byte text hardly ever is by chance."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark shows as NUL in every other byte, of one side only."""
    sample = head[: SAMPLE // 16]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if half >= 2 and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 2 and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guessed(data: bytes) -> Decoded:
    codec = _unmarked_utf16(data)
    if codec:
        return Decoded(tidy(data.decode(codec, "replace")), codec)
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text[: SAMPLE * 16] if char > "\x7f") - bad
    if good > 4 * bad:
        many = "1 byte sequence is" if bad == 1 else f"{bad} byte sequences are"
        return Decoded(tidy(text), "utf-8", f"{many} not valid UTF-8 and stand as U+FFFD; save it as UTF-8")
    codec = _detected(data)
    note = f"not valid UTF-8; read as {codec} by guess: check the accents, or save it as UTF-8"
    return Decoded(tidy(data.decode(codec, "replace")), codec, note)


def _detected(data: bytes) -> str:
    """The likeliest encoding, from a sample around the first bytes that are not ASCII."""
    from charset_normalizer import from_bytes

    high = re.search(rb"[\x80-\xff]", data)
    start = max(0, (high.start() if high else 0) - SAMPLE // 2)
    sample = data[start : start + SAMPLE]
    # A few accents and curly quotes among ASCII look alike in all code pages of Europe; text that is
    # nearly English is in cp1252 when it is not in UTF-8.
    if len(sample) - len(sample.translate(None, _HIGH)) < _FEW_HIGH * len(sample):
        return "cp1252"
    best = from_bytes(sample).best()
    return str(best.encoding) if best else "cp1252"
