"""The named invariants of the books, and the one question whether they all hold.

A breach never stops the check: every invariant reports all that it finds.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from chungtay.ledger import bank_invariants, entry_invariants, published_invariants, sum_invariants, voucher_invariants
from chungtay.ledger.book import Book
from chungtay.ledger.findings import Finding


class Breach(NamedTuple):
    """An invariant that does not hold somewhere: its name, the place, and a Vietnamese sentence for people."""

    name: str
    where: str
    sentence: str


INVARIANTS: Mapping[str, Callable[[Book], Iterator[Finding]]] = {
    "chart-sound": entry_invariants.chart_is_sound,
    "ids-unique": entry_invariants.entry_ids_are_unique,
    "positive-amount": entry_invariants.amounts_are_positive,
    "two-different-accounts": entry_invariants.accounts_are_two,
    "accounts-exist-on-day": entry_invariants.accounts_exist,
    "posted-to-leaf-accounts": entry_invariants.accounts_are_leaves,
    "off-balance-apart": entry_invariants.off_balance_stands_apart,
    "booked-not-before-event": entry_invariants.nothing_is_booked_early,
    "voucher-has-entries": voucher_invariants.vouchers_have_entries,
    "entry-in-its-voucher": voucher_invariants.entries_have_their_voucher,
    "voucher-on-one-day": voucher_invariants.vouchers_have_one_day,
    "number-of-its-year": voucher_invariants.numbers_are_of_their_year,
    "numbers-unique": voucher_invariants.numbers_are_unique,
    "numbers-gap-free": voucher_invariants.numbers_have_no_gaps,
    "reversal-mirrors-original": voucher_invariants.reversals_mirror_their_original,
    "reversed-once": voucher_invariants.nothing_is_reversed_twice,
    "reversal-not-reversed": voucher_invariants.reversals_are_not_reversed,
    "no-posting-in-closed-period": voucher_invariants.closed_periods_stay_closed,
    "drafter-is-not-poster": voucher_invariants.drafter_is_not_poster,
    "poster-is-not-payer": voucher_invariants.poster_is_not_payer,
    "hash-chain-unbroken": voucher_invariants.chain_is_unbroken,
    "trial-balance-zero": sum_invariants.trial_balance_is_zero,
    "stored-balances-equal-sums": sum_invariants.stored_balances_are_true,
    "cash-never-negative": sum_invariants.cash_is_never_negative,
    "restricted-purpose-never-overspent": sum_invariants.purposes_are_never_overspent,
    "in-kind-quantity-never-negative": sum_invariants.goods_are_never_negative,
    "transfers-pair-up": sum_invariants.transfers_pair_up,
    "bank-line-explained": bank_invariants.settled_lines_are_explained,
    "entry-explains-once": bank_invariants.entries_explain_once,
    "bank-link-on-its-side": bank_invariants.links_are_on_their_side,
    "bank-link-not-reversed": bank_invariants.linked_vouchers_stand,
    "published-seal-in-chain": published_invariants.published_seals_are_in_their_chains,
    "kept-seal-known": published_invariants.seals_asked_for_are_known,
    "published-day-equals-bank": published_invariants.told_days_equal_the_bank,
}


def breaches(book: Book) -> Iterator[Breach]:
    """Return what does not hold, invariant by invariant."""
    for name, invariant in INVARIANTS.items():
        for where, sentence in invariant(book):
            yield Breach(name, where, sentence)


def verify(book: Book) -> list[Breach]:
    """Return every breach of every invariant; [] when the books are sound."""
    return list(breaches(book))
