from __future__ import annotations

import re
import time

import pytest

from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.importers.xml_numbers import number_of
from portal.drafts.structure import Kind, Outline, find, walk
from tests.bench.import_sets.markup import words_of
from tests.bench.import_sets.scoring import words_in
from tests.shared_data import shared

AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">{}</akomaNtoso>'
ACT = AKN.format(
    """<act name="law"><meta><identification source="#x"><FRBRExpression><FRBRlanguage language="rus"/></FRBRExpression>
</identification></meta><preface><p><docTitle>О рынках</docTitle></p></preface>
<preamble><p>Настоящий Закон регулирует торговлю.</p></preamble>
<body><section eId="sec_1"><num>Раздел I.</num><heading>Общее</heading><chapter><num>Глава 1.</num><heading>Основы</heading>
<article><num>Статья 1.</num><heading>Понятия<authorialNote><p>В редакции 2026 года.</p></authorialNote></heading>
<paragraph><num>1.</num><intro><p>Понятия:</p></intro><point><num>1)</num><content><p>рынок;</p></content></point>
<point><num>1-1)</num><content><p>ярмарка.</p></content></point><wrapUp><p>Иное не понимается.</p></wrapUp></paragraph></article>
<article><num>2-1-бап.</num><content><p>Изложить в редакции:
</p><quotedStructure startQuote="«" endQuote="»"><paragraph><num>3.</num><content><p>Новое.</p></content></paragraph>
</quotedStructure></content></article></chapter></section></body>
<attachments><attachment><heading>Перечень</heading><doc name="annex"><mainBody><table><tr><th>№</th><th>Вид</th></tr>
<tr><td>1</td><td>Рынок</td></tr></table></mainBody></doc></attachment></attachments></act>"""
)
USLM = """<?xml version="1.0"?><bill xmlns="http://schemas.gpo.gov/xml/uslm"><meta><docNumber>1</docNumber></meta>
<main><longTitle><officialTitle>To amend the Act.</officialTitle></longTitle>
<section><num value="1">SECTION 1. </num><heading>SHORT TITLE.</heading><content>This Act may be cited.</content></section>
<section><num value="2">SEC. 2. </num><heading>AMENDMENTS.</heading><subsection><num value="a">(a) </num>
<chapeau>In general—</chapeau><paragraph><num value="1">(1) </num><content>by <amendingAction>striking</amendingAction>
“<quotedText>x</quotedText>”; and</content></paragraph></subsection></section></main></bill>"""


def outline_of(text: str, language: str | None = None) -> Outline:
    return read_outline(text.encode(), "act.xml", language)


def shown(outline: Outline) -> list[tuple[str, str, str]]:
    return [(unit.key, unit.heading, unit.text) for unit, _, _ in walk(outline.provisions)]


def refusal_of(text: str | bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        read_outline(text if isinstance(text, bytes) else text.encode(), "act.xml")
    assert re.fullmatch(r"[A-Z][^%\n]+\.", str(refusal.value))
    return refusal.value


def test_akoma_ntoso_is_read_from_its_own_structure() -> None:
    outline = outline_of(ACT)
    assert (outline.language, outline.title, outline.confidence) == ("ru", "О рынках", 0.97)
    assert shown(outline) == [
        ("ind_1", "", "Настоящий Закон регулирует торговлю."), ("sec_1", "Общее", ""), ("chp_1", "Основы", ""),
        ("art_1", "Понятия", ""), ("art_1__pnt_1", "", "Понятия:"), ("art_1__pnt_1__sub_1", "", "рынок;"),
        ("art_1__pnt_1__sub_1-1", "", "ярмарка."), ("art_1__pnt_1__ind_2", "", "Иное не понимается."),
        ("art_2-1", "", "Изложить в редакции:"), ("art_2-1__ind_2", "", "«3. Новое.»"),
        ("annex_1", "Перечень", ""), ("annex_1__tbl_1", "", ""),
    ]  # fmt: skip
    article, table = find(outline, "art_1"), find(outline, "annex_1__tbl_1")
    assert article is not None and article.notes == ("В редакции 2026 года.",)
    assert table is not None and table.rows == (("№", "Вид"), ("1", "Рынок"))


def test_uslm_sections_are_articles() -> None:
    outline = outline_of(USLM)
    assert outline.title == "To amend the Act."
    assert shown(outline) == [
        ("art_1", "SHORT TITLE.", "This Act may be cited."), ("art_2", "AMENDMENTS.", ""), ("art_2__pnt_a", "", "In general—"),
        ("art_2__pnt_a__sub_1", "", "by striking “x”; and"),
    ]  # fmt: skip


def test_a_number_at_the_head_of_the_words_is_the_article_s() -> None:
    outline = outline_of(AKN.format(
        "<act><body><section><heading>Functions</heading><subsection><content><p>3A. The Service shall act.</p></content>"
        "</subsection></section><section><content><p>2026 was a year.</p></content></section></body></act>"
    ))  # fmt: skip
    assert shown(outline) == [("art_3a", "Functions", "The Service shall act."), ("art_2", "", "2026 was a year.")]


def test_one_language_of_several_is_chosen() -> None:
    def bill(code: str, words: str) -> str:
        return (
            f'<component><bill name="b"><meta><identification source="#x"><FRBRWork><FRBRthis value="/w"/></FRBRWork><FRBRExpression>'
            f'<FRBRlanguage language="{code}"/></FRBRExpression></identification></meta><body><article><num>1</num>'
            f"<content><p>{words}</p></content></article></body></bill></component>"
        )

    both = AKN.format(f"<documentCollection/><components>{bill('kaz', 'Мәтін.')}{bill('rus', 'Текст.')}</components>")
    assert [unit.text for unit in outline_of(both, "ru").provisions] == ["Текст."]
    assert [unit.text for unit in outline_of(both).provisions] == ["Мәтін."]


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Article 12.", "12"), ("§ 301.", "301"), ("(a)", "a"), ("“(ii) ", "ii"), ("12A.", "12A"), ("Статья 83-1.", "83-1"),
        ("83-1-бап.", "83-1"), ("2-кіші бөлім.", "2"), ("Глава IV", "IV"), ("Part 3", "3"), ("Art. 5 bis", "5-bis"), ("", ""),
        ("SEC. 102.", "102"), ("1)", "1"), ("12¹.", "12-1"), ("SCHEDULE 2", "2"),
    ],
)  # fmt: skip
def test_the_number_of_a_label(label: str, number: str) -> None:
    assert number_of(label) == (number, "")


def test_words_of_a_label_that_are_no_number_are_kept() -> None:
    assert number_of("Transitional provisions for 2027 and later years of assessment, as amended")[1] != ""
    assert number_of("FIRST GROUP") == ("", "FIRST GROUP")


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE akomaNtoso [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE akomaNtoso [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE akomaNtoso SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE akomaNtoso [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_outside_references(prologue: str, encoding: str) -> None:
    data = ('<?xml version="1.0"?>' + prologue + AKN.format("<act><body><p>&a;&secret;</p></body></act>")).encode(encoding)
    assert refusal_of(data).code == "external_entities"


def test_a_billion_laughs_costs_nothing() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    started = time.perf_counter()
    assert refusal_of(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><x>&l11;</x>').code == "external_entities"
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("text", [ACT, USLM])
def test_a_file_that_breaks_off_is_no_plain_text(text: str) -> None:
    without = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
    assert refusal_of(without[: len(without) // 2]).code == "ill_formed"


def test_ill_formed_deep_and_empty_files() -> None:
    broken = refusal_of('<?xml version="1.0"?>\n<akomaNtoso>\n<act><body></act></akomaNtoso>')
    assert (broken.code, broken.params["line"]) == ("ill_formed", 3)
    assert refusal_of(AKN.format("<act><p>&unknown;</p></act>")).code == "ill_formed"
    assert refusal_of(AKN.format("<act>" + "<paragraph><num>1</num>" * 100 + "</paragraph>" * 100 + "</act>")).code == "too_deep"
    assert refusal_of(AKN.format("<act>" + "<b>" * 9_000 + "</b>" * 9_000 + "</act>")).code == "too_deep"
    assert refusal_of(AKN.format("<act/>")).code == "no_text"


@pytest.mark.parametrize("inside", [
    "<my:p>Words</my:p>", '<p class="a" class="b">Words</p>', "<p>&nbsp;Words</p>", "<p>Words", "<p>a < b</p>",
    "<1p>Words</1p>", "<p>]]></p>",
])  # fmt: skip
@pytest.mark.parametrize("wrapped", [AKN, '<?xml version="1.0"?><bill xmlns="http://schemas.gpo.gov/xml/uslm">{}</bill>'])
def test_every_way_of_being_ill_formed_is_refused_politely(inside: str, wrapped: str) -> None:
    assert refusal_of(wrapped.format(inside)).code == "ill_formed"


def test_xml_of_an_unknown_kind_is_read_line_by_line() -> None:
    text = "<?xml version='1.0'?><udhr xml:lang='kk'><title>Декларация</title><article><title>1 бап</title><para>Мәтін.</para></article></udhr>"
    outline = outline_of(text)
    assert (outline.title, [(unit.key, unit.text) for unit in outline.provisions]) == ("Декларация", [("art_1", "Мәтін.")])


@pytest.mark.parametrize(
    ("file", "articles"),
    [
        ("akn-uslm/uslm/H1079_RS.XML", 5),
        ("akn-uslm/akn-oasis/it_senato_ddl_2013.xml", 6),
        ("diff-pairs/akn-versions/ke_act_1980-01-01_1_eng_main.xml", 81),
        ("akn-uslm/uk-lawmaker-docx-akn/nipubb/test4.xml", 160),
    ],
)
def test_no_word_of_a_real_file_is_lost(file: str, articles: int) -> None:
    path = shared(f"data/{file}")
    outline = read_outline(path.read_bytes(), path.name)
    assert sum(unit.kind is Kind.article for unit, _, _ in walk(outline.provisions)) == articles
    said = words_of(path)
    held = re.findall(r"\w+", " ".join(words_in(outline)))
    lost = said - type(said)(held)
    assert lost.total() <= said.total() * 0.001


def test_a_real_ill_formed_file_is_refused_with_its_line() -> None:
    path = shared("data/diff-pairs/akn-versions/Act_Kenya_1980-01-01@1989-12-15.xml")
    assert "412" in str(refusal_of(path.read_bytes()))


def test_the_declaration_is_aligned_in_three_languages() -> None:
    outlines = [
        read_outline(shared(f"data/legal-kk-ru/udhr_{code}.xml").read_bytes(), "x.xml") for code in ("kaz", "rus", "eng")
    ]
    assert [outline.language for outline in outlines] == ["kk", "ru", "en"]
    found = [[unit.key for unit, _, _ in walk(one.provisions) if unit.kind is Kind.article] for one in outlines]
    assert found[0] == found[1] == found[2] == [f"art_{number}" for number in range(1, 31)]
