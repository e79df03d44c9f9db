"""Within a block a thing is read once; whoever changes it is believed at once, also when the change is taken back."""

from chungtay.kernel.steady import Steady


def counting():
    read = []

    def once():
        read.append(1)
        return len(read)

    return read, once


def test_outside_of_a_block_it_is_read_each_time():
    thing, (read, once) = Steady("thing"), counting()
    assert [thing.held_or("a", once), thing.held_or("a", once)] == [1, 2]
    assert len(read) == 2


def test_within_a_block_each_key_is_read_once():
    thing, (_, once) = Steady("thing"), counting()
    with thing():
        assert [thing.held_or(key, once) for key in ("a", "b", "a", "b")] == [1, 2, 1, 2]
    with thing():
        assert thing.held_or("a", once) == 3


def test_a_block_within_a_block_shares_what_is_held():
    thing, (_, once) = Steady("thing"), counting()
    with thing():
        assert thing.held_or("a", once) == 1
        with thing():
            assert thing.held_or("a", once) == 1
        assert thing.held_or("a", once) == 1


def test_after_a_change_it_is_read_each_time_to_the_end_of_the_outermost_block():
    thing, (_, once) = Steady("thing"), counting()
    with thing():
        thing.held_or("a", once)
        with thing():
            thing.loosen()
            assert [thing.held_or("a", once), thing.held_or("a", once)] == [2, 3]
        assert thing.held_or("a", once) == 4
    with thing():
        assert [thing.held_or("a", once), thing.held_or("a", once)] == [5, 5]


def test_two_things_are_held_apart():
    one, other, (_, once) = Steady("one"), Steady("other"), counting()
    with one(), other():
        assert [one.held_or("a", once), other.held_or("a", once)] == [1, 2]
        one.loosen()
        assert [one.held_or("a", once), other.held_or("a", once)] == [3, 2]


def test_it_decorates_a_function():
    thing, (_, once) = Steady("thing"), counting()

    @thing()
    def twice():
        return [thing.held_or("a", once), thing.held_or("a", once)]

    assert twice() == [1, 1]
    assert twice() == [2, 2]
