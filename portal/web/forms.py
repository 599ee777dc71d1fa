"""What may a person type, and how do the domain's refusals get back beside the field they speak of?

CSRF is checked once, in the request order (`flask_app`), for every unsafe method; a form only reads fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request
from flask_babel import get_domain, gettext
from flask_wtf import FlaskForm

from portal.kernel.db import db
from portal.kernel.errors import DomainError
from portal.kernel.text import clean_line, clean_text
from portal.web.errors import sentence, status_of

__all__ = ["Attempt", "PortalForm", "attempt", "clean_line", "clean_text"]


class _Words:
    """WTForms' own messages, looked up in our catalogues."""

    def gettext(self, string: str) -> str:
        return gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        # WTForms fills in the numbers itself, so the pattern goes back unfilled
        return str(get_domain().get_translations().ungettext(singular, plural, n))


class PortalForm(FlaskForm):
    """The ancestor of every form. `status` is the answer's status when it has errors."""

    status = 422

    class Meta:
        csrf = False

        def get_translations(self, form: Any) -> Any:
            return _Words()

    def was_sent_and_is_valid(self) -> bool:
        """True for a valid POST."""
        return request.method == "POST" and self.validate()

    def refuse(self, error: DomainError) -> None:
        """Put a domain error beside the field it names, or above the form."""
        self.status = status_of(error)
        names = [error.field] if error.field in self._fields else []
        target = self._fields[names[0]].errors if names else self.form_errors
        if isinstance(target, tuple):
            self._fields[names[0]].errors = [*target, sentence(error)]
        else:
            target.append(sentence(error))


class Attempt:
    """What came of an action: `done` says whether it went through."""

    done = False


@contextmanager
def attempt(form: PortalForm) -> Iterator[Attempt]:
    """Run an action; a refusal undoes its writes and becomes the form's error.

    with attempt(form) as tried:
        comment = post_comment(actor, ...)
    if tried.done: ...
    """
    result = Attempt()
    savepoint = db.session.begin_nested()
    try:
        yield result
    except DomainError as error:
        savepoint.rollback()
        form.refuse(error)
    except BaseException:
        savepoint.rollback()
        raise
    else:
        savepoint.commit()
        result.done = True
