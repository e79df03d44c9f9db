import dataclasses

import pytest

from chungtay.kernel.errors import DomainError, Problem, Severity


def test_a_domain_error_says_its_sentence():
    assert str(DomainError("Kỳ báo cáo đã khóa.")) == "Kỳ báo cáo đã khóa."


def test_a_problem_is_wrong_unless_said_otherwise_and_cannot_be_changed():
    problem = Problem("Thiếu số hộ.")
    assert (problem.where, problem.severity) == ("", Severity.WRONG)
    with pytest.raises(dataclasses.FrozenInstanceError):
        problem.where = "B01!D12"


def test_severities_are_stored_as_their_words():
    assert [str(s) for s in Severity] == ["wrong", "explain", "missing", "info"]
