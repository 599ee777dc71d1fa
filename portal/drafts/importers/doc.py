"""What does an old Word file (.doc) say, where LibreOffice is there to convert it?"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from portal.drafts.importers.blocks import Changes, Reading
from portal.drafts.importers.docx import read_docx
from portal.kernel.files import Unreadable

TIMEOUT = 60.0  # seconds; the first start makes a profile, which takes five
LARGEST = 200_000_000  # bytes of what the conversion may write
PROGRAMS = ("soffice", "libreoffice")
# No macro runs and nothing outside the file is fetched, whatever the file asks for: links are never followed, and what
# would still go out (linked pictures do) meets a proxy where nobody listens.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def read_doc(data: bytes, changes: Changes = "accepted") -> Reading:
    """The lines and tables of a .doc; Unreadable where LibreOffice is absent or cannot convert it."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Unreadable("This is an old Word file (.doc). Save it as .docx.", code="old_word")
    with tempfile.TemporaryDirectory(prefix="doc-") as folder:
        converted = _convert(program, data, Path(folder))
    if converted is None:
        raise Unreadable(
            "This old Word file (.doc) could not be converted. Open it in Word and save it as .docx.",
            code="not_converted",
        )
    return read_docx(converted, changes)


def _convert(program: str, data: bytes, folder: Path) -> bytes | None:
    """The file as .docx; None when the program fails, takes too long or writes too much."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    source, target = folder / "act.doc", folder / "out"
    source.write_bytes(data)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", "--nodefault",
        "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target), str(source),
    ]  # fmt: skip
    # A home and a temporary folder of its own: nothing of it stays, and it is told nothing of the portal.
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    # A session of its own, because the program is a script that starts others: all of them end together.
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        _bound(process.pid)
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)
    result = target / "act.docx"
    if not result.is_file() or result.is_symlink() or result.stat().st_size > LARGEST:
        return None
    return result.read_bytes()


def _bound(pid: int) -> None:
    """What the program may write and compute; where the system cannot say it, the clock alone bounds it."""
    if not hasattr(resource, "prlimit"):
        return
    try:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
        resource.prlimit(pid, resource.RLIMIT_CPU, (int(TIMEOUT), int(TIMEOUT) + 5))
    except (ProcessLookupError, PermissionError, ValueError):
        pass  # it has ended already, or has stricter limits


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    process.wait()
