"""`genkan demo`: everything on this machine with sample data. Starts and stops, decides nothing."""

from __future__ import annotations

import base64
import json
import os
import secrets
import signal
import sys
import unicodedata
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any

import click

from cli.processes import Child, ChildDied, answers, is_free, stop_all, wait_until
from settings import Settings

READY_SECONDS = 60.0


@dataclass(frozen=True)
class Household:
    """Where one demo lives: its ports, its files, its environment."""

    port: int
    place: Path
    environment: Mapping[str, str]

    @property
    def console(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def simulator(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    def child(self, name: str, *argv: str) -> Child:
        """A Python child of this demo, logging to its own file."""
        env = {**os.environ, **self.environment, "PYTHONUNBUFFERED": "1"}
        log = self.place / "log" / f"{name}.log"
        log.unlink(missing_ok=True)
        return Child(name, [sys.executable, *argv], env, log)


@click.command("demo")
@click.option(
    "--port",
    type=click.IntRange(1024, 65534),
    default=8000,
    show_default=True,
    help="Console and webhook; the simulator takes the next one.",
)
@click.option("--keep", is_flag=True, help="Go on with the data of the last demo.")
@click.option(
    "--place",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var"),
    show_default=True,
    help="Folder for the database, the logs and the sign-ins of the demo.",
)
def demo(port: int, keep: bool, place: Path) -> None:
    """Run Genkan on this machine with a LINE simulator and sample data; Ctrl-C stops it."""
    for wanted in (port, port + 1):
        if not is_free(wanted):
            raise click.ClickException(
                f"port {wanted} is taken. Choose another pair: PORT={port + 100} make demo"
            )
    place = place.resolve()
    place.mkdir(parents=True, exist_ok=True)
    with _stopped_by_signals():
        notes = place / "demo.json"
        if not (keep and notes.exists()):
            click.echo("Preparing the sample city … / 見本の街を用意しています …")
            _furnish(place, notes)
        saved = json.loads(notes.read_text(encoding="utf-8"))
        _run(Household(port, place, _environment(port, place, saved["secrets"])), saved)


def _run(home: Household, saved: Mapping[str, Any]) -> None:
    children = list(_children(home))
    try:
        for child in children:
            child.start()
        wait_until(lambda: _is_ready(home), children, READY_SECONDS)
        _hand_out_phones(home, saved["phones"])
        click.echo(_box(_welcome(home, saved["accounts"])))
        wait_until(lambda: False, children, float("inf"))
    except ChildDied as error:
        raise click.ClickException(str(error)) from error
    finally:
        click.echo("\nStopping … / 終了しています …")
        with _deaf_to_signals():
            stop_all(children)


def _children(home: Household) -> Iterator[Child]:
    """Simulator, web, worker. SQLite wants one web process and one worker."""
    yield home.child("simulator", "-m", "line_sim")
    yield home.child(
        "web", "-m", "gunicorn", "--bind", f"127.0.0.1:{home.port}", "--worker-class", "gthread",
        "--workers", "1", "--threads", "8", "--graceful-timeout", "5", "app:create_app()",
    )  # fmt: skip
    yield home.child("worker", _source_of("worker"))


def _source_of(module: str) -> str:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise click.ClickException(f"{module} is not installed")
    return spec.origin


def _is_ready(home: Household) -> bool:
    return answers(f"{home.console}/readyz") and answers(f"{home.simulator}/healthz")


def _environment(port: int, place: Path, sealed: Mapping[str, str]) -> dict[str, str]:
    """The contract's variables for this demo; Redis stays out, so nothing else is needed."""
    return {
        **sealed,
        "DATABASE_URL": f"sqlite:///{place / 'demo.db'}",
        "REDIS_URL": "",
        "LINE_API_HOST": f"http://127.0.0.1:{port + 1}",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TALK_MODE": "line",
        "DATA_PACK": "kumamoto",
        "SIM_HOST": "127.0.0.1",
        "SIM_PORT": str(port + 1),
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/line/webhook",
    }


def _new_secrets() -> dict[str, str]:
    return {
        "LINE_CHANNEL_SECRET": secrets.token_hex(16),
        "LINE_CHANNEL_ACCESS_TOKEN": secrets.token_urlsafe(32),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "SEALING_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
    }


def _furnish(place: Path, notes: Path) -> None:
    """A new database with sample data, sealed with secrets made for this demo alone."""
    from desk import schema
    from desk.office import open_office
    from desk.sample import DATABASE_NAME, furnish

    for old in (notes, *place.glob(f"{DATABASE_NAME}*")):
        old.unlink(missing_ok=True)
    made = _new_secrets()
    office = open_office(Settings.from_env(_environment(1, place, made)))
    now = datetime.now(UTC)
    try:
        schema.upgrade(office.database, office.vault, office.directory, now)
        sample = furnish(office, now)
    finally:
        office.database.close()
    notes.touch(mode=0o600)
    saved = {"secrets": made, **asdict(sample)}
    notes.write_text(json.dumps(saved, ensure_ascii=False, indent=1), encoding="utf-8")


def _hand_out_phones(home: Household, phones: Sequence[Sequence[str]]) -> None:
    """Phones in the simulator: one that is new here, and those of the open sample talks."""
    fresh: dict[str, object] = {"name": "あなた", "friend": False}
    known: list[dict[str, object]] = [{"name": n, "user_id": i} for i, n in phones]
    for phone in (fresh, *known):
        _post(f"{home.simulator}/sim/phones", phone)


def _post(url: str, body: Mapping[str, object]) -> None:
    request = urllib.request.Request(  # noqa: S310 - loopback only
        url,
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - loopback only
    except OSError as error:
        raise ChildDied(f"the simulator refused a phone: {error}") from error


def _welcome(home: Household, accounts: Sequence[Mapping[str, str]]) -> list[str]:
    """The lines of the box: addresses, sign-ins, how to stop."""
    rows = [f"  {a['email']:<26}{a['role']:<13}{_WHAT[a['role']]}" for a in accounts]
    return [
        "Genkan (玄関) is open. / 玄関が開きました。",
        "",
        f"Phones of residents / 相談者のスマホ    {home.simulator}/",
        f"Console for staff   / 団体・市の画面    {home.console}/",
        "",
        "Sign in as / ログイン",
        *rows,
        f"  password / パスワード     {accounts[0]['password']}",
        "",
        "Write something on a phone, pick a member, then answer it in the console.",
        "スマホで悩みを書いて団体を選ぶと、団体の画面に届きます。",
        "",
        f"Logs / ログ: {home.place / 'log'}",
        "Everything here is invented. Stop with Ctrl-C. / すべて見本です。Ctrl-C で終わります。",
    ]


_WHAT = {
    "staff": "member staff / 団体の担当",
    "coordinator": "coordinating body / 調整機関",
    "monitor": "figures / 統計",
    "operator": "operation / 運用",
}


def _box(lines: Sequence[str]) -> str:
    width = max(map(_columns, lines))
    rule = "─" * (width + 2)
    body = [f"│ {line}{' ' * (width - _columns(line))} │" for line in lines]
    return "\n".join((f"┌{rule}┐", *body, f"└{rule}┘"))


def _columns(text: str) -> int:
    """How many columns a terminal needs: Japanese signs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """SIGTERM ends the demo as Ctrl-C does, and neither prints a traceback."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _deaf_to_signals() -> Iterator[None]:
    """A second Ctrl-C must not leave children behind."""
    before = {n: signal.signal(n, signal.SIG_IGN) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
