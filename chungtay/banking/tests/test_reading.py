import io
import random
import zipfile

import pytest
import xlsxwriter

from chungtay.banking.guards import COMMAND_LINE, Limits
from chungtay.banking.reading import read_statement
from chungtay.banking.statement import UnreadableStatement
from chungtay.banking.tests import making, test_camt053, test_mt940
from chungtay.banking.tests.making import csv_text, movements, xlsx


@pytest.mark.parametrize(
    "data",
    [
        xlsx(making.vietcombank_rows()),
        csv_text(making.vietcombank_rows(), ";"),
        csv_text(making.vietcombank_rows(), "\t", "utf-16"),
        csv_text(making.vietcombank_rows(), "\t", "utf-16-le"),
        making.pdf_vietcombank(movements(12)),
    ],
    ids=["xlsx", "csv", "utf-16", "utf-16-le", "pdf"],
)
def test_the_content_tells_what_it_is_whatever_the_name(data):
    statement = read_statement(data, "../../etc/sao ke.doc")
    assert [(x.booked_on, x.debit, x.credit) for x in statement.lines] == [
        (d, o, i) for d, _, o, i, _, _ in movements(12)
    ]


def test_mt940_and_camt_are_known_too():
    assert len(read_statement(test_mt940.FILE.encode(), "a.txt").lines) == 3
    assert len(read_statement(test_camt053.document(test_camt053.entry()), "a.txt").lines) == 1


def workbook_with(part, content, data=None):
    """A workbook whose part is replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or xlsx(making.agribank_rows()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return out.getvalue()


def far_cell(row, column):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, cells in enumerate(making.agribank_rows()):
        sheet.write_row(number, 0, cells)
    sheet.write(row, column, "x")
    book.close()
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
HOSTILE = {
    "empty": b"",
    "blank": b" \n ",
    "program": b"MZ\x90\x00" + bytes(100),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "archive": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "noise": random.Random(3).randbytes(5000),
    "broken zip": b"PK\x03\x04" + bytes(200),
    "ole without a book": LOCKED,
    "web page": b"<html><table><tr><td>Ng\xc3\xa0y</td></tr></table></html>",
    "other xml": b"<?xml version='1.0'?><x/>",
    "doctype": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    "doctype in utf-16": "<!DOCTYPE x><Document>camt.053</Document>".encode("utf-16"),
    "bomb": workbook_with(SHEET, b"<x>" + b" " * 40_000_000 + b"</x>"),
    "doctype in a sheet": workbook_with(SHEET, b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"),
    "doctype in the texts": workbook_with("xl/sharedStrings.xml", b"<?xml version='1.0'?><!DOCTYPE x><sst/>"),
    "macro": workbook_with("xl/vbaProject.bin", b"x"),
    "no sheet in it": workbook_with(SHEET, b"<worksheet"),
    "a cell far out": far_cell(1_048_575, 16_383),
    "a cell far right": far_cell(3, 5_000),
    "a cell far down and right": far_cell(1_048_575, 25),
    "a cell in other quotes": workbook_with(
        SHEET, b"<worksheet><sheetData><row r='1'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>"
    ),
    "many parts": None,
    "one endless row": b"a," * 5000,
    "one endless cell": b'Ng\xc3\xa0y,Ghi n\xe1\xbb\xa3,Ghi c\xc3\xb3\n"' + b"a" * 200_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_and_foreign_files_are_refused_with_a_sentence(case):
    data = HOSTILE[case]
    if case == "many parts":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for number in range(2500):
                archive.writestr(f"{number}.xml", b"")
        data = out.getvalue()
    with pytest.raises(UnreadableStatement) as raised:
        read_statement(data, "sao ke.xlsx")
    assert str(raised.value).startswith("sao ke.xlsx: ")


def test_size_and_rows_are_limited():
    data = csv_text(making.vietcombank_rows(400))
    with pytest.raises(UnreadableStatement, match="lớn hơn"):
        read_statement(data + bytes(1 << 20), "a", limits=Limits(size=1 << 20))
    with pytest.raises(UnreadableStatement, match="nhiều hơn 100 dòng"):
        read_statement(data, "a", limits=Limits(rows=100))


def test_the_name_is_shown_without_folders_and_tricks():
    with pytest.raises(UnreadableStatement) as raised:
        read_statement(b"", "..\\sao\\ke\u202e\n.xlsx")
    assert str(raised.value).startswith("ke.xlsx: ")


def test_a_long_file_is_for_the_command_line():
    head = "Ngày;Ghi nợ;Ghi có\n"
    data = (head + "05/09/2026;;1.000\n" * 60_000).encode()
    with pytest.raises(UnreadableStatement, match="dòng"):
        read_statement(data, "a.csv")
    assert len(read_statement(data, "a.csv", limits=COMMAND_LINE).lines) == 60_000


BASES = {
    "xlsx": xlsx(making.vietcombank_rows()),
    "csv": csv_text(making.mb_rows(), ";"),
    "mt940": test_mt940.FILE.encode(),
    "camt": test_camt053.document(test_camt053.entry(), test_camt053.entry("30000", "DBIT")),
    "pdf": making.pdf_vietcombank(movements(12)),
}


@pytest.mark.parametrize("kind", BASES)
def test_a_damaged_file_is_read_or_refused_never_more(kind):
    chance = random.Random(kind)
    for _ in range(60):
        data = bytearray(BASES[kind])
        for _ in range(chance.randrange(1, 8)):
            place = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randrange(1, 50)]
                case 2:
                    data[place:place] = chance.choice(
                        [b'"', b";", b"\n", b"\0", b"9" * 20, b":61:", b"<", b"&", b"\xff"]
                    )
        try:
            read_statement(bytes(data), "a")
        except UnreadableStatement as refusal:
            assert str(refusal)
