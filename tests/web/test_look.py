"""Can everybody read it, is it light, and does every component work?"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import g

from portal.web.components_page import components_page
from portal.web.flask_app import PortalApp, Visitor, register_context
from portal.web.formats import register_formats
from portal.web.locale import current_language, page_languages, register_locale
from portal.web.navigation import account_links, desk_navigation, footer_links, navigation
from portal.web.pages import asset, here
from tests.page import check_page

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
SHEETS = ("tokens", "base", "components", "reading", "pages", "print", "govuk-subset")
OURS = ("base", "components", "reading", "pages")
TEMPLATES = ROOT / "templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))
LIGHT = ("paper", "wash")
# text → the backgrounds it stands on; WCAG 2.2, 1.4.3: 4.5 to 1
TEXT_ON = {
    "ink": (*LIGHT, "gold-wash", "for-wash", "against-wash", "gold-mark", "gold", "gold-dark"),
    "ink-soft": (*LIGHT, "gold-wash"),
    "ink-inverse": ("brand", "brand-dark"),
    "ink-inverse-soft": ("brand",),
    "brand": (*LIGHT, "gold-wash", "brand-wash", "for-wash"),
    "brand-dark": ("brand-wash",),
    "second": LIGHT,
    "gold": ("brand",),
    "for": (*LIGHT, "gold-wash"),
    "for-dark": ("for-wash",),
    "against": (*LIGHT, "gold-wash"),
    "against-dark": ("paper", "against-wash"),
    "control": ("paper",),
}
# edges of controls, bars and marks that carry meaning → what they stand on; WCAG 2.2, 1.4.11: 3 to 1
SHAPE_ON = {
    "control": (*LIGHT,),
    "ink": (*LIGHT, "gold", "brand-wash"),
    "gold": ("brand", "ink"),
    "brand": LIGHT,
    "second": LIGHT,
    "for": (*LIGHT, "line"),
    "against": (*LIGHT, "line"),
}


@pytest.fixture(scope="module")
def frame() -> PortalApp:
    """The frame of the pages alone: no features, no database."""
    app = PortalApp("portal", root_path=str(ROOT / "portal"), static_folder=str(STATIC), template_folder=str(TEMPLATES))
    app.config.update(SECRET_KEY="only for tests", TESTING=True)
    register_locale(app)
    register_formats(app)
    register_context(
        app, asset=asset, here=here, page_languages=page_languages, navigation=navigation, desk_navigation=desk_navigation,
        account_links=account_links, footer_links=footer_links, language=current_language,
    )  # fmt: skip
    return app


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (STATIC / "css" / f"{name}.css").read_text("utf-8"), flags=re.S)


def colours() -> dict[str, str]:
    """The colours of tokens.css by name."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", sheet("tokens")))


def contrast(first: str, second: str) -> float:
    """The ratio of two #rrggbb colours (WCAG 2.2, contrast ratio)."""

    def luminance(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rules(name: str) -> list[tuple[str, str]]:
    """(selector, declarations) of every plain rule of a sheet."""
    return [(s.strip(), d) for s, d in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet(name)) if not s.strip().startswith("@")]


def test_the_colours_are_those_agreed() -> None:
    agreed = {
        "ink": "#14232b", "paper": "#ffffff", "brand": "#00566b", "second": "#0a7c94", "gold": "#f2b632",
        "gold-wash": "#fff6dd", "for": "#1b7a4b", "against": "#b3392f", "line": "#d9e0e2", "wash": "#f4f7f7",
    }  # fmt: skip
    assert {name: colours()[name] for name in agreed} == agreed


@pytest.mark.parametrize(("text", "ground"), [(t, b) for t, grounds in TEXT_ON.items() for b in grounds])
def test_text_is_readable(text: str, ground: str) -> None:
    known = colours()
    assert contrast(known[text], known[ground]) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), [(s, b) for s, grounds in SHAPE_ON.items() for b in grounds])
def test_shapes_are_visible(shape: str, ground: str) -> None:
    known = colours()
    assert contrast(known[shape], known[ground]) >= 3


def test_every_pair_in_the_style_sheets_is_checked() -> None:
    unknown = []
    for name in OURS:
        for selector, declarations in rules(name):
            text = re.search(r"(?<![\w-])color:\s*var\(--([\w-]+)\)", declarations)
            ground = re.search(r"background:\s*var\(--([\w-]+)\)", declarations)
            if text and text[1] not in TEXT_ON:
                unknown.append(f"{name}: {selector}: text in {text[1]}")
            if text and ground and ground[1] not in TEXT_ON[text[1]]:
                unknown.append(f"{name}: {selector}: {text[1]} on {ground[1]}")
    assert not unknown, "\n".join(unknown)


def test_colours_and_sizes_come_from_the_tokens() -> None:
    defined = set(re.findall(r"(--[\w-]+):", sheet("tokens")))
    used = {name for sheet_name in SHEETS for name in re.findall(r"var\((--[\w-]+)", sheet(sheet_name))}
    assert not used - defined
    assert not [name for name in OURS if re.search(r"#[0-9a-f]{3,8}\b", sheet(name))], "a colour outside tokens.css"


def test_nothing_is_fetched_from_elsewhere() -> None:
    addresses = [a for name in SHEETS for a in re.findall(r"url\(['\"]?([^'\")]+)", sheet(name))]
    assert addresses
    for address in addresses:
        assert (STATIC / "css" / address).resolve().is_file(), address


def test_small_print_is_never_too_small() -> None:
    for name in ("tokens", *OURS):
        sizes = [float(size) for size in re.findall(r"(?:font-size|--size[\w-]*):\s*([\d.]+)rem", sheet(name))]
        sizes += [float(size) for size in re.findall(r"font:[^;]*?\s([\d.]+)rem\s*/", sheet(name))]
        assert all(size * 16 >= 15 for size in sizes), f"{name}: {sorted(sizes)[:3]}"


def test_nothing_moves() -> None:
    assert not [name for name in OURS if re.search(r"@keyframes|transition:(?!\s*none)|animation:(?!\s*none)", sheet(name))]


def test_the_fonts_are_light_and_swap() -> None:
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) <= 90 * 1024
    assert all(font.read_bytes()[:4] == b"wOF2" for font in fonts)
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == 2
    faces = re.findall(r"@font-face\s*\{([^}]*)\}", sheet("tokens"))
    for face in faces:
        assert "font-display: swap" in face if "url(" in face else "size-adjust" in face


def test_styles_and_scripts_are_light() -> None:
    files = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").rglob("*.js"), *(STATIC / "vendor").rglob("*.js")]
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 6)) for file in files}
    assert sum(sizes.values()) <= 40 * 1024, sizes


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_one_macro_of_its_name(frame: PortalApp, name: str) -> None:
    source = (TEMPLATES / "components" / f"{name}.html").read_text("utf-8")
    assert source.startswith("{#"), "say on top what it is and what it takes"
    macros = [found for found in re.findall(r"{%-?\s*macro\s+(\w+)", source) if not found.startswith("_")]
    assert macros == [name]
    assert callable(getattr(frame.jinja_env.get_template(f"components/{name}.html").module, name))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_gallery_is_a_good_page(frame: PortalApp, language: str) -> None:
    with frame.test_request_context(f"/components?lang={language}"):
        g.actor = Visitor()
        page = components_page().to_response()
    html = page.get_data(as_text=True)
    check_page(html, language)
    missing = [name for name in COMPONENTS if name not in {"csrf_field"} and not _shown(name, html)]
    assert not missing


def _shown(name: str, html: str) -> bool:
    """Is a class of the component on the page? Some components are only parts of others."""
    stands_for = {
        "input": "govuk-input", "textarea": "govuk-textarea", "radios": "govuk-radios", "checkboxes": "govuk-checkboxes",
        "checkbox": "govuk-checkboxes", "select": "govuk-select", "date_input": 'type="date"', "file_upload": "govuk-file-upload",
        "password": "govuk-password-input", "field_group": "govuk-form-group", "fieldset_group": "govuk-fieldset",
        "error_summary": "govuk-error-summary", "link_button": "button--secondary", "flash": 'role="status"', "heat": "heat",
        "difference": "<ins>", "decision_text": "decision--accepted", "stance_tag": "tag--against", "order_links": "order-links",
        "similar_group": "comment--group", "vote_buttons": "votes", "law_heading": "law-heading",
        "tree_table": "tree__name--1", "body_history": "draft-row__note", "moving": "notice--warning",
    }  # fmt: skip
    return stands_for.get(name, name.replace("_", "-")) in html


def test_the_last_resort_needs_nothing(frame: PortalApp) -> None:
    html = frame.jinja_env.get_template("errors/fallback.html").render()
    check_page(html, "kk")
    assert all(f'lang="{language}"' in html for language in ("kk", "ru", "en"))
    assert all((STATIC / path).is_file() for path in re.findall(r'"/static/([^"]+)"', html))
