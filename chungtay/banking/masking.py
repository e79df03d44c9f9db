"""What of a bank line may be shown to the public: no account, no telephone, no identity number, no e-mail.

The rule for numbers is blunt on purpose: eight digits or more in a row, also with single marks or spaces between, do not
survive, whatever they may be. What stays is recognised by its shape: dates with separators, amounts in groups of three
with dots or commas ("1.234.567", below a thousand billion) or with spaces before "đồng", shorter numbers, and our own
payment references. An identity number that someone wrote like an amount ("123.456.789") cannot be told from one and
stays. Names stay too: to show a name is the giver's choice, not a pattern.
"""

import re
import unicodedata

from chungtay.banking.references import locate

HIDDEN = "***"
_TOO_LONG = 8
_LONGEST_AMOUNT = 12

# Bounded, so that a long word without an end cannot take long.
_EMAIL = re.compile(r"[^\s<>(),;:@]{1,80}(?:@[^\s<>(),;:@]{1,80}){1,4}\.[^\W\d_]+")
# Digits joined by single marks are one number (0912.345.678); numbers with single spaces between are looked at together.
_NUMBER = r"\(?\+?\d(?:[.,/\-]?\d)*\)?"
_NUMBERS = re.compile(rf"{_NUMBER}(?: {_NUMBER})*")
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DATE = re.compile(rf"{_DAY}([./\-]){_MONTH}\1(?:\d{{4}}|\d{{2}})|\d{{4}}([./\-]){_MONTH}\2{_DAY}")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d{1,2})?|(?:,\d{3})+(?:\.\d{1,2})?)")
_SPACED_AMOUNT = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_MONEY_WORD = re.compile(r" ?(?:đồng|dong|đ|d|vnđ|vnd)\b", re.IGNORECASE)


def mask_account(account: str) -> str:
    """Return an account with its end only: four characters of a long one, three of a short one. The length is not shown."""
    bare = "".join(character for character in account if character.isalnum())
    if len(bare) < 7:
        return HIDDEN if bare else ""
    return HIDDEN + bare[-4 if len(bare) >= 10 else -3 :]


def scrub(text: str) -> str:
    """Return a memo on one line without telephone and identity numbers, accounts, e-mail addresses; each becomes "***"."""
    text = " ".join("".join(map(_plain, text)).split())
    pieces, end = [], 0
    for found in locate(text):
        pieces += [_scrubbed(text[end : found.start]), text[found.start : found.end]]
        end = found.end
    # What a kept reference and a kept number beside it may form together is hidden as well.
    return re.sub(rf"\d{{{_TOO_LONG},}}", HIDDEN, "".join([*pieces, _scrubbed(text[end:])]))


def _plain(character: str) -> str:
    """Digits of any script as ASCII; characters without width, which could stand between digits, not at all."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "" if unicodedata.category(character) == "Cf" else character


def _scrubbed(text: str) -> str:
    return _NUMBERS.sub(_numbers, _EMAIL.sub(HIDDEN, text))


def _numbers(match: re.Match[str]) -> str:
    """Hide what of some numbers in a row is too long, alone or together; a date or an amount parts what stands around it."""
    shown: list[str] = []
    together: list[str] = []
    for number in match[0].split(" "):
        begins_like_telephone = bool(together) and together[0].lstrip("(")[0] in "0+"
        if _is_date(number) or (_is_amount(number) and not begins_like_telephone):
            shown += [*_shortened(together), number]
            together = []
        else:
            together.append(number)
    if _SPACED_AMOUNT.fullmatch(" ".join(together)) and _MONEY_WORD.match(match.string, match.end()):
        return " ".join(shown + together)
    return " ".join(shown + _shortened(together))


def _shortened(numbers: list[str]) -> list[str]:
    return [HIDDEN] if sum(map(_digits, numbers)) >= _TOO_LONG else numbers


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text.strip("()")) is not None


def _is_amount(text: str) -> bool:
    bare = text.strip("()")
    return _AMOUNT.fullmatch(bare) is not None and _digits(re.sub(r"[.,]\d{1,2}\Z", "", bare)) <= _LONGEST_AMOUNT


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)
