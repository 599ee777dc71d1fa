"""Is a long act read by pages, found in, spoken of by the row of a table, and read in two languages at once?"""

from __future__ import annotations

from portal.consultation.anchors import lay_out
from portal.consultation.beside import pair_up
from portal.consultation.finding import TextIndex, asked_words, excerpt
from portal.consultation.paging import HEAVIEST, part_text
from portal.consultation.queries.drafts import has_provision
from portal.drafts.actions.versions import outline_digest
from portal.drafts.importers import read_outline
from portal.drafts.models import VersionText
from portal.drafts.structure import Kind, Outline, Provision, assign_keys, outline_to_json
from portal.kernel.db import db
from tests.client import PageClient
from tests.make import Maker
from tests.page import text_of

FILLING = " Осы тармақтың мәтіні ұзақ болуы үшін қайталанады." * 12


def act(language: str, chapters: int = 6, articles: int = 25, tables: bool = False) -> Outline:
    found, number = [], 0
    for chapter in range(1, chapters + 1):
        units = []
        for _ in range(articles):
            number += 1
            point = Provision("", Kind.point, "1", "", f"Салықтар туралы {number}.{FILLING}")
            units.append(Provision("", Kind.article, str(number), f"Бап {number}", "", (point,)))
        found.append(Provision("", Kind.chapter, str(chapter), f"Тарау {chapter}", "", tuple(units)))
    if tables:
        table = Provision("", Kind.table, "", "", "", rows=(("Түрі", "Мөлшері"), ("Жер", "1"), ("Су", "2")))
        found.append(Provision("", Kind.article, str(number + 1), "Мөлшерлемелер", "Мынадай:", (table,)))
    return assign_keys(Outline(language, "Кодекс", tuple(found), ()))


def text_of_act(language: str, **size: int) -> str:
    """The act as a file: what `read_outline` reads from it."""
    lines = ["Кодекс", ""]
    for chapter in act(language, **size).provisions:
        lines += [f"{chapter.number}-тарау. {chapter.heading}", ""]
        for article in chapter.children:
            lines += [f"{article.number}-бап. {article.heading}", "", f"1. {article.children[0].text}", ""]
    return "\n".join(lines)


def test_a_short_text_is_one_page_and_a_long_one_whole_chapters() -> None:
    assert not part_text(lay_out(act("kk", 1, 3))).are_many
    layout = lay_out(act("kk"))
    parts = part_text(layout)
    assert parts.are_many
    assert [block for part in parts.parts for block in part.blocks] == list(layout.blocks)
    assert all(not part.blocks[-1].is_heading for part in parts.parts)
    assert parts.parts[0].key == "chp_1"
    assert parts.place_of("art_150__pnt_1") == len(parts.parts) - 1
    assert parts.place_of("nothing") is None


def test_a_chapter_too_long_is_parted_by_its_articles_under_its_name() -> None:
    parts = part_text(lay_out(act("kk", 1, 150)))
    assert len(parts.parts) > 1
    assert [block.key for block in parts.parts[1].above] == ["chp_1"]
    assert all(sum(len("".join(b.paragraphs)) for b in part.blocks) <= HEAVIEST for part in parts.parts)


def test_every_article_is_reached_by_address_and_from_the_contents(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"kk": text_of_act("kk"), "ru": "Кодекс\n\n1. Пункт."})
    make.commit()
    address = f"/drafts/{file.draft.id}/versions/1/kk"
    client.get(f"{address}")
    assert client.page.find(".//*[@id='art_150']") is None
    assert client.page.find(".//*[@data-at]").get("data-at") == f"{address}?at="
    links = [a.get("href") for a in client.page.iterfind(".//ol[@class='contents__list']//a")]
    last = next(link for link in links if link.endswith("#chp_6"))
    assert "part=" in last
    client.get(last.partition("#")[0])
    assert client.page.find(".//*[@id='chp_6']") is not None
    for query in ("at=art_150", "provision=art_150__pnt_1"):
        client.get(f"{address}?{query}")
        assert client.page.find(".//*[@id='art_150']") is not None
    client.get(f"{address}/find")
    assert client.page.find(".//li[@id='art_150']/a").get("href") == f"{address}?at=art_150#art_150"


def test_pages_follow_one_another(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"kk": text_of_act("kk")})
    make.commit()
    client.get(f"/drafts/{file.draft.id}/versions/1/kk")
    seen = 1
    while (link := client.page.find(".//a[@rel='next']")) is not None:
        client.get(link.get("href").partition("#")[0])
        seen += 1
        assert seen < 20
    assert seen > 1
    assert client.page.find(".//*[@id='art_150']") is not None
    assert client.page.find(".//a[@rel='prev']") is not None


def test_the_document_to_print_is_whole(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"kk": text_of_act("kk")})
    make.commit()
    client.get(f"/drafts/{file.draft.id}/print?language=kk")
    assert client.page.find(".//*[@id='art_1']") is not None and client.page.find(".//*[@id='art_150']") is not None


def test_words_are_found_in_any_form_over_the_whole_act(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"kk": text_of_act("kk")})
    make.commit()
    address = f"/drafts/{file.draft.id}/versions/1/kk/find"
    client.get(f"{address}?q=салығы 149")
    found = [a.get("href") for a in client.page.iterfind(".//ol[@class='rows']//h3/a")]
    assert found == [f"/drafts/{file.draft.id}/versions/1/kk?at=art_149__pnt_1#art_149__pnt_1"]
    assert "Салықтар" in [text_of(mark) for mark in client.page.iterfind(".//mark")]
    client.get(f"{address}?q=жоқсөз")
    assert client.page.find(".//ol[@class='rows']/li") is None
    for odd in ("%00", "%D0", "*", "'\"<b>", "а" * 3000, "%20"):
        assert client.get(f"{address}?q={odd}").status_code == 200


def test_an_excerpt_shows_the_words_and_little_else() -> None:
    layout = lay_out(read_outline("Закон\n\nСтатья 1. Налог\n\n1. Налогами облагаются доходы.\n".encode(), "a.txt", "ru"))
    asked = asked_words("налог на доход")
    assert TextIndex(layout).find(asked) == ["art_1__pnt_1"]
    pieces = excerpt("Слово " * 200 + "налоги и доходы " + "слово " * 200, asked, "ru")
    assert [piece.text for piece in pieces if piece.is_found] == ["налоги", "доходы"]
    assert sum(len(piece.text) for piece in pieces) < 320


def test_a_row_of_a_table_takes_comments(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"kk": text_of_act("kk", chapters=1, articles=1)})
    layout = lay_out(act("kk", 1, 1, tables=True))
    assert layout.name("art_2__tbl_1__row_2", "kk").endswith("2-жол")
    assert layout.block_of("art_2__tbl_1__row_2").key == "art_2"  # type: ignore[union-attr]
    assert layout.words("art_2__tbl_1__row_3") == "Су | 2"
    _give_table(file.consultation.version_id)
    assert has_provision(file.consultation.version_id, "art_2__tbl_1__row_3")
    assert not has_provision(file.consultation.version_id, "art_2__tbl_1__row_4")
    make.comment(file, text="Су тегін болсын.", provision_key="art_2__tbl_1__row_3")
    make.commit()
    client.get(f"/drafts/{file.draft.id}/versions/1/kk?provision=art_2__tbl_1__row_3")
    row = client.page.find(".//tr[@id='art_2__tbl_1__row_3']")
    assert row is not None and row.get("class") == "row--chosen"
    links = [a.get("href") for a in row.iterfind(".//a")]
    assert f"/drafts/{file.draft.id}/comments/new?provision=art_2__tbl_1__row_3" in links
    assert any(link.endswith("#art_2__tbl_1__row_3") for link in links)
    assert "Су тегін болсын." in text_of(client.page.find(".//section[@id='thread']"))
    head = client.page.find(".//tr[@id='art_2__tbl_1__row_1']")
    assert head is not None and head.find(".//a") is None


def _give_table(version_id: int) -> None:
    """Put an act with a table in the place of the text, as an importer of Word files would."""
    from_outline = act("kk", 1, 1, tables=True)
    text = db.session.scalar(db.select(VersionText).where(VersionText.version_id == version_id, VersionText.language == "kk"))
    assert text is not None
    text.outline = outline_to_json(from_outline)
    text.digest = outline_digest(text.outline)
    db.session.flush()


def test_two_languages_stand_side_by_side_unit_by_unit(client: PageClient, make: Maker) -> None:
    file = make.open()
    make.commit()
    address = f"/drafts/{file.draft.id}/versions/1/kk"
    client.get(f"{address}?beside=ru")
    pairs = client.page.findall(".//div[@class='pair']")
    assert pairs
    for pair in pairs:
        one, other = pair.findall("div")
        assert (one.get("lang"), other.get("lang")) == ("kk", "ru")
        keys = [next((e.get("id") for e in side.iter() if e.get("id")), None) for side in (one, other)]
        assert None in keys or keys[1] == f"ru-{keys[0]}" or not keys[0]
    client.get(address)
    assert client.page.find(".//div[@class='pair']") is None
    assert client.page.find(f".//a[@href='{address}?beside=ru#text']") is not None
    for odd in ("kk", "en", "xx", "%00"):
        client.get(f"{address}?beside={odd}")
        assert client.page.find(".//div[@class='pair']") is None


def test_what_only_the_other_language_has_stands_where_it_stands_there() -> None:
    one = lay_out(read_outline("Қағидалар\n\n1. Бір.\n\n3. Үш.\n".encode(), "a.txt", "kk"))
    other = lay_out(read_outline("Правила\n\n1. Один.\n\n2. Два.\n\n3. Три.\n".encode(), "a.txt", "ru"))
    pairs = pair_up(one.blocks, one, other, is_first=True)
    assert [(p.one.key if p.one else None, p.other.key if p.other else None) for p in pairs] == [
        ("pnt_1", "pnt_1"), (None, "pnt_2"), ("pnt_3", "pnt_3")
    ]  # fmt: skip
