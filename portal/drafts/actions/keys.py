"""How do the provisions of a version get the keys of the version before?"""

from __future__ import annotations

from collections.abc import Collection

from portal.drafts.digests import outline_digest
from portal.drafts.models import ComparativeTable, TableRow, Version
from portal.drafts.queries.texts import find_text
from portal.drafts.queries.versions import get_previous, keys_before, list_outlines
from portal.drafts.structure import Outline, carry_keys, outline_to_json, place_of, walk
from portal.kernel.db import db


def take_keys(version: Version) -> dict[str, str]:
    """Give the texts of a version that is about to be published the keys of the one before; language → new digest.

    All languages are carried together, at the last moment: until then any of them may be uploaded anew.
    """
    previous = list_outlines(get_previous(version).id)
    outlines = carry_keys(previous, list_outlines(version.id), keys_before(version))
    digests = {}
    for outline in outlines:
        text = find_text(version.id, outline.language)
        assert text is not None
        document = outline_to_json(outline)
        digests[outline.language] = digest = outline_digest(document)
        if digest != text.digest:
            text.outline, text.digest = document, digest
    db.session.flush()
    _follow_in_table(version.id, outlines)
    return digests


def _follow_in_table(version_id: int, outlines: Collection[Outline]) -> None:
    """Rows of the comparative table named units by their places until now."""
    keys = {place_of(unit): unit.key for outline in outlines for unit, _, _ in walk(outline.provisions)}
    rows = db.session.scalars(
        db.select(TableRow)
        .join(ComparativeTable, ComparativeTable.id == TableRow.table_id)
        .where(ComparativeTable.version_id == version_id, TableRow.unit != "")
    )
    for row in rows:
        row.unit = keys.get(row.unit, row.unit)
    db.session.flush()
