from datetime import date

import pytest

from chungtay.banking.camt053 import looks_like_camt053, read_camt053
from chungtay.banking.chain import check_chain
from chungtay.banking.statement import UnreadableStatement


def entry(
    amount="50000", way="CRDT", *, status="BOOK", day="2026-09-05", ref="FT1", new=True, currency="VND", memo="ung ho"
):
    party = "<Pty><Nm>NGUYEN VAN THU</Nm></Pty>" if new else "<Nm>NGUYEN VAN THU</Nm>"
    bank = "<BICFI>BANKVNVX</BICFI>" if new else "<BIC>BANKVNVX</BIC>"
    side = "Dbtr" if way == "CRDT" else "Cdtr"
    return f"""<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>
    <Sts>{f"<Cd>{status}</Cd>" if new else status}</Sts><BookgDt><Dt>{day}</Dt></BookgDt>
    <ValDt><DtTm>{day}T08:00:00+07:00</DtTm></ValDt><AcctSvcrRef>{ref}</AcctSvcrRef>
    <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
    <RltdPties><{side}>{party}</{side}><{side}Acct><Id><Othr><Id>888000333</Id></Othr></Id></{side}Acct></RltdPties>
    <RltdAgts><{side}Agt><FinInstnId>{bank}</FinInstnId></{side}Agt></RltdAgts>
    <RmtInf><Ustrd>{memo}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def balance(kind, amount, day):
    return f"""<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="VND">{amount}</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"""


def document(*entries, version="08", closing="1020000", account="999000111222", prefix=""):
    body = f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt>
    <Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>VND</Ccy></Acct>
    {balance("OPBD", "1000000.00", "2026-09-05")}{balance("CLBD", closing, "2026-09-06")}{"".join(entries)}
    </Stmt></BkToCstmrStmt></Document>"""
    return ('<?xml version="1.0" encoding="UTF-8"?>' + prefix + body).encode()


@pytest.mark.parametrize("version", ["02", "04", "06", "08"])
def test_every_version_is_read(version):
    new = int(version) > 6
    data = document(entry(new=new), entry("30000.00", "DBIT", day="2026-09-06", ref="FT2", new=new), version=version)
    statement = read_camt053(data)
    assert looks_like_camt053(data)
    assert statement.problems == ()
    assert (statement.account, statement.opening, statement.closing) == ("999000111222", 1_000_000, 1_020_000)
    assert [(x.row, x.booked_on, x.ref, x.debit, x.credit, x.text) for x in statement.lines] == [
        (1, date(2026, 9, 5), "FT1", 0, 50_000, "ung ho"),
        (2, date(2026, 9, 6), "FT2", 30_000, 0, "ung ho"),
    ]
    first = statement.lines[0]
    assert (first.counterparty_name, first.counterparty_account, first.counterparty_bank) == (
        "NGUYEN VAN THU",
        "888000333",
        "BANKVNVX",
    )
    assert check_chain(statement).holds


def test_broken_and_pending_entries_are_reported_and_the_rest_stands():
    data = document(
        entry("50000.50"),
        entry(status="PDNG"),
        entry("x"),
        entry("0"),
        entry(day="2026-19-05"),
        entry(ref="FT9"),
        closing="1050000",
    )
    statement = read_camt053(data)
    assert [p.row for p in statement.problems] == [1, 2, 3, 4, 5]
    assert [x.ref for x in statement.lines] == ["FT9"]
    assert check_chain(statement).holds


def test_a_wrong_closing_balance_is_found():
    (broken,) = check_chain(read_camt053(document(entry(), closing="1050001"))).breaks
    assert (broken.row, broken.difference) == (0, 1)


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        document(entry(memo="&b;"), prefix=BOMB),
        document(entry(), prefix='<!DOCTYPE d SYSTEM "http://example.vn/x.dtd">'),
        document(entry(), prefix=" " * 9000 + BOMB),
        document(entry())[:-30],
        document(entry(currency="USD")),
        b"<Document/>",
        document(entry()).replace(b"<Stmt>", b"<Stmt>" + b"<x>" * 100).replace(b"</Stmt>", b"</x>" * 100 + b"</Stmt>"),
        document(entry()).replace(
            b"</BkToCstmrStmt>",
            b"<Stmt><Acct><Id><Othr><Id>999000111333</Id></Othr></Id></Acct></Stmt></BkToCstmrStmt>",
        ),
    ],
)
def test_what_is_unsafe_or_broken_is_refused(data):
    with pytest.raises(UnreadableStatement):
        read_camt053(data)
