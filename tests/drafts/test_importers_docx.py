from __future__ import annotations

from collections import Counter

from portal.drafts.importers import read_outline
from portal.drafts.structure import Kind, Outline, Provision, find, walk
from tests.drafts.word import level, numbering, para, run, table, word_file


def outline_of(body: str, language: str = "ru", **parts: str) -> Outline:
    return read_outline(word_file(body, **parts), "act.docx", language)


def unit(outline: Outline, key: str) -> Provision:
    found = find(outline, key)
    assert found is not None, f"{key} not in {[provision.key for provision, _, _ in walk(outline.provisions)]}"
    return found


def keys(outline: Outline) -> list[str]:
    return [provision.key for provision, _, _ in walk(outline.provisions)]


LEGAL_LIST = numbering(
    level(0, "Статья %1."), level(1, "%2."), level(2, "%3)"), level(3, "%4)", "russianLower")
)


def test_numbers_made_by_word_become_numbers() -> None:
    body = "".join([
        para("О чём", align="center"),
        para("Понятия", numbered=(1, 0), bold=True),
        para("Первый пункт.", numbered=(1, 1)),
        para("Второй пункт:", numbered=(1, 1)),
        para("первый подпункт;", numbered=(1, 2)),
        para("второй подпункт:", numbered=(1, 2)),
        para("буква.", numbered=(1, 3)),
        para("Другое", numbered=(1, 0), bold=True),
        para("Снова первый.", numbered=(1, 1)),
    ])  # fmt: skip
    outline = outline_of(body, numbering=LEGAL_LIST)
    assert keys(outline) == [
        "art_1", "art_1__pnt_1", "art_1__pnt_2", "art_1__pnt_2__sub_1", "art_1__pnt_2__sub_2",
        "art_1__pnt_2__sub_2__sub_1", "art_2", "art_2__pnt_1",
    ]  # fmt: skip
    assert unit(outline, "art_1").heading == "Понятия"
    assert unit(outline, "art_2__pnt_1").text == "Снова первый."
    assert unit(outline, "art_1__pnt_2__sub_2__sub_1").number == "а"


def test_a_list_bound_to_styles_and_continued_by_another_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Point"><w:name w:val="Point"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    )
    body = "".join([
        para("Раз.", style="Point"), para("два:", style="Point"), para("а;", style="Sub"),
        para("б.", numbered=(2, 1)), para("Три.", style="Point"), para("Семь.", numbered=(2, 0)),
    ])  # fmt: skip
    outline = outline_of(body, styles=styles, numbering=numbering(level(0, "%1."), level(1, "%2)"), lists=lists))
    # An override restarts its own level at its first paragraph and leaves the others alone.
    assert keys(outline) == ["pnt_1", "pnt_2", "pnt_2__sub_1", "pnt_2__sub_3", "pnt_3", "pnt_7"]


def test_numbers_that_fields_print_inside_a_paragraph() -> None:
    def field(instruction: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def clause(instruction: str, words: str) -> str:
        properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        return f"<w:p>{properties}{run('—')}{field(instruction)}{run(words)}</w:p>"

    lists = numbering('<w:name w:val="SEQ1"/>', level(0, "%1."), level(1, "(%2)"))
    body = (
        clause(r' LISTNUM "SEQ1" \l 2 ', " First.") + para("Second.", numbered=(1, 1))
        + clause(r" LISTNUM \s 1 ", " Third.") + para("Fourth.", numbered=(1, 1))
    )  # fmt: skip
    assert keys(outline_of(body, "en", numbering=lists)) == [
        "art_1", "art_1__pnt_1", "art_1__pnt_2", "art_2", "art_2__pnt_1", "art_2__pnt_2",
    ]  # fmt: skip


def test_bullets_and_switched_off_numbers_are_indents() -> None:
    bullets = numbering(level(0, "", "bullet"))
    body = para("1. Включает:") + para("одно;", numbered=(1, 0)) + para("2. Второй.", numbered=(0, 0))
    outline = outline_of(body, numbering=bullets)
    assert keys(outline) == ["pnt_1", "pnt_1__ind_2", "pnt_2"]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{para('Текст в рамке.')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f'<w:p>{run("1. Пункт с рамкой.")}<w:r><mc:AlternateContent xmlns:mc="{mc}">'
        f"<mc:Choice Requires=\"wps\"><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + para("2. Другой пункт.")
    )
    outline = outline_of(body)
    assert keys(outline) == ["pnt_1", "pnt_1__ind_2", "pnt_2"]
    assert unit(outline, "pnt_1__ind_2").text == "Текст в рамке."


def test_footnotes_become_notes_of_the_unit() -> None:
    footnotes = (
        f'<w:footnote w:id="0" w:type="separator">{para("")}</w:footnote>'
        f'<w:footnote w:id="2">{para("По данным статистики.")}</w:footnote>'
    )
    body = f'<w:p>{run("1. Пункт.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    outline = outline_of(body, footnotes=footnotes)
    assert unit(outline, "pnt_1").notes == ("По данным статистики.",)


def test_hidden_text_and_field_codes_are_not_read() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("пункту 5")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = f'<w:p>{run("1. Согласно ")}{field}{run(" скрыто", properties="<w:vanish/>")}{run(".")}</w:p>'
    assert unit(outline_of(body), "pnt_1").text == "Согласно пункту 5."


def test_raised_digits_stay_raised_and_insert_units() -> None:
    raised = run("1", properties='<w:vertAlign w:val="superscript"/>')
    body = (
        f'<w:p>{run("Статья 12", bold=True)}{raised}{run(". Площадь", bold=True)}</w:p>'
        f'<w:p>{run("1. Не более 20 м")}{run("2", properties=chr(60) + "w:vertAlign w:val=" + chr(34) + "superscript" + chr(34) + "/>")}{run(".")}</w:p>'
    )
    outline = outline_of(body)
    assert unit(outline, "art_12-1").heading == "Площадь"
    assert unit(outline, "art_12-1__pnt_1").text == "Не более 20 м²."


def test_tables_keep_their_rows_under_the_point() -> None:
    body = para("1. Ставки:") + table(("№", "Ставка"), ("1.", "5 %\n6 %"), ("2)", "")) + para("2. Иное.")
    outline = outline_of(body)
    assert keys(outline) == ["pnt_1", "pnt_1__tbl_1", "pnt_2"]
    assert unit(outline, "pnt_1__tbl_1").rows == (("№", "Ставка"), ("1.", "5 %\n6 %"), ("2)", ""))
    assert outline.tables == 1


def test_tables_of_one_row_that_place_an_annex_header_are_text() -> None:
    body = (
        para("1. Утвердить Правила.")
        + table(("", "Приложение 1\nк приказу Министра\nот 5 мая 2026 года № 7"))
        + para("Правила", align="center", bold=True) + para("1. Пункт.")
    )  # fmt: skip
    outline = outline_of(body)
    assert outline.tables == 0
    annex = unit(outline, "annex_1")
    assert (annex.heading, annex.text) == ("Правила", "к приказу Министра\nот 5 мая 2026 года № 7")
    assert unit(outline, "annex_1__pnt_1").text == "Пункт."


def test_titles_spread_over_centred_lines_and_headings_on_the_next_line() -> None:
    body = "".join([
        para("Проект", align="right"),
        para("ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН", align="center", bold=True), para(""),
        para("О внесении изменений", align="center", bold=True), para("в некоторые акты", align="center", bold=True),
        para(""),
        para("РАЗДЕЛ 1.", align="center", bold=True), para("ОБЩИЕ ПОЛОЖЕНИЯ", align="center", bold=True),
        para("Глава 1.", align="center", bold=True),
        para("Порядок рассмотрения", align="center", bold=True), para("и ответа", align="center", bold=True),
        para("Статья 1. Сфера", bold=True), para("Текст статьи."),
    ])  # fmt: skip
    outline = outline_of(body)
    assert outline.title == "О внесении изменений в некоторые акты"
    assert unit(outline, "sec_1").heading == "ОБЩИЕ ПОЛОЖЕНИЯ"
    assert unit(outline, "chp_1").heading == "Порядок рассмотрения и ответа"
    assert unit(outline, "art_1").text == "Текст статьи."


def test_soft_breaks_part_units_but_not_words() -> None:
    body = para("1. Орган:\n1) принимает;\n2) отвечает\nв срок.\n2. Второй пункт.")
    outline = outline_of(body)
    assert keys(outline) == ["pnt_1", "pnt_1__sub_1", "pnt_1__sub_2", "pnt_2"]
    assert unit(outline, "pnt_1__sub_2").text == "отвечает в срок."


def test_headings_numbered_without_the_word_are_chapters_above_decimals() -> None:
    body = "".join([
        para("1. Общие положения", align="center", bold=True), para("1.1. Первое."), para("1.2. Второе:"),
        para("1.2.1. глубже;"), para("2. Порядок", align="center", bold=True), para("2.1. Третье."),
    ])  # fmt: skip
    outline = outline_of(body)
    kinds = Counter(provision.kind for provision, _, _ in walk(outline.provisions))
    assert kinds == {Kind.chapter: 2, Kind.point: 3, Kind.subpoint: 1}
    assert unit(outline, "chp_2").heading == "Порядок"
    assert keys(outline)[1:4] == ["pnt_1-1", "pnt_1-2", "pnt_1-2__sub_1-2-1"]


def test_a_signature_ends_the_body() -> None:
    body = para("1. Пункт.") + para("2. Последний:") + para("Министр\tА. Б.", bold=True) + para("Согласовано")
    outline = outline_of(body)
    assert keys(outline) == ["pnt_1", "pnt_2", "ind_1", "ind_2"]


def test_a_table_of_contents_of_word_is_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
    body = para("Статья 1. Понятия 3", style="C1") + para("Статья 1. Понятия", bold=True) + para("Текст.")
    assert keys(outline_of(body, styles=styles)) == ["art_1"]


def test_strict_open_xml_is_read() -> None:
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{usual}"><w:body>{para("1. Пункт.")}</w:body></w:document>'
    data = word_file("", members={"word/document.xml": document.replace(usual, strict)})
    assert unit(read_outline(data, "strict.docx", "ru"), "pnt_1").text == "Пункт."


def test_the_signature_set_in_a_table_is_text() -> None:
    body = para("1. Пункт.") + table(("Министр", "И. Иванов")) + table(("А", "Б"), ("1", "2"))
    outline = outline_of(body)
    assert outline.tables == 1
    assert unit(outline, "ind_1").text == "Министр\tИ. Иванов"


def test_an_approval_stamp_begins_the_approved_rules() -> None:
    russian = "".join([
        para("1. Утвердить Правила."), para("Утверждены", align="right"), para("приказом Министра", align="right"),
        para("от 5 мая 2026 года № 7", align="right"), para("Правила", align="center", bold=True), para("1. Пункт."),
    ])  # fmt: skip
    kazakh = "".join([
        para("1. Қағидалар бекітілсін."), para("Министрдің", align="right"), para("2026 жылғы 5 мамырдағы", align="right"),
        para("№ 7 бұйрығымен бекітілген", align="right"), para("Қағидалар", align="center", bold=True), para("1. Тармақ."),
    ])  # fmt: skip
    for body, language, heading in ((russian, "ru", "Правила"), (kazakh, "kk", "Қағидалар")):
        outline = outline_of(body, language)
        assert keys(outline) == ["pnt_1", "annex_1", "annex_1__pnt_1"]
        assert unit(outline, "annex_1").heading == heading


def test_a_kazakh_header_in_one_paragraph_with_soft_breaks() -> None:
    header = "Қазақстан Республикасы\nЦифрлық даму министрінің\n2026 жылғы 5 мамырдағы\n№ 7 бұйрығына\n2-қосымша"
    body = para("1. Бекітілсін.") + para(header, align="right") + para("Нысан", align="right") + para("Өтініш", align="center")
    annex = unit(outline_of(body, "kk"), "annex_2")
    assert annex.number == "2"
    assert annex.text.startswith("Қазақстан Республикасы") and annex.text.endswith("Нысан")
    assert annex.heading == "Өтініш"


def test_notes_take_the_lines_they_announce() -> None:
    body = "".join([
        para("3. Ставки применяются."), para("Примечание:"), para("1. Ставка округляется."), para("2. Иное – по закону."),
        para("4. Следующий пункт."), para("Примечание ИЗПИ!"), para("Пункт 4 вводится в действие с 01.01.2027."),
        para("5. Последний."),
    ])  # fmt: skip
    outline = outline_of(body)
    assert keys(outline) == ["pnt_3", "pnt_4", "pnt_5"]
    assert unit(outline, "pnt_3").notes == ("Примечание:\n1. Ставка округляется.\n2. Иное – по закону.",)
    assert unit(outline, "pnt_4").notes == ("Примечание ИЗПИ!\nПункт 4 вводится в действие с 01.01.2027.",)


def test_merged_cells_and_rows_that_begin_later_keep_their_columns() -> None:
    cells = (
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>'
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>'
    ).format(*map(para, ("А", "Б", "В", "Г")))
    outline = outline_of(para("1. Ставки:") + f"<w:tbl>{cells}</w:tbl>")
    assert unit(outline, "pnt_1__tbl_1").rows == (("А", "", "Б"), ("", "В", "Г"))


def test_a_table_in_a_cell_stays_in_the_cell() -> None:
    inner = table(("1", "2"), ("3", "4"))
    body = para("1. Ставки:") + f"<w:tbl><w:tr><w:tc>{para('А')}{inner}{para('')}</w:tc><w:tc>{para('Б')}</w:tc></w:tr></w:tbl>"
    assert unit(outline_of(body), "pnt_1__tbl_1").rows == (("А\n1 | 2\n3 | 4", "Б"),)


def test_controls_are_read_unless_they_show_their_prompt() -> None:
    def control(inside: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    prompt = control(run("Введите текст"), "<w:showingPlcHdr/>")
    body = control(para("1. Пункт.")) + f"<w:p>{run('2. Срок ')}{control(run('5 дней'))}{prompt}{run('.')}</w:p>"
    outline = outline_of(body)
    assert [unit(outline, key).text for key in keys(outline)] == ["Пункт.", "Срок 5 дней."]


def test_hidden_paragraphs_are_not_counted() -> None:
    properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr></w:pPr>'
    hidden = f"<w:p>{properties}{run('Скрыт.', properties='<w:vanish/>')}</w:p>"
    body = para("Один.", numbered=(1, 0)) + hidden + para("Два.", numbered=(1, 0))
    assert keys(outline_of(body, numbering=numbering(level(0, "%1.")))) == ["pnt_1", "pnt_2"]


def test_formulas_and_symbols_are_read() -> None:
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

    def letters(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    power = f"<m:sSup><m:e>{letters('x')}</m:e><m:sup>{letters('2')}</m:sup></m:sSup>"
    fraction = f"<m:f><m:num>{letters('a+b')}</m:num><m:den>{letters('3,5')}</m:den></m:f>"
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    body = f"<w:p>{run('1. Налог = ')}<m:oMath {m}>{fraction}{letters('+')}{power}</m:oMath>{symbol}{run(' 5.')}</w:p>"
    assert unit(outline_of(body), "pnt_1").text == "Налог = (a+b)/3,5+x^2≥ 5."
