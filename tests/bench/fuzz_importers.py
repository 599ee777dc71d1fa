"""Does any damaged, cut or doctored file bring down an importer, or keep it busy for ever?

    python -m tests.bench.fuzz_importers FORMAT SECONDS [SEED]

Mutates real files of the format and reads each in a child process with bounded time and memory. The only outcomes
allowed are an outline and `Unreadable`. Prints one JSON line; what failed is kept in the folder it names. Seconds are
of the processor, so that a busy machine makes no file slow; a file that only waits is given ten times as long.
"""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import typst

from portal.drafts.importers import Unreadable, read_outline
from tests.drafts import opendocument
from tests.drafts.word import level, numbering, para, table, word_file
from tests.shared_data import SHARED

SLOWEST = 20.0  # seconds for one file
_PATIENCE = 10
MEMORY = 1_500_000_000
LARGEST_SEED = 400_000  # bytes; larger files only make the fuzzing slow

# The seed files of each format, as patterns below ../shared/data.
SEEDS: dict[str, tuple[str, ...]] = {
    "docx": ("akn-uslm/uk-lawmaker-docx-akn/*/*.docx",),
    "odt": ("documents/*.odt",),
    "pdf": ("legal-kk-ru/*.pdf",),
    "txt": ("documents/*.txt", "legal-kk-ru/*.txt"),
    "html": ("legal-kk-ru/rf-civil-code-3*.html", "legal-kk-ru/rf-constitution*.html"),
    "akn": ("akn-uslm/akn-oasis/*.xml", "akn-uslm/uk-lawmaker-docx-akn/*/*.xml", "diff-pairs/akn-versions/*.xml"),
    "uslm": ("akn-uslm/uslm/*.XML", "diff-pairs/us-bills-uslm/*/*.XML"),
    "md": ("legal-kk-ru/kz-tax-code-2025/*/*/*/*.md",),
}
_ZIPPED = ("docx", "odt")
Mutation = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, dice: random.Random) -> bytes:
    """Some bytes become others."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 20, 200))):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(data: bytes, dice: random.Random) -> bytes:
    """The end, the beginning or the middle is missing."""
    one, two = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return dice.choice((data[:one], data[one:], data[:one] + data[two:]))


def repeat(data: bytes, dice: random.Random) -> bytes:
    """A piece stands many times."""
    one = dice.randrange(len(data) + 1)
    piece = data[one : one + dice.choice((4, 40, 4_000))]
    return data[:one] + piece * dice.choice((2, 50, 2_000)) + data[one:]


_TAG = re.compile(rb"<[^<>]{1,300}>")
_VALUE = re.compile(rb'"[^"<>]{0,100}"|(?<=[ >])\d+(?=[ <\r\n])')
_WILD = (b"", b"0", b"-1", b"1", b"2147483648", b"99999999999999999999", b"1e9", b"a", b"\xd0\x96", b"%s", b"&#0;")


def doctor(data: bytes, dice: random.Random) -> bytes:
    """Marks are dropped, doubled, moved, nested; values become wild."""
    for _ in range(dice.choice((1, 2, 10))):
        tags = [found.span() for found in _TAG.finditer(data[:2_000_000])]
        values = [found.span() for found in _VALUE.finditer(data[:2_000_000])]
        if values and (not tags or dice.random() < 0.5):
            start, end = dice.choice(values)
            quote = b'"' if data[start : start + 1] == b'"' else b""
            data = data[:start] + quote + dice.choice(_WILD) + quote + data[end:]
        elif tags:
            start, end = dice.choice(tags)
            other = data[slice(*dice.choice(tags))]
            tag = data[start:end]
            inner = dice.choice((b"", tag + tag, other, tag + other, tag * 300))
            data = data[:start] + inner + data[end:]
    return data


def within_zip(inner: Mutation) -> Mutation:
    """The mutation of one member of an archive; sometimes a member is lost or doubled."""

    def mutate(data: bytes, dice: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        texts = [name for name in members if name.endswith((".xml", ".rels"))]
        weights = [10 if re.search(r"document|content|numbering|styles|notes", name) else 1 for name in texts]
        chosen = dice.choices(texts, weights)[0]
        if dice.random() < 0.05:
            del members[chosen]
        elif dice.random() < 0.05:
            members[chosen] = members[dice.choice(texts)]
        else:
            members[chosen] = inner(members[chosen], dice)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return file.getvalue()

    return mutate


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def within_stream(inner: Mutation) -> Mutation:
    """The mutation of one compressed stream of a PDF: its text, its fonts, its tables of objects."""

    def mutate(data: bytes, dice: random.Random) -> bytes:
        start, end = dice.choice([found.span(1) for found in _STREAM.finditer(data)])
        try:
            content = zlib.compress(inner(zlib.decompress(data[start:end]), dice))
        except zlib.error:
            content = inner(data[start:end], dice)
        return data[:start] + content + data[end:]

    return mutate


def mutations(format: str) -> tuple[Mutation, ...]:
    """What is done to files of a format; the marks of zipped XML are doctored more often than the bytes."""
    if format in _ZIPPED:
        return (flip, cut, within_zip(flip), within_zip(cut), *(within_zip(doctor),) * 4, within_zip(repeat))
    if format == "pdf":
        return (flip, flip, cut, repeat, doctor, within_stream(flip), within_stream(doctor), within_stream(repeat))
    return (flip, cut, repeat, doctor, doctor)


def made(format: str) -> list[bytes]:
    """Files that hold what the real ones lack: lists, merged cells, tracked changes, notes, boxes."""
    if format == "docx":
        listed = numbering(level(0, "Статья %1."), level(1, "%2)", "russianLower"))
        changed = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>а</w:delText></w:r></w:del></w:p>'
        body = para("О порядке", align="center") + para("Предмет", numbered=(1, 0)) + para("слова;", numbered=(1, 1)) + changed
        return [word_file(body + table(("А", "Б"), ("1", "2")), numbering=listed, footnotes="", styles="")]
    if format == "odt":
        tracked = (
            '<text:tracked-changes><text:changed-region text:id="d"><text:deletion><text:p>а</text:p><text:p>б</text:p>'
            '</text:deletion></text:changed-region><text:changed-region text:id="i"><text:insertion/></text:changed-region>'
            '</text:tracked-changes><text:p>1. Слова<text:change text:change-id="d"/> и <text:change-start text:change-id="i"/>'
            'ещё</text:p><text:p>слова<text:change-end text:change-id="i"/>.</text:p>'
        )
        nested = opendocument.items(opendocument.para("а") + opendocument.items(opendocument.para("б")))
        cells = '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>'
        lists = opendocument.list_style(("1", "."), ("a", ")"), display=2)
        return [opendocument.odt_file(f"{tracked}{nested}<table:table>{cells}</table:table>", automatic=lists)] * 3
    if format == "pdf":
        page = '#set page(numbering: "1")\n#align(center)[*О порядке*]\n\n1\\. Слова.\n\n#table(columns: 3, ..range(30).map(str))\n'
        return [typst.compile(page.encode(), format="pdf")] * 3
    return []


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one file: "outline", the code of a refusal, or "crash", "slow", "error: ..."."""

    outcome: str
    seconds: float

    @property
    def is_allowed(self) -> bool:
        return self.outcome == "outline" or self.outcome.startswith("refused ")


def _serve(pipe: Connection) -> None:
    """Read files from the pipe until it closes; answer with the outcome of each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            data, name, changes = pipe.recv()
        except EOFError:
            return
        try:
            read_outline(data, name, None, changes)
            outcome = "outline"
        except Unreadable as refusal:
            outcome = f"refused {refusal.code}"
        except BaseException:
            outcome = "error: " + traceback.format_exc()[-1_500:]
        pipe.send(outcome)


class Reader:
    """A child process that reads files, replaced when one of them has brought it down."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, data: bytes, name: str, changes: str) -> Trial:
        before = self._seconds_worked()
        try:
            self._pipe.send((data, name, changes))
            outcome = self._pipe.recv() if self._answers(before) else "slow"
        except (EOFError, BrokenPipeError, ConnectionResetError):
            outcome = "crash"
        worked = self._seconds_worked() - before
        if outcome in ("slow", "crash"):
            self.close()
            self._start()
        return Trial(outcome, worked)

    def _answers(self, before: float) -> bool:
        """Does an answer come before the time is up?"""
        gives_up = time.monotonic() + SLOWEST * _PATIENCE
        while not self._pipe.poll(1.0):
            if self._seconds_worked() - before > SLOWEST or time.monotonic() > gives_up:
                return False
        return True

    def _seconds_worked(self) -> float:
        """What the child and those it has ended have used of the processor; 0 where the system does not tell."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def fuzz(format: str, seconds: float, seed: int) -> dict[str, object]:
    """Read mutated files for so long; the figures of what came out."""
    paths = [path for pattern in SEEDS[format] for path in sorted((SHARED / "data").glob(pattern))]
    seeds = [data for path in paths if len(data := path.read_bytes()) <= LARGEST_SEED]
    seeds += made(format)
    kept = Path(tempfile.mkdtemp(prefix=f"fuzz-{format}-"))
    dice, reader = random.Random(seed), Reader()
    outcomes: Counter[str] = Counter()
    slowest, failed = 0.0, 0
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        data = dice.choice(seeds)
        for _ in range(dice.choice((1, 1, 2))):
            try:
                data = dice.choice(mutations(format))(data, dice)
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, LookupError, EOFError):
                break
        trial = reader.read(data, f"fuzzed.{format}", dice.choice(("accepted", "refused")))
        slowest = max(slowest, trial.seconds)
        outcomes[trial.outcome if trial.is_allowed else "failed"] += 1
        if not trial.is_allowed:
            failed += 1
            path = kept / f"{hashlib.sha256(data).hexdigest()[:12]}.{format}"
            path.write_bytes(data)
            print(path, trial.outcome, file=sys.stderr)
    reader.close()
    return {
        "bench": "fuzz_importers", "format": format, "seed": seed, "seeds": len(seeds), "files": outcomes.total(),
        "failed": failed, "slowest_seconds": round(slowest, 2), "outcomes": dict(outcomes.most_common()),
        "kept": str(kept) if failed else "",
    }  # fmt: skip


def main() -> None:
    format, seconds = sys.argv[1], float(sys.argv[2])
    if not (SHARED / "data").exists():
        print(json.dumps({"bench": "fuzz_importers", "skipped": "the real data is not on this machine"}))
        return
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    print(json.dumps(fuzz(format, seconds, seed), ensure_ascii=False))


if __name__ == "__main__":
    main()
