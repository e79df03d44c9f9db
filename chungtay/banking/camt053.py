"""camt.053, the XML statement of ISO 20022, in the versions .001.02 to .001.08: names are read without their namespace."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError  # types only; the parser is defusedxml's

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from chungtay.banking.cells import CellProblem, day, plain
from chungtay.banking.guards import check_xml
from chungtay.banking.packing import PackedLines
from chungtay.banking.statement import LineProblem, Statement, UnreadableStatement
from chungtay.kernel.money import MAX_VND

_OPENING, _CLOSING = {"OPBD", "PRCD"}, {"CLBD"}


def looks_like_camt053(data: bytes) -> bool:
    """Whether the beginning of a file is a camt.053 document."""
    head = data[:4096].replace(b"\x00", b"")
    return b"camt.053" in head or b"BkToCstmrStmt" in head


def read_camt053(data: bytes) -> Statement:
    """Read one account's statement. Raises UnreadableStatement for broken XML, several accounts, another currency."""
    check_xml(data)
    reader = _Reader()
    try:
        for element in _elements(data):
            reader.take(element)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:  # LookupError: an unknown encoding
        raise UnreadableStatement("Tệp XML bị hỏng hoặc không an toàn nên không đọc được.") from error
    return reader.finished()


class _Reader:
    """Takes entries, balances and accounts as they end in the file."""

    def __init__(self) -> None:
        self.lines = PackedLines()
        self.problems: list[LineProblem] = []
        self.accounts: list[str] = []
        self.currencies: set[str] = set()
        self.openings: list[int] = []
        self.closings: list[int] = []
        self.days: list[date] = []
        self._entry = 0

    def take(self, element: Element) -> None:
        kind = _local(element)
        if kind == "Ntry":
            self._entry += 1
            try:
                self._take_entry(element)
            except CellProblem as problem:
                self.problems.append(LineProblem(self._entry, "Ntry", str(problem)))
        elif kind == "Bal":
            try:
                self._take_balance(element)
            except CellProblem as problem:
                self.problems.append(LineProblem(0, "Bal", str(problem)))
        elif kind == "Stmt":
            self._take_account(element)

    def _take_entry(self, entry: Element) -> None:
        status = _text(entry, "Sts") or _text(entry, "Sts", "Cd")
        if status and status != "BOOK":
            raise CellProblem("Bút toán đang chờ, ngân hàng chưa ghi sổ nên không nhập.")
        amount = self._amount(entry)
        if amount == 0:
            raise CellProblem("Bút toán không có số tiền.")
        booked = _day(entry, "BookgDt") or _day(entry, "ValDt")
        if booked is None:
            raise CellProblem("Bút toán thiếu ngày ghi sổ.")
        is_out = _text(entry, "CdtDbtInd") == "DBIT"
        # The indicator of a reversal already says which way the money went (ISO 20022, usage of RvslInd).
        details = _first(entry, "NtryDtls", "TxDtls")
        texts = (_reference(entry, details), _memo(entry), *_other_side(details, is_out=is_out))
        debit, credit = (amount, 0) if is_out else (0, amount)
        self.lines.append(self._entry, booked, _day(entry, "ValDt"), debit, credit, None, texts)

    def _take_balance(self, balance: Element) -> None:
        kind = _text(balance, "Tp", "CdOrPrtry", "Cd")
        if kind in _OPENING | _CLOSING:
            amount = self._amount(balance) * (-1 if _text(balance, "CdtDbtInd") == "DBIT" else 1)
            (self.openings if kind in _OPENING else self.closings).append(amount)
            if on := _day(balance, "Dt"):
                self.days.append(on)

    def _take_account(self, statement: Element) -> None:
        account = _text(statement, "Acct", "Id", "Othr", "Id") or _text(statement, "Acct", "Id", "IBAN")
        if account:
            self.accounts.append(account)
        for name in ("FrDtTm", "ToDtTm"):
            if found := day(_text(statement, "FrToDt", name)[:10]):
                self.days.append(found[0])

    def _amount(self, element: Element) -> int:
        node = _first(element, "Amt")
        text = (node.text or "").strip() if node is not None else ""
        match = re.fullmatch(r"([0-9]{1,18})(?:\.([0-9]*))?", text, re.ASCII)
        if node is None or match is None or int(match[1]) > MAX_VND:
            raise CellProblem(f"“{text}” không phải là số tiền.")
        if (match[2] or "").strip("0"):
            raise CellProblem(f"Số tiền {text} có phần lẻ: tiền đồng phải là số nguyên.")
        self.currencies.add(node.get("Ccy", "VND"))
        return int(match[1])

    def finished(self) -> Statement:
        if len(set(self.accounts)) > 1:
            raise UnreadableStatement("Tệp có sao kê của nhiều tài khoản; hãy tải từng tài khoản một.")
        if self.currencies - {"VND"}:
            raise UnreadableStatement("Chỉ nhận sao kê bằng đồng Việt Nam (VND).")
        if not self.accounts and not self._entry:
            raise UnreadableStatement("Tệp XML không có sao kê camt.053.")
        self.lines.put_in_order()
        days = [*self.days, *(self.lines.days() or ())]
        return Statement(
            account=self.accounts[0] if self.accounts else None,
            currency="VND",
            opening=self.openings[0] if self.openings else None,
            closing=self.closings[-1] if self.closings else None,
            from_on=min(days, default=None),
            to_on=max(days, default=None),
            lines=self.lines,
            problems=tuple(self.problems),
        )


def _elements(data: bytes) -> Iterator[Element]:
    """Entries, balances and statements when they end; an entry is emptied after use, so that memory stays small."""
    depth = 0
    for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if depth > 60:
            raise ValueError("nested too deeply")
        if event == "end" and _local(element) in {"Ntry", "Bal", "Stmt"}:
            yield element
            if _local(element) == "Ntry":
                element.clear()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _first(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next((child for child in element if _local(child) == name), None) if element is not None else None
    return element


def _text(element: Element | None, *path: str) -> str:
    found = _first(element, *path)
    return plain(found.text or "") if found is not None else ""


def _day(element: Element, name: str) -> date | None:
    text = _text(element, name, "Dt") or _text(element, name, "DtTm") or _text(element, name)
    found = day(text[:10])
    return found[0] if found else None


def _reference(entry: Element, details: Element | None) -> str:
    candidates = (
        _text(entry, "AcctSvcrRef"),
        _text(details, "Refs", "AcctSvcrRef"),
        _text(entry, "NtryRef"),
        _text(details, "Refs", "TxId"),
        _text(details, "Refs", "EndToEndId"),
    )
    return next((text for text in candidates if text and text != "NOTPROVIDED"), "")


def _memo(entry: Element) -> str:
    """The remittance texts of all transactions of the entry, else the bank's own information on it."""
    texts = [plain(node.text or "") for node in entry.iter() if _local(node) == "Ustrd"]
    return plain(" ".join(filter(None, texts)) or _text(entry, "AddtlNtryInf"))


def _other_side(details: Element | None, *, is_out: bool) -> tuple[str, str, str]:
    side = "Cdtr" if is_out else "Dbtr"
    parties = _first(details, "RltdPties")
    name = _text(parties, side, "Nm") or _text(parties, side, "Pty", "Nm")
    account = _text(parties, f"{side}Acct", "Id", "Othr", "Id") or _text(parties, f"{side}Acct", "Id", "IBAN")
    bank = _first(details, "RltdAgts", f"{side}Agt", "FinInstnId")
    return name, account, _text(bank, "Nm") or _text(bank, "BICFI") or _text(bank, "BIC")
