"""A street to walk on: database, web, workers, simulator as real processes; phones and desks."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import select, text

from cli.processes import Child, answers, is_free, stop_all, wait_until
from desk import accounts, schema
from desk.accounts import NewAccount
from desk.office import open_office
from desk.trace import trace
from settings import Settings
from store.cases import Case
from store.people import Person
from tests.houses import SEALING_KEY

ROOT = Path(__file__).parents[2]
PASSWORD = "asagao-7213-himawari"
SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
SOON = 15.0


class Street:
    """One city on this machine. `redis_url` empty means: the worker looks by itself."""

    def __init__(self, place: Path, database_url: str, redis_url: str = "") -> None:
        self.place = place
        sqlite = database_url.startswith("sqlite")
        web_port, sim_port = free_port(), free_port()
        self.web_url = f"http://127.0.0.1:{web_port}"
        self.environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": "street-access-token",
            "LINE_API_HOST": f"http://127.0.0.1:{sim_port}",
            "SECRET_KEY": "street-secret-key-of-this-house",
            "SEALING_KEYS": SEALING_KEY,
            "PUBLIC_URL": self.web_url,
            "SIM_PORT": str(sim_port),
            "WEBHOOK_URL": f"{self.web_url}/line/webhook",
        }
        self.office = open_office(Settings.from_env(self.environment))
        self.sim = Sim(f"http://127.0.0.1:{sim_port}")
        self.simulator = self._child("simulator", "-m", "line_sim")
        self.web = self._child(
            "web", "-m", "gunicorn", "--bind", f"127.0.0.1:{web_port}", "--worker-class", "gthread",
            "--workers", "1" if sqlite else "2", "--threads", "8" if sqlite else "4",
            "--graceful-timeout", "5", "app:create_app()",
        )  # fmt: skip
        count = 1 if sqlite else 2
        self.workers = [self._child(f"worker{n}", "worker.py") for n in range(1, count + 1)]
        self._desks: list[Desk] = []

    @property
    def children(self) -> list[Child]:
        return [self.simulator, self.web, *self.workers]

    def open(self) -> None:
        """Migrate, start everything, wait until the door and the simulator answer."""
        office = self.office
        schema.upgrade(office.database, office.vault, office.directory, datetime.now(UTC))
        for child in self.children:
            child.start()
        wait_until(self._ready, self.children, 45)

    def close(self) -> None:
        for desk in self._desks:
            desk.browser.close()
        self.sim.close()
        stop_all(self.children)
        self.office.database.close()

    def _ready(self) -> bool:
        return answers(f"{self.web_url}/readyz") and answers(f"{self.sim.url}/healthz")

    def restart(self, child: Child) -> None:
        """kill -9 of the whole process tree, and up again as a supervisor would do it."""
        child.kill()
        child.start()

    def desk(self, role: str, member_id: str | None = None) -> Desk:
        """A person of staff with an account of their own, signed in."""
        email = f"{role}-{secrets.token_hex(4)}@street.example"
        new = NewAccount(email, role, PASSWORD, member_id, f"見本 {role}")
        accounts.add_account(self.office.database, new, datetime.now(UTC))
        desk = Desk(self, email)
        self._desks.append(desk)
        return desk

    def trace(self) -> dict[str, dict[str, Any]]:
        """What `genkan trace` says, by event id."""
        return {line["event_id"]: line for line in trace(self.office.database)}

    def case_of(self, phone: Phone, purpose: str) -> str:
        """The id of the newest case of that resident, once there is one."""
        return until(lambda: self._case_of(phone, purpose), f"a {purpose} case")

    def _case_of(self, phone: Phone, purpose: str) -> str | None:
        person = self.person_of(phone)
        with self.office.database.reads() as session:
            return session.scalar(
                select(Case.id)
                .join(Person, Person.conversation_id == Case.conversation_id)
                .where(Person.id == person, Case.purpose == purpose)
                .order_by(Case.created_at.desc())
                .limit(1)
            )

    def person_of(self, phone: Phone) -> str:
        """Genkan's id of the person behind a phone, found as the intake finds it."""
        with self.office.database.reads() as session:
            index = self.office.vault.key(session, "line-index")
            assert index is not None
            line_hash = index.digest(f"user:{phone.id}")
            found = session.scalar(select(Person.id).where(Person.line_hash == line_hash))
        assert found is not None, "Genkan does not know this phone"
        return found

    def count(self, statement: str, **values: object) -> int:
        with self.office.database.reads() as session:
            return int(session.execute(text(statement), values).scalar_one())

    def metric(self, name: str) -> float:
        lines = requests.get(f"{self.web_url}/metrics", timeout=10).text.splitlines()
        (value,) = [line.rsplit(" ", 1)[1] for line in lines if line.startswith(f"{name} ")]
        return float(value)

    def _child(self, name: str, *argv: str) -> Child:
        env = {**os.environ, **self.environment, "PYTHONUNBUFFERED": "1"}
        return Child(name, [sys.executable, *argv], env, self.place / f"{name}.log")


class Sim:
    """The simulator's control API."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()

    def close(self) -> None:
        self._session.close()

    def ask(self, path: str, **query: Any) -> Any:
        answer = self._session.get(f"{self.url}/sim{path}", params=query, timeout=30)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def do(self, path: str, method: str = "POST", **body: Any) -> Any:
        answer = self._session.request(method, f"{self.url}/sim{path}", json=body, timeout=30)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def phone(self, name: str = "住民", *, friend: bool = True) -> Phone:
        return Phone(self, self.do("/phones", name=name, friend=friend)["user_id"])

    def calls(self) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = self.ask("/calls")["calls"]
        return calls

    def now(self) -> int:
        """The number of the last call so far."""
        return self.calls()[-1]["number"] if self.calls() else 0


class Phone:
    """One resident's phone. Every act waits for nothing; `hears` waits for the answer."""

    def __init__(self, sim: Sim, user_id: str) -> None:
        self.sim = sim
        self.id = user_id
        self._heard = 0

    def acts(self, act: str, **body: Any) -> dict[str, Any]:
        done: dict[str, Any] = self.sim.do(f"/phones/{self.id}/{act}", **body)
        return done

    def says(self, words: str) -> str:
        """Write a text; returns its message id."""
        message_id: str = self.acts("text", text=words)["bubble"]["id"]
        return message_id

    def taps(self, label: str) -> None:
        self.acts("tap", label=label)

    def hears(self, words: str = "", seconds: float = SOON) -> str:
        """Wait for something new from the account that contains `words`; returns all that is new.

        What was returned once counts as heard.
        """
        deadline = time.monotonic() + seconds
        while True:
            new = self.account_bubbles()[self._heard :]
            said = "\n".join(map(shown, new))
            if new and words in said:
                self._heard += len(new)
                return said
            assert time.monotonic() < deadline, f"not heard: {words!r}; instead: {said!r}"
            self._wait_for_more(len(new))

    def hears_nothing(self, seconds: float = 1.0) -> None:
        time.sleep(seconds)
        new = self.account_bubbles()[self._heard :]
        assert new == [], [shown(bubble) for bubble in new]

    def account_bubbles(self) -> list[dict[str, Any]]:
        bubbles = self.sim.ask(f"/phones/{self.id}/chat")["bubbles"]
        return [bubble for bubble in bubbles if bubble["side"] == "account"]

    def labels(self) -> list[str]:
        return [c["label"] for c in self.sim.ask(f"/phones/{self.id}/choices")["choices"]]

    def _wait_for_more(self, new: int) -> None:
        self.sim.ask(f"/phones/{self.id}/chat", after=self._heard + new, wait=0.5)


class Desk:
    """One person of staff in a browser without scripts."""

    def __init__(self, street: Street, email: str) -> None:
        self.street = street
        self.browser = requests.Session()
        self.page = ""
        self.status = 0
        self.see("/sign-in")
        self.send("/sign-in", email=email, password=PASSWORD)
        assert "/sign-in" not in self.page or "sign-out" in self.page, self.page[:500]

    def see(self, path: str) -> str:
        """Open a page; returns its text without tags."""
        return self._keep(self.browser.get(self.street.web_url + path, timeout=20))

    def send(self, path: str, **fields: str) -> str:
        """Post a form with the token and the hidden form name of the page in view."""
        hidden = {name: self._hidden(name) for name in ("csrf_token", "form")}
        return self._keep(
            self.browser.post(
                self.street.web_url + path,
                data={k: v for k, v in hidden.items() if v} | fields,
                timeout=20,
            )
        )

    def sees(self, path: str, words: str, seconds: float = SOON) -> str:
        """Look again until the words stand there, as the refresh of a page would."""
        return until(lambda: seen if words in (seen := self.see(path)) else None, words, seconds)

    def _keep(self, answer: requests.Response) -> str:
        self.page, self.status = answer.text, answer.status_code
        bare = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", self.page, flags=re.S)
        return unescape(bare)

    def _hidden(self, name: str) -> str | None:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else None


def until(look: Callable[[], Any], what: str, seconds: float = SOON) -> Any:
    """Look until there is something; fails by saying what was missed."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"still missing after {seconds:.0f} s: {what}"
        time.sleep(0.05)
    return found


def shown(bubble: dict[str, Any]) -> str:
    """Every word of a bubble a resident can read, in order."""
    return "\n".join(_words(bubble["message"]))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("text", "altText", "label", "title") and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                yield from _words(value)


def free_port() -> int:
    """A port nobody listens on."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if is_free(port):
            return port


def as_lines(found: object) -> str:
    """For messages of failed assertions."""
    return json.dumps(found, ensure_ascii=False, indent=1, default=str)
