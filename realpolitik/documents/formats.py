"""One function a file format: bytes in, text out."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from importlib import import_module

from realpolitik.constants import PAGES_MOST
from realpolitik.documents.decode import decoded
from realpolitik.errors import MissingExtra, UnreadableText

Read = tuple[str, str | None, tuple[str, ...]]  # text, title, remarks
TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
BREAKS = re.compile(r"</?(?:p|div|br|li|h[1-6]|tr|blockquote)\b[^>]*>", re.IGNORECASE)
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
MARKDOWN = (
    (re.compile(r"^#{1,6}\s+", re.MULTILINE), ""),
    (re.compile(r"^\s*>\s?", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"^```.*$", re.MULTILINE), ""),
)


def plain(data: bytes, name: str) -> Read:
    """A plain text as it stands."""
    text, remarks = decoded(data, name)
    return text, None, remarks


def markdown(data: bytes, name: str) -> Read:
    """Markdown without heading marks, quote marks and bold; links stay, they may be citations."""
    text, remarks = decoded(data, name)
    heading = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    for pattern, instead in MARKDOWN:
        text = pattern.sub(instead, text)
    return text, heading.group(1).strip() if heading else None, remarks


def page(data: bytes, name: str) -> Read:
    """The main text of an HTML page; all its text where no main part is found."""
    raw, remarks = decoded(data, name)
    _need("trafilatura")
    import trafilatura

    try:
        text = trafilatura.extract(raw, include_comments=False, include_tables=True)
    except Exception:  # a page too broken for the extractor is still text between tags
        text = None
    found = TITLE.search(raw)
    title = " ".join(html.unescape(found.group(1)).split()) if found else None
    if not text:
        remarks = (*remarks, "No main part was found: all text of the page is read.")
    return text or stripped(raw), title or None, remarks


def stripped(raw: str) -> str:
    """Return HTML without its tags, one line a block."""
    text = html.unescape(TAGS.sub("", BREAKS.sub("\n", raw))).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def pdf(data: bytes, name: str) -> Read:
    """The text of a PDF, page after page."""
    _need("pypdf")
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on syntax help no reader
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableText(f"{name} is an encrypted PDF: save a copy without password.")
        pages = len(reader.pages)
        if pages > PAGES_MOST:
            raise UnreadableText(f"{name} has {pages:,} pages; at most {PAGES_MOST:,} are read.")
        text = "\n\n".join(one.extract_text() or "" for one in reader.pages)
        title = str(reader.metadata.title) if reader.metadata and reader.metadata.title else None
    except (PyPdfError, ValueError, TypeError, KeyError, OSError, RecursionError) as error:
        raise UnreadableText(f"{name} is a damaged PDF ({error}): get a whole copy.") from error
    if not text.strip():
        raise UnreadableText(f"{name} is a PDF of pictures without text: run OCR over it first.")
    return _unwrapped(text), title, ()


def _unwrapped(text: str) -> str:
    """A PDF's lines end where the page does: join those that go on."""
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return re.sub(r"(?<=[^\n.!?:;”\"])\n(?=[^\n])", " ", text)


def word(data: bytes, name: str) -> Read:
    """The paragraphs of a Word document."""
    _need("docx")
    import zipfile

    import docx

    try:
        opened = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableText(f"{name} is no readable Word file: save it anew as .docx.") from error
    text = "\n\n".join(part.text for part in opened.paragraphs)
    return text, opened.core_properties.title or None, ()


def _need(module: str) -> None:
    """A library that is missing, or that cannot be loaded, is an extra that is not installed."""
    try:
        import_module(module)
    except ImportError as error:
        raise MissingExtra("Reading this format", "text") from error


Reader = Callable[[bytes, str], Read]
READERS: dict[str, Reader] = {
    "text": plain, "markdown": markdown, "html": page, "pdf": pdf, "word": word,
}  # fmt: skip
SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".htm": "html",
    ".html": "html", ".xhtml": "html",
}  # fmt: skip


def format_of(data: bytes, suffix: str) -> tuple[str, Reader]:
    """Return the name and reader of a format: by what the bytes begin with, else by the suffix."""
    start = data[:1024].lstrip()
    name = SUFFIXES.get(suffix, "text")  # what only says that it is a PDF is read as what it is
    if start.startswith(b"%PDF"):
        name = "pdf"
    elif start.startswith(b"PK\x03\x04") and suffix in {".docx", ""}:
        name = "word"
    elif re.match(rb"<(!doctype html|html|head|body)\b", start, re.IGNORECASE):
        name = "html"
    return name, READERS[name]
