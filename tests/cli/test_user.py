"""`genkan user add`: an account from the command line, with errors that name the field."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from cli.user import user
from desk.accounts import sign_in
from desk.office import Office
from tests.cases import MEMBER, NOW, PASSWORD
from tests.houses import SEALING_KEY


@pytest.fixture
def run(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    given = {
        "DATABASE_URL": office.settings.database_url,
        "LINE_CHANNEL_SECRET": "test-channel-secret",
        "LINE_CHANNEL_ACCESS_TOKEN": "test-access-token",
        "SECRET_KEY": "test-secret-key-of-this-house",
        "SEALING_KEYS": SEALING_KEY,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, password: str = PASSWORD) -> Result:
        return CliRunner().invoke(user, ["add", *arguments], input=f"{password}\n")

    return run


def test_an_account_is_added_and_can_sign_in(run: object, office: Office) -> None:
    wanted = ("A@Example.org", "--role", "staff", "--member", MEMBER, "--password-stdin")
    result = run(*wanted)  # type: ignore[operator]
    assert (result.exit_code, result.output) == (0, "Added a@example.org as staff.\n")
    assert sign_in(office, "a@example.org", PASSWORD, NOW)
    again = run(*wanted)  # type: ignore[operator]
    assert again.exit_code == 1 and "email: a@example.org has an account" in again.output


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (("a@example.org", "--role", "king"), PASSWORD, "role: role 'king' is unknown"),
        (("a@example.org", "--role", "staff"), PASSWORD, "member: role staff needs --member"),
        (("a@example.org", "--role", "staff", "--member", "x"), PASSWORD, "member: member 'x'"),
        (("a@example.org", "--role", "monitor"), "short", "password: the password needs"),
        (("address", "--role", "monitor"), PASSWORD, "email: 'address' is not"),
    ],
)
def test_faults_name_the_field(
    run: object, arguments: tuple[str, ...], password: str, said: str
) -> None:
    result = run(*arguments, "--password-stdin", password=password)  # type: ignore[operator]
    assert result.exit_code == 1
    assert said in result.output and PASSWORD not in result.output


def test_a_password_on_the_command_line_is_not_taken(run: object) -> None:
    result = run("a@example.org", "--role", "monitor")  # type: ignore[operator]
    assert result.exit_code == 2 and "--password-stdin" in result.output


def test_a_missing_setting_is_named(run: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEALING_KEYS")
    result = run("a@example.org", "--role", "monitor", "--password-stdin")  # type: ignore[operator]
    assert result.exit_code == 1 and "SEALING_KEYS is missing" in result.output
