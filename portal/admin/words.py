"""In which words does administration speak of oddities of a table of bodies and of changes it brings?"""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

ODDITIES: dict[str, LazyString] = {
    "duplicate-id": _l("This id stands on an earlier line"),
    "columns": _l("Another number of columns than the first line has"),
    "odd-id": _l("The id is empty or not made of letters, digits and hyphens"),
    "id-not-number": _l("The id is not a number"),
    "no-name-ru": _l("No name in Russian"),
    "no-name-kk": _l("No name in Kazakh: the Russian one will be shown"),
    "long-name": _l("The name is longer than 400 characters"),
    "same-in-both": _l("The Kazakh and the Russian name are the same"),
    "same-name": _l("Another line has the same name"),
    "white-space": _l("White space to spare: taken out"),
    "mixed-scripts": _l("A word mixes letters of two scripts or of an old font"),
    "spelling": _l("Russian spelling in a Kazakh name"),
    "quotes": _l("A quotation mark is missing"),
    "kind": _l("An unknown kind of body: told from the name instead"),
    "level": _l("The level does not fit the body it stands under"),
    "missing-parent": _l("The body it belongs to is not in the table or in the portal"),
    "cycle": _l("It would stand under itself: put at the top"),
    "ended": _l("This body has ended and is not changed"),
}
CHANGES: dict[str, LazyString] = {
    "id": _l("recognised by its name, gets the id of the table"),
    "name": _l("another name; the present one goes into its history"),
    "name-kk": _l("gets a name in Kazakh"),
    "name-en": _l("gets a name in English"),
    "parent": _l("stands under another body"),
}
