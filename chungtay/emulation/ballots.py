"""Secret votes of a council, pure: quorum and majority as dated shares, and what the papers of one candidate come to."""

from dataclasses import dataclass

from chungtay.kernel.errors import DomainError


class NoQuorum(DomainError):
    """Too few members have voted for the vote to hold."""


@dataclass(frozen=True)
class Quorum:
    """What a vote needs, in percent: of the members `present`, and of the papers in favour `majority`; with its basis."""

    present: int
    majority: int
    basis: str = ""
    is_verified: bool = False

    def seats(self, members: int) -> int:
        """How many of so many members must vote, rounded up."""
        return -(-members * self.present // 100)

    def is_met(self, voted: int, members: int) -> bool:
        """Whether enough members voted."""
        return members > 0 and voted >= self.seats(members)


@dataclass(frozen=True)
class Tally:
    """Papers on one candidate. `entitled` members were not recused; nobody's paper is known, only how many there are."""

    agree: int
    disagree: int
    entitled: int

    @property
    def papers(self) -> int:
        """How many papers were given."""
        return self.agree + self.disagree

    def is_carried(self, quorum: Quorum) -> bool:
        """Whether the share of all papers in favour is at least the majority that is asked for."""
        return self.papers > 0 and 100 * self.agree >= quorum.majority * self.papers


def check_quorum(quorum: Quorum, voted: int, members: int) -> None:
    """Return if the vote holds. Raises NoQuorum."""
    if not quorum.is_met(voted, members):
        raise NoQuorum(
            f"Mới có {voted}/{members} thành viên bỏ phiếu, cần ít nhất {quorum.seats(members)} ({quorum.present}%). "
            "Hãy chờ đủ người hoặc hủy cuộc bỏ phiếu."
        )
