"""The project as others receive it: pins, package, Makefile, changelog, links, commits."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from settings import Settings

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MARKDOWN = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LEFT_OUT = {".git", ".venv", "var", "build", "htmlcov", "node_modules", "__pycache__"}


def committed() -> list[Path]:
    """The files of the project: from git where there is one, else all that is not made by tools."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
        return [p for name in listed.split("\0") if name and (p := ROOT / name).is_file()]
    return [
        p for p in ROOT.rglob("*") if p.is_file() and not LEFT_OUT & set(p.relative_to(ROOT).parts)
    ]


def words_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_registry_and_no_machine_path_is_committed() -> None:
    hosts = r"(pypi|pythonhosted|npmjs|deb\.debian|files\.python)\.(org|com)"
    paths = r"/(work|farm|root)/[a-z.]"
    pattern = re.compile(rf"{hosts}|(?<![\w.}}]){paths}|BEGIN [A-Z ]*PRIVATE KEY")
    found = {
        p.relative_to(ROOT).as_posix(): hit.group()
        for p in committed()
        if p.name != Path(__file__).name and (hit := pattern.search(words_of(p)))
    }
    assert found == {}


def test_no_unfinished_mark_is_committed() -> None:
    split = ("TO-DO", "FIX-ME", "XX-X", "Not-Implemented-Error")
    words = "|".join(word.replace("-", "") for word in split)
    marks = re.compile(rf"\b({words})\b|pytest\.mark\.[sx](kip|fail)")
    found = {
        f"{p.relative_to(ROOT).as_posix()}: {hit.group()}"
        for p in committed()
        if p.suffix in {".py", ".md", ".yaml", ".html", ".css", ".js", ".toml"}
        and (hit := marks.search(words_of(p)))
    }
    assert found == set()


LOCKS = ("requirements.txt", "requirements-semantic.txt", "requirements-dev.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert [line for line in lines if not re.match(r"[a-z0-9._-]+(\[\S+\])?==\S+", line)] == []
    assert [line.split()[0] for line in lines if "--hash=sha256:" not in line] == []
    assert "://" not in text


def test_every_dependency_is_pinned() -> None:
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for dependency in PROJECT["project"]["dependencies"]:
        name = re.split(r"[\[<>=]", dependency)[0]
        assert re.search(rf"^{re.escape(name)}==", pinned, re.M), name


def test_production_and_development_pin_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return {line.rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z0-9]", line)}

    assert (
        pins("requirements.txt") < pins("requirements-semantic.txt") < pins("requirements-dev.txt")
    )


def test_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split())  # type: ignore[index]
    answer = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert {line.split()[1] for line in answer.splitlines()} == targets
    assert {"help", "demo", "test", "lint", "format", "bench"} <= targets


def test_the_changelog_knows_this_version() -> None:
    version = PROJECT["project"]["version"]
    assert f"## [{version}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_link_in_the_documents_leads_somewhere() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in MARKDOWN
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_the_readme_lists_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.M))
    assert listed == {field.name.upper() for field in fields(Settings)}


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names inside a wheel built from a copy of the committed files."""
    place = tmp_path_factory.mktemp("wheel")
    copy, out = place / "genkan", place / "out"
    for path in committed():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    out.mkdir()
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    made = subprocess.run(
        [sys.executable, "-c", build, str(out)],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_room_and_its_data(wheel_names: set[str]) -> None:
    packages = PROJECT["tool"]["setuptools"]["packages"]
    rooms = {name.partition(".")[0] for name in packages}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in committed()
        if path.relative_to(ROOT).parts[0] in rooms and path.suffix not in {".md"}
    }
    wanted |= {f"{name}.py" for name in PROJECT["tool"]["setuptools"]["py-modules"]}
    assert sorted(wanted - wheel_names) == []


def test_the_wheel_holds_no_tests_and_no_tools(wheel_names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel_names}
    assert not tops & {"tests", "bench", "docs", "deploy", ".ci"}
