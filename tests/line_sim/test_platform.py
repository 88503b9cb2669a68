"""The platform's state: versions, waiting, event times."""

from __future__ import annotations

import threading

from line_sim.config import SimConfig
from line_sim.phones import Phone
from line_sim.platform import Platform


def platform() -> Platform:
    return Platform(SimConfig("secret", "token", webhook_url="http://127.0.0.1:9/none"))


def test_no_two_events_of_a_chat_share_a_millisecond() -> None:
    here, phone = platform(), Phone("U1")
    stamps = [here.next_event_ms(phone) for _ in range(200)]
    assert stamps == sorted(set(stamps))


def test_waiting_ends_with_a_change_or_with_the_time() -> None:
    here = platform()
    assert not here.wait_until(lambda: here.version > 0, 0.05)

    def change() -> None:
        with here.lock:
            here.touch()

    timer = threading.Timer(0.05, change)
    timer.start()
    assert here.wait_until(lambda: here.version > 0, 5)
    timer.join()


def test_a_reset_keeps_the_version_rising() -> None:
    here = platform()
    with here.lock:
        here.phones["U1"] = Phone("U1")
        here.touch(here.phones["U1"])
    before = here.version
    here.reset()
    assert here.phones == {}
    assert here.version > before
