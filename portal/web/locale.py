"""In which language does the portal answer this request, and where are its words?

`?lang=` decides and is remembered in a cookie; otherwise the cookie, then the browser's wish, then Kazakh.
Each feature has one catalogue, `portal/translations/<language>/LC_MESSAGES/<feature>.po`; English is the source
text and needs none.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale, get_translations

from portal.web.pages import here

LANGUAGES = {"kk": ("ҚАЗ", "Қазақша"), "ru": ("РУС", "Русский"), "en": ("ENG", "English")}
DEFAULT = "kk"
COOKIE = "language"
A_YEAR = 365 * 24 * 3600
TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"


@dataclass(frozen=True)
class LanguageLink:
    """One choice of the language switch."""

    code: str
    short: str
    name: str
    url: str
    is_current: bool


def current_language() -> str:
    """kk, ru or en."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT


def choose_language() -> str:
    """The language of the present request; DEFAULT outside one."""
    if not has_request_context():
        return DEFAULT
    for wish in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def page_languages() -> tuple[LanguageLink, ...]:
    """The same page in each language; a page with an address of its own per language sets `g.language_urls`."""
    urls = g.get("language_urls") or {}
    now = current_language()
    return tuple(
        LanguageLink(code, short, name, urls.get(code) or here(lang=code), code == now)
        for code, (short, name) in LANGUAGES.items()
    )


def register_locale(app: Flask) -> None:
    """Load every catalogue, choose a language for each request and remember a choice made."""
    domains = compile_catalogues(TRANSLATIONS)
    Babel(
        app,
        locale_selector=choose_language,
        default_locale=DEFAULT,
        default_domain=";".join(domains) or "messages",
        default_translation_directories=";".join([str(TRANSLATIONS)] * max(len(domains), 1)),
    )
    _speed_up_templates(app)
    app.after_request(_remember_language)


def _speed_up_templates(app: Flask) -> None:
    """Find a language's words once: Flask-Babel looks them up anew for each of the hundreds of words of a page."""
    known: dict[str, Any] = {}

    def words() -> Any:
        locale = get_locale()
        if locale is None:
            return get_translations()
        if locale.language not in known:
            known[locale.language] = get_translations()
        return known[locale.language]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: words().ugettext(text),
        ngettext=lambda one, many, n: words().ungettext(one, many, n),
        pgettext=lambda context, text: words().upgettext(context, text),
        npgettext=lambda context, one, many, n: words().unpgettext(context, one, many, n),
        newstyle=True,
    )


def _remember_language(response: Response) -> Response:
    if request.endpoint == "static":  # the same in every language
        return response
    response.headers["Content-Language"] = current_language()
    response.vary.update(("Accept-Language", "Cookie"))
    wish = request.args.get("lang")
    if wish in LANGUAGES and request.cookies.get(COOKIE) != wish:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, wish, max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)
    return response


def compile_catalogues(folder: Path) -> list[str]:
    """Compile the catalogues that changed; the names of all of them, sorted."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
    return sorted({source.stem for source in folder.glob("*/LC_MESSAGES/*.po")})


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as out:
        write_mo(out, catalogue)
    os.replace(name, target)
