"""The floors between the rooms: who may import, commit, read the clock or the environment."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
)
ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "cli", "console", "desk", "directory_data", "line_sim", "migrations", "routing")
ROOMS += ("store", "training")
NOTHING_BUT_SHAPES = {
    "desk/office.py",
    "desk/post.py",
    "desk/sample_words.py",
    "directory_data/model.py",
    "routing/judgement.py",
    *(
        f"store/{name}.py"
        for name in ("accounts", "cases", "letterbox", "people", "tables", "talks")
    ),
}
"""Tables, dataclasses and protocols: used by every test, tested by none in particular."""
DOORS = ("app.py", "worker.py", "watch.py", "cli", "console", "bot/line", "line_sim")


def sources(*places: str) -> Iterator[Path]:
    """Every Python file in these files and folders of the project."""
    for place in places:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def all_sources() -> list[Path]:
    return [*sources("app.py", "worker.py", "watch.py", "settings.py", *ROOMS)]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(node: ast.AST) -> str:
    """`office.database.sessions.begin` for such an attribute chain, else what can be read of it."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def uses(path: Path, *endings: str) -> list[str]:
    """`file:line name` for each name or attribute chain that ends with one of the endings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = ((dotted(n), getattr(n, "lineno", 0)) for n in ast.walk(tree))
    return [f"{shown(path)}:{line} {name}" for name, line in names if name.endswith(endings)]


def outside(paths: list[Path], *places: str) -> list[Path]:
    return [p for p in paths if not shown(p).startswith(places)]


def test_import_contracts_hold() -> None:
    # In a process of its own: import-linter switches off every logger of the one it runs in.
    command = [sys.executable, "-c", _LINT_IMPORTS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_desk_commits() -> None:
    allowed = ("desk/", "migrations/", "line_sim/")
    found = [
        use
        for path in outside(all_sources(), *allowed)
        for use in uses(path, ".commit", "sessions.begin", "engine.begin")
    ]
    assert found == []


def test_only_the_doors_know_the_environment() -> None:
    allowed = ("app.py", "worker.py", "cli/", "line_sim/")
    found = [
        use
        for path in outside(all_sources(), *allowed)
        for use in uses(path, "os.environ", "os.getenv")
    ]
    assert found == []


def test_only_the_doors_read_the_clock() -> None:
    clock = ("datetime.now", "datetime.utcnow", "date.today", "time.time", "time.time_ns")
    paths = outside(all_sources(), *DOORS)
    assert [use for path in paths for use in uses(path, *clock)] == []


def test_the_voice_opens_its_door_only_from_outside() -> None:
    """`import bot` must stay free: it is the name of a floor, not of a library."""
    tree = ast.parse((ROOT / "bot" / "__init__.py").read_text(encoding="utf-8"))
    assert [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_states_its_rule_at_its_door(room: str) -> None:
    doc = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8")))
    assert doc and len(doc) > 40


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        shown(p)
        for p in [*all_sources(), *sources("bench", "tests", "docs")]
        if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_nothing_is_called_utils() -> None:
    vague = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}
    assert [shown(p) for p in [*all_sources(), *sources("tests")] if p.name in vague] == []


def test_files_stay_short() -> None:
    long = {
        shown(p): count
        for p in outside([*all_sources(), *sources("bench")], "migrations/versions/")
        if (count := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_module_has_a_test_file() -> None:
    tested = {p.name for p in sources("tests")}
    missing = [
        shown(p)
        for p in outside(all_sources(), "migrations/")
        if p.name != "__init__.py"
        and shown(p) not in NOTHING_BUT_SHAPES
        and f"test_{p.name.lstrip('_')}" not in tested
    ]
    assert missing == []
