"""A pool of processes: order kept, memory bounded, errors in their place, deaths told."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from newsclean import InputError
from newsclean.pool import ordered


def odd_time(number: int) -> int:
    if number < 0:
        raise InputError(f"{number} is too small")
    if number == 1_000_000:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def big(number: int) -> bytes:
    return bytes(number)


@pytest.mark.parametrize("workers", [1, 3])
def test_order_and_errors_in_their_place(workers: int) -> None:
    found = []
    with pytest.raises(InputError, match="-1 is too small"):
        for task, result in ordered(odd_time, [*range(20), -1, *range(5)], int, workers):
            found.append((task, result))
    assert found == [(number, number * number) for number in range(20)]


@pytest.mark.parametrize("workers", [1, 3])
def test_tasks_that_break_off_are_done_up_to_there(workers: int) -> None:
    def tasks() -> Iterator[int]:
        yield from range(10)
        raise InputError("cut off")

    found = []
    with pytest.raises(InputError, match="cut off"):
        for _, result in ordered(odd_time, tasks(), int, workers):
            found.append(result)
    assert found == [number * number for number in range(10)]


def test_tasks_are_read_only_a_little_ahead() -> None:
    read = []

    def tasks() -> Iterator[int]:
        for number in range(200):
            read.append(number)
            yield number

    for task, _ in ordered(odd_time, tasks(), int, 2):
        assert len(read) - task <= 2 * 4 + 1
    assert len(read) == 200


def test_large_payloads_and_results_do_not_lock_up() -> None:
    results = [len(result) for _, result in ordered(big, [5_000_000] * 12, lambda size: size, 2)]
    assert results == [5_000_000] * 12
    echoed = [len(result) for _, result in ordered(bytes, [b"x" * 5_000_000] * 12, lambda raw: raw, 2)]
    assert echoed == [5_000_000] * 12


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(InputError, match="exit code -9"):
        list(ordered(odd_time, [1, 2, 1_000_000, *range(50)], int, 2))


def test_no_tasks() -> None:
    assert list(ordered(odd_time, [], int, 2)) == []
