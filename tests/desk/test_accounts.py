"""Accounts and sessions: nobody learns who has an account, and a session ends when it should."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desk import accounts, passwords
from desk.accounts import AccountRefused, NewAccount, Role, SignInPaused, SignInRefused
from desk.office import Office
from store.accounts import Audit, StaffAccount, StaffSession
from tests.cases import MEMBER, NOW, PASSWORD, later

EMAIL = "kimura@example.org"


@pytest.fixture
def account(office: Office) -> str:
    new = NewAccount(EMAIL.upper(), "staff", PASSWORD, MEMBER, "木村")
    return accounts.add_account(office.database, new, NOW)


def fail(office: Office, times: int, email: str = EMAIL) -> None:
    for n in range(times):
        with pytest.raises(SignInRefused):
            accounts.sign_in(office, email, "not this one", later(n / 60))


def test_a_session_belongs_to_the_person_who_signed_in(office: Office, account: str) -> None:
    token = accounts.sign_in(office, f" {EMAIL} ", PASSWORD, NOW)
    staff = accounts.whoami(office, token, later(1))
    assert staff == accounts.Staff(account, "木村", Role.STAFF, MEMBER)
    assert accounts.whoami(office, token + "x", later(1)) is None
    with office.database.reads() as session:
        assert token not in str(session.scalars(select(StaffSession.token_sha256)).all())


def test_every_sign_in_gets_a_new_token(office: Office, account: str) -> None:
    tokens = {accounts.sign_in(office, EMAIL, PASSWORD, NOW) for _ in range(2)}
    assert len(tokens) == 2


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_ten_failures_bring_a_pause_that_grows(office: Office, account: str, email: str) -> None:
    fail(office, 10, email)
    with pytest.raises(SignInPaused) as first:
        accounts.sign_in(office, email, PASSWORD, later(0.5))
    with pytest.raises(SignInRefused):
        accounts.sign_in(office, email, "wrong again", first.value.until)
    with pytest.raises(SignInPaused) as second:
        accounts.sign_in(office, email, PASSWORD, first.value.until)
    assert second.value.until - first.value.until == timedelta(minutes=2)


def test_a_success_forgives_the_failures_before_it(office: Office, account: str) -> None:
    fail(office, 9)
    accounts.sign_in(office, EMAIL, PASSWORD, later(1))
    with pytest.raises(SignInRefused):
        accounts.sign_in(office, EMAIL, "one more slip", later(2))
    accounts.sign_in(office, EMAIL, PASSWORD, later(2))


def test_the_trail_names_no_address(office: Office, account: str) -> None:
    fail(office, 1)
    with office.database.reads() as session:
        rows = session.scalars(select(Audit)).all()
    assert [row.action for row in rows] == ["account_added", "sign_in_failed"]
    assert "kimura" not in " ".join(row.subject + row.why for row in rows)


def test_a_session_ends_by_signing_out(office: Office, account: str) -> None:
    token = accounts.sign_in(office, EMAIL, PASSWORD, NOW)
    accounts.sign_out(office, token, later(1))
    assert accounts.whoami(office, token, later(1)) is None
    accounts.sign_out(office, "unknown", later(1))


def test_a_session_ends_when_nobody_touches_it(office: Office, account: str) -> None:
    token = accounts.sign_in(office, EMAIL, PASSWORD, NOW)
    assert accounts.whoami(office, token, NOW + timedelta(minutes=119), active=False)
    assert accounts.whoami(office, token, NOW + accounts.IDLE) is None


def test_a_used_session_ends_after_half_a_day(office: Office, account: str) -> None:
    token = accounts.sign_in(office, EMAIL, PASSWORD, NOW)
    for hours in range(1, 12):
        assert accounts.whoami(office, token, NOW + timedelta(hours=hours))
    assert accounts.whoami(office, token, NOW + accounts.ABSOLUTE) is None


def test_a_disabled_account_is_out_at_once(office: Office, account: str) -> None:
    token = accounts.sign_in(office, EMAIL, PASSWORD, NOW)
    accounts.disable(office, account, "operator", later(1))
    assert accounts.whoami(office, token, later(1)) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in(office, EMAIL, PASSWORD, later(2))


def test_an_outdated_hash_is_renewed_at_sign_in(
    office: Office, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.database.reads() as session:
        before = session.get_one(StaffAccount, account).password_hash
    stronger = passwords.PasswordHasher(time_cost=4)
    monkeypatch.setattr(passwords, "_HASHER", stronger)
    accounts.sign_in(office, EMAIL, PASSWORD, NOW)
    with office.database.reads() as session:
        after = session.get_one(StaffAccount, account).password_hash
    assert "t=4" in after and after != before
    accounts.sign_in(office, EMAIL, PASSWORD, later(1))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("email", {"email": "no-address"}),
        ("email", {"email": "a b@example.org"}),
        ("email", {"email": "taken@example.org"}),
        ("role", {"role": "king"}),
        ("member", {"member_id": None}),
        ("member", {"member_id": "org99"}),
        ("password", {"password": "short"}),
        ("password", {"password": "Kumamoto2026!"}),
        ("password", {"password": "x" * 201}),
    ],
)
def test_a_faulty_account_is_refused_by_its_field(
    office: Office, field: str, changes: dict[str, str]
) -> None:
    given = {"email": "new@example.org", "role": "staff", "password": PASSWORD, "member_id": MEMBER}
    taken = NewAccount("taken@example.org", "staff", PASSWORD, MEMBER)
    accounts.add_account(office.database, taken, NOW)
    with pytest.raises(AccountRefused) as refused:
        accounts.add_account(office.database, NewAccount(**(given | changes)), NOW)
    assert refused.value.field == field


def test_a_coordinator_needs_no_member(office: Office) -> None:
    new = NewAccount("c@example.org", "coordinator", PASSWORD)
    assert accounts.add_account(office.database, new, NOW)
