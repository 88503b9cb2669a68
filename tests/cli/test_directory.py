"""`genkan directory check`: every fault as file:line, or what the pack holds."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner

from cli.directory import directory
from directory_data.load import PACKS


def test_the_shipped_pack_is_sound() -> None:
    result = CliRunner().invoke(directory, ["check"])
    assert result.exit_code == 0
    assert "34  members" in result.output
    assert "kumamoto: no faults" in result.output


def test_faults_are_printed_with_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(PACKS / "kumamoto", pack)
    members = pack / "members.yaml"
    lines = members.read_text(encoding="utf-8").splitlines()
    place = lines.index("  categories: [sexual_minority]")
    lines[place] = "  categories: [sexual_minorities]"
    members.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = CliRunner().invoke(directory, ["check", str(pack)])
    assert result.exit_code == 1
    assert f"{members}:{place + 1}: unknown category `sexual_minorities`" in result.stdout
    assert "1 fault(s)" in result.stderr


def test_the_environment_chooses_the_pack() -> None:
    result = CliRunner().invoke(directory, ["check"], env={"DATA_PACK": "nowhere"})
    assert result.exit_code == 1
    assert "there is no such pack" in result.stdout
