"""`genkan db upgrade`, once and again."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine

from tests.cli.commands import genkan, refused


def test_it_brings_an_empty_database_up_and_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'genkan.db'}"
    for _ in range(2):
        done = genkan("db", "upgrade", database_url=url)
        assert done.returncode == 0, done.stderr
        assert "34 members" in done.stdout
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM member").scalar() == 34
        keys = "SELECT count(*) FROM data_key WHERE id = 'line-index'"
        assert connection.exec_driver_sql(keys).scalar() == 1
    engine.dispose()


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "genkan.db").write_text("this is a letter, not a database" * 100)
    refused(genkan("db", "upgrade", database_url=f"sqlite:///{tmp_path / 'genkan.db'}"))
