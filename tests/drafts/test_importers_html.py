from __future__ import annotations

import pytest

from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Kind, Outline, find, walk
from tests.shared_data import shared


def outline_of(markup: str, language: str | None = None, encoding: str = "utf-8") -> Outline:
    return read_outline(markup.encode(encoding), "page.html", language)


def keys(outline: Outline) -> list[str]:
    return [unit.key for unit, _, _ in walk(outline.provisions) if unit.number]


def words(outline: Outline) -> str:
    return " ".join(f"{unit.heading} {unit.text}" for unit, _, _ in walk(outline.provisions))


CHROME = """<header class="site-header"><a href="/">Басты бет</a> <a href="/ru">Рус</a> <a href="/kk">Қаз</a></header>
<nav><ul><li><a href="/a">Документы</a></li><li><a href="/b">Поиск</a></li><li><a href="/c">Помощь</a></li></ul></nav>
<div class="breadcrumbs">Главная / Документы / Приказ</div>
<form><input name="q"><button>Найти</button></form><script>var a = "1. Не текст";</script>"""

# A page as the national legal information system prints it: a table for the annex header, notes in red.
NATIONAL = f"""<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Об утверждении Правил - сайт</title></head>
<body>{CHROME}<div class="container"><article><h1>Об утверждении Правил перевозок</h1>
<p>Приказ Министра от 5 мая 2026 года № 12</p>
<p id="z3">&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; В соответствии со статьёй 5 Закона <b>ПРИКАЗЫВАЮ:</b></p>
<p id="z4">&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; 1. Утвердить прилагаемые Правила.</p>
<p id="z5">&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; 2. Приказ вводится в действие со дня опубликования.</p>
<p><span style="color:red">Сноска. Пункт 2 с изменениями, внесёнными приказом от 01.06.2026 № 20.</span></p>
<table><tr><td>Министр</td><td>А. Иванов</td></tr></table>
<table><tr><td>&nbsp;</td><td>Приложение 1<br>к приказу Министра<br>от 5 мая 2026 года № 12</td></tr></table>
<h3>Правила перевозок</h3>
<h3>Глава 1. Общие положения</h3>
<p>1. Правила определяют порядок.</p>
<p>2. Понятия:</p><p>1) груз – вещь;</p><p>1-1) багаж – вещь пассажира;</p>
<table border="1"><thead><tr><th>№</th><th>Вид</th></tr></thead><tbody><tr><td rowspan="2">1</td><td>Груз</td></tr>
<tr><td>Багаж</td></tr></tbody></table></article></div>
<footer><a href="/1">Контакты</a> <a href="/2">О сайте</a></footer></body></html>"""

# A page as the archive of the United Kingdom prints it: the number and the words side by side in spans.
BRITISH = """<!DOCTYPE html><html><body><div role="main"><h1 class="pageTitle">Markets Act 2020</h1>
<h2 class="LegPart"><span class="LegPartNo">Part 1</span><span class="LegPartTitle">General</span></h2>
<h3 class="LegP1"><span class="LegP1No">1</span><span class="LegP1GroupTitle">Overview</span></h3>
<p class="LegP2"><span class="LegP2No">(1)</span><span class="LegP2Text">This Act applies to—</span></p>
<p class="LegP3"><span class="LegP3No">(a)</span><span class="LegP3Text">markets, and</span></p>
<p class="LegP3"><span class="LegP3No">(b)</span><span class="LegP3Text">fairs.</span></p>
<p class="LegP2"><span class="LegP2No">(2)</span><span class="LegP2Text">It binds the Crown.</span></p>
<h3 class="LegP1"><span class="LegP1No">2</span><span class="LegP1GroupTitle">Short title</span></h3>
<p>This Act may be cited as the Markets Act 2020.</p></div></body></html>"""


def test_a_page_of_the_national_law_site() -> None:
    outline = outline_of(NATIONAL)
    assert outline.title == "Об утверждении Правил перевозок"
    assert keys(outline) == [
        "pnt_1", "pnt_2", "annex_1", "annex_1__chp_1", "annex_1__pnt_1", "annex_1__pnt_2", "annex_1__pnt_2__sub_1",
        "annex_1__pnt_2__sub_1-1",
    ]  # fmt: skip
    noted, annex = find(outline, "pnt_2"), find(outline, "annex_1")
    assert noted is not None and noted.notes[0].startswith("Сноска. Пункт 2")
    assert annex is not None and annex.heading == "Правила перевозок" and "к приказу Министра" in annex.text
    table = next(unit for unit, _, _ in walk(outline.provisions) if unit.kind is Kind.table)
    assert table.rows == (("№", "Вид"), ("1", "Груз"), ("", "Багаж"))


def test_the_site_around_the_text_is_left_out() -> None:
    said = words(outline_of(NATIONAL))
    assert not any(word in said for word in ("Документы", "Найти", "Контакты", "Не текст", "Главная"))


def test_numbers_and_words_that_stand_side_by_side_by_style() -> None:
    outline = outline_of(BRITISH)
    assert keys(outline) == [
        "part_1", "art_1", "art_1__pnt_1", "art_1__pnt_1__sub_a", "art_1__pnt_1__sub_b", "art_1__pnt_2", "art_2",
    ]  # fmt: skip
    article = find(outline, "art_1")
    assert article is not None and article.heading == "Overview"


def test_looks_told_by_a_style_sheet() -> None:
    outline = outline_of(
        "<style>@media print { p.C { text-align: left } .R { vertical-align: top } } p.C { text-align: center }"
        " .R { vertical-align: super; } .gone { display: none }</style>"
        "<body><p class=C>О порядке</p><p class=C>Глава 1. Общее</p><p>Статья 12<span class='R'>1</span>. Срок</p>"
        "<p>1. Текст.</p><p class=gone>2. Скрыто.</p></body>", "ru",
    )  # fmt: skip
    assert keys(outline) == ["chp_1", "art_12-1", "art_12-1__pnt_1"]
    assert "Скрыто" not in words(outline)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("head", ["", '<meta charset="utf-8">', '<meta charset="windows-1251">'])
def test_letters_are_read_whatever_the_page_says(encoding: str, head: str) -> None:
    text = f"<html><head>{head}</head><body><p>Статья 1. Понятия закона</p><p>1. Орган обеспечивает исполнение.</p></body>"
    outline = outline_of(text, encoding=encoding)
    assert keys(outline) == ["art_1", "art_1__pnt_1"]
    assert outline.provisions[0].heading == "Понятия закона"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_a_long_style_sheet_hides_no_code_page(encoding: str) -> None:
    style = "<style>" + "p { margin: 0; padding: 0 }\n" * 3_000 + "</style>"
    outline = outline_of(f"<html>{style}<body><p>Статья 1. Понятия</p><p>1. Орган обеспечивает исполнение.</p>", encoding=encoding)
    assert outline.provisions[0].heading == "Понятия"


def test_a_few_damaged_bytes_do_not_hide_the_rest() -> None:
    data = bytearray(NATIONAL.encode())
    data[data.index("порядок".encode())] = 0xFF
    assert len(keys(read_outline(bytes(data), "page.html"))) == 8


def test_kazakh_in_an_old_code_page() -> None:
    text = "<html><body><p>1-бап. Ұғымдар мен құқықтар</p><p>1. Осы Заң қоғамдық қатынастарды реттейді.</p>"
    outline = outline_of(text, encoding="kz1048")
    assert (outline.language, outline.provisions[0].heading) == ("kk", "Ұғымдар мен құқықтар")


def test_numbered_lists_print_their_numbers() -> None:
    outline = outline_of(
        "<body><p>О порядке</p><ol><li>Первое.</li><li>Второе:<ol><li>раз;</li><li>два.</li></ol></li></ol>"
        "<ol start=3><li>Третье.</li><li value=7>Седьмое.</li></ol>", "ru",
    )  # fmt: skip
    assert keys(outline) == ["pnt_1", "pnt_2", "pnt_2__sub_1", "pnt_2__sub_2", "pnt_3", "pnt_7"]


def test_footnotes_become_notes_of_the_line_that_calls_them() -> None:
    outline = outline_of(
        '<body><p>1. Плата взимается<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> ежегодно.</p><p>2. Иное.</p>'
        '<div><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> В размере ставки.</p></div></div></body>', "ru",
    )  # fmt: skip
    first = find(outline, "pnt_1")
    assert first is not None and (first.text, first.notes) == ("Плата взимается ежегодно.", ("В размере ставки.",))
    assert "В размере" not in words(outline)


def test_pictures_and_a_layout_table_do_not_matter() -> None:
    image = "data:image/png;base64," + "iVBORw0KGgo" * 20_000
    units = "".join(f"<p>{number}. Пункт {number}.</p>" for number in range(1, 16))
    outline = outline_of(f'<body><table><tr><td><img src="{image}"></td><td><div>О порядке</div>{units}</td></tr></table>', "ru")
    assert keys(outline) == [f"pnt_{number}" for number in range(1, 16)]


def test_a_fragment_and_a_page_saved_with_a_comment_before_it() -> None:
    assert keys(outline_of("<p>1. Один.</p>\n<p>2. Два.</p>", "ru")) == ["pnt_1", "pnt_2"]
    assert keys(outline_of("<!-- saved from url=(0014)about:internet -->\n<html><body><p>1. Один.</p>", "ru")) == ["pnt_1"]


def test_hostile_pages() -> None:
    with pytest.raises(Unreadable) as refusal:
        outline_of("<html>" + "<div>" * 5_000 + "1. Текст.")
    assert refusal.value.code == "too_deep"
    with pytest.raises(Unreadable) as refusal:
        outline_of("<html><table>" + "<tr>" + "<td rowspan=60000 colspan=64>x" * 50 + "<tr><td>a" * 7_000)
    assert refusal.value.code == "too_large_table"
    hostile = outline_of("<html><body><p>1. &lt;script&gt;alert(1)&lt;/script&gt; &#0; &amp;amp;</p>", "ru")
    assert hostile.provisions[0].text.startswith("<script>alert(1)</script>")


def test_real_codes_have_their_articles() -> None:
    outline = read_outline(shared("data/legal-kk-ru/rf-water-code.102107048.html").read_bytes(), "code.html")
    assert outline.title == "Водный кодекс Российской Федерации"
    numbers = [unit.number for unit, _, _ in walk(outline.provisions) if unit.kind is Kind.article]
    assert len(numbers) == 78 and {"7-1", "52-3", "69"} <= set(numbers)
    assert outline.confidence is not None and outline.confidence > 0.8
