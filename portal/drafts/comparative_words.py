"""In which words does the portal speak of the rows of a comparative table?"""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext, lazy_pgettext

# as a tag of a row says what became of the element; those of a compared text are the same words
CHANGES: dict[str, LazyString] = {
    "reworded": lazy_pgettext("unit of a text", "Text changed"),
    "added": lazy_pgettext("unit of a text", "Added"),
    "removed": lazy_pgettext("unit of a text", "Removed"),
    "moved": lazy_pgettext("unit of a text", "Moved"),
    "unclear": lazy_pgettext("row of a table", "To be specified"),
}
TAGS = {"reworded": "waiting", "added": "accepted", "removed": "refused", "moved": "plain", "unclear": "partly"}
FINDINGS: dict[str, LazyString] = {
    "unclear": lazy_gettext(
        "The portal did not recognise which element this instruction changes. Enter the element and both wordings."
    ),
    "not_found": lazy_gettext("The act in force has no such element. Check the number, or enter the wording in force."),
    "words_not_found": lazy_gettext(
        "The wording in force does not have the words the instruction speaks of. Enter the proposed wording."
    ),
}
MANNERS: dict[str, LazyString] = {
    "amending": lazy_gettext("The draft amends an act"),
    "new_wording": lazy_gettext("The draft is the act in a new wording"),
}
