"""What people send as a table, and what comes of it: a clear answer, nothing half kept, nothing run."""

from __future__ import annotations

import tracemalloc

import pytest

from noaber.offer.directory.models import Service
from noaber.offer.sources.errors import Unreadable
from noaber.offer.sources.factories import make_source
from noaber.offer.sources.models import SourceRun
from noaber.offer.sources.reading import lists, sheets, tables
from noaber.offer.sources.tests.world import HEAD, line, many, sent, table, twente, xlsx

State = SourceRun.State
FAR_AWAY = (
    '<worksheet><sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row><row r="2"/></sheetData></worksheet>'
)
WORDS = "Café 't Hoekje – voor € 0"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_each_encoding_and_separator_reads_the_same(encoding: str, separator: str) -> None:
    text = f"naam;tekst\r\n{WORDS};een\r\n".replace(";", separator)
    (row,) = tables.read_csv(text.encode(encoding)).rows
    assert row.cells == {"naam": WORDS, "tekst": "een"}
    assert row.line == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "leeg"),
        (b"  \r\n", "leeg"),
        (b"\xef\xbb\xbf", "leeg"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 300, "plaatje"),
        (b"\xff\xd8\xff\xe0JFIF", "plaatje"),
        (b"%PDF-1.7", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"\x1f\x8b\x08", "ingepakt"),
        (b"naam;naam\r\n1;2", "twee keer"),
        (";".join(f"k{n}" for n in range(100_000)).encode(), "100000 kolommen"),
        (b'naam;tekst\r\nDe Brug;"begint en sluit niet\r\n' + b"x;y\r\n" * 50_000, "Regel 2"),
        (b"\xff\xfe\x00", "niet te lezen"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as fault:
        list(tables.read_csv(content).rows)
    assert says in fault.value.why
    assert fault.value.now_what


def test_a_cell_of_a_million_signs_is_refused() -> None:
    with pytest.raises(Unreadable, match="list_unreadable"):
        list(tables.read_csv(b"naam\r\n" + b"x" * 1_000_000).rows)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    rows = list(tables.read_csv(b'naam;tekst\r\nA;"een\r\ntwee"\r\n\r\nB;drie\r\n').rows)
    assert [(row.line, row.cells["naam"]) for row in rows] == [(2, "A"), (5, "B")]


def test_a_sheet_reads_as_a_table() -> None:
    found = sheets.read_xlsx(xlsx([["naam", "tekst"], ["De Brug", "Koffie & praten"]]))
    assert found.headers == ("naam", "tekst")
    assert [row.cells for row in found.rows] == [{"naam": "De Brug", "tekst": "Koffie & praten"}]


def test_a_formula_in_a_sheet_is_only_its_outcome() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = '<c r="A2" t="str"><f>HYPERLINK("http://x.example")</f><v>klik</v></c><c r="B2"><f>1+1</f></c>'
    sheet = (
        f'<worksheet {space}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>naam</t></is></c>'
        f'<c r="B1" t="inlineStr"><is><t>tekst</t></is></c></row><row r="2">{cells}</row>'
        "</sheetData></worksheet>"
    )
    (row,) = sheets.read_xlsx(xlsx([], **{"xl/worksheets/sheet1.xml": sheet})).rows
    assert row.cells == {"naam": "klik", "tekst": "=1+1"}


def test_a_sheet_that_explodes_is_refused_with_little_memory() -> None:
    bomb = xlsx([], **{"xl/sharedStrings.xml": "<sst>" + " " * 130_000_000 + "</sst>"})
    assert len(bomb) < 300_000
    tracemalloc.start()
    with pytest.raises(Unreadable) as fault:
        sheets.read_xlsx(bomb)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "groter dan het lijkt" in fault.value.why
    assert most < 20_000_000


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'},
        {"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst/>'},
        {"xl/sharedStrings.xml": "<sst><si>"},
        {"xl/worksheets/sheet1.xml": "<worksheet/>"},
        {"xl/worksheets/sheet1.xml": FAR_AWAY},
    ],
)
def test_a_sheet_that_plays_tricks_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        list(sheets.read_xlsx(xlsx([["naam"]], **parts)).rows)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, xlsx([["naam"], ["x"]])[:-40]]
)
def test_a_broken_package_is_named(content: bytes) -> None:
    with pytest.raises(Unreadable) as fault:
        sheets.read_xlsx(content)
    assert "niet te lezen" in fault.value.why


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'[{"id": NaN}]', "JSON"),
        (b'[{"id": 1, "id": 2}]', "JSON"),
        (b"[" * 5_000 + b"]" * 5_000, "JSON"),
        (b'{"a": 1}\n{"b": \n', "Regel 2"),
        (b"[]", "leeg"),
        (b'["\\ud800"]', "JSON"),
        (b"[1, 2", "JSON"),
    ],
)
def test_json_that_json_does_not_know_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as fault:
        lists.read_json(content)
    assert says in fault.value.why


@pytest.mark.django_db
def test_three_bad_lines_of_five_thousand_keep_nothing_and_are_named() -> None:
    region = twente()
    rows = [line(number) for number in range(1, 5_001)]
    rows[9] = line(10, phone="bel maar")
    rows[2_499] = line(2500, place="Parijs")
    rows[4_998] = line(4999, text="x" * 9_000)
    run = sent(region, table(*rows), make_source(region))
    assert run.state == State.REFUSED
    assert [(f["row"], f["field"]) for f in run.faults] == [
        (11, "telefoon"),
        (2501, "gemeente"),
        (5000, "omschrijving"),
    ]
    assert all(fault["reason"] for fault in run.faults)
    assert run.refused == 3
    assert not Service.objects.exists()
    assert run.content is None


@pytest.mark.django_db
def test_the_corrected_file_comes_in_and_again_changes_nothing() -> None:
    region = twente()
    source = make_source(region)
    assert sent(region, table(line(1), line(2, phone="??")), source).state == State.REFUSED
    good = sent(region, table(line(1), line(2)), source)
    assert (good.state, good.new) == (State.DONE, 2)
    again = sent(region, table(line(1), line(2)), source)
    assert (again.state, again.new, again.changed, again.same) == (State.NOTHING, 0, 0, 2)
    assert "niets dubbel" in again.words
    assert Service.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_the_same_list_in_another_encoding_is_the_same_list(encoding: str) -> None:
    region = twente()
    source = make_source(region)
    text = table(line(1, "Café 't Hoekje")).decode()
    sent(region, text.encode(), source)
    assert sent(region, text.encode(encoding), source).state == State.NOTHING


@pytest.mark.django_db
def test_a_formula_is_kept_as_words() -> None:
    region = twente()
    sent(region, table(line(1, '"=HYPERLINK(""http://x.example"")"')), make_source(region))
    assert Service.objects.get().name == '=HYPERLINK("http://x.example")'


@pytest.mark.django_db
def test_a_sign_of_zero_is_refused_by_line_and_a_line_with_too_many_cells() -> None:
    region = twente()
    content = table(line(1, "De\x00Brug"), line(2) + ";nog;meer")
    run = sent(region, content, make_source(region))
    assert [fault["row"] for fault in run.faults] == [2, 3]
    assert not Service.objects.exists()


@pytest.mark.django_db
def test_a_number_that_stands_twice_is_named_with_both_lines() -> None:
    region = twente()
    run = sent(region, table(line(1), line(1, "Iets anders")), make_source(region))
    assert run.faults == [{"row": 3, "field": "nummer", "reason": "Dit nummer stond ook al op regel 2."}]


@pytest.mark.django_db
def test_without_a_column_for_the_name_the_columns_are_told() -> None:
    region = twente()
    run = sent(region, b"wat;waar\r\nKoffie;Almelo\r\n", make_source(region))
    assert run.state == State.REFUSED
    assert "wat, waar" in run.words


@pytest.mark.django_db
def test_columns_of_another_can_be_tied_by_hand() -> None:
    region = twente()
    source = make_source(region, columns={"name": "wat", "municipality": "waar"})
    assert sent(region, b"wat;waar\r\nKoffie;Almelo\r\n", source).state == State.DONE
    row = Service.objects.get()
    assert (row.name, row.municipality and row.municipality.name) == ("Koffie", "Almelo")


@pytest.mark.django_db
def test_a_whole_list_takes_away_what_is_not_in_it_but_not_when_most_is_gone() -> None:
    region = twente()
    source = make_source(region)
    sent(region, many(20), source, whole_list=True)
    refused = sent(region, many(5), source, whole_list=True)
    assert refused.state == State.REFUSED
    assert Service.objects.filter(status="active").count() == 20
    done = sent(region, many(18), source, whole_list=True)
    assert done.withdrawn == 2
    assert Service.objects.filter(status="active").count() == 18


def test_the_head_of_the_lists_is_known() -> None:
    assert tables.read_csv(table(line(1))).headers == tuple(HEAD.split(";"))
