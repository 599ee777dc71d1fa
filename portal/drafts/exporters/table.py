"""In which formats does a comparative table leave the portal?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portal.drafts.comparative.document import TableDocument
from portal.drafts.exporters.table_docx import table_to_docx
from portal.drafts.exporters.table_xlsx import table_to_xlsx
from portal.kernel.files import DOCX, XLSX

# suffix → (name, media type, how it is made)
TABLE_FORMATS: Mapping[str, tuple[str, str, Callable[[TableDocument], bytes]]] = {
    "docx": ("Word (DOCX)", DOCX, table_to_docx),
    "xlsx": ("Excel (XLSX)", XLSX, table_to_xlsx),
}
