"""`genkan match`: one answer per line, in order, whatever comes in."""

from __future__ import annotations

import gc
import io
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.match import answer_all, match, open_pack
from routing.judge import Judge

FIELDS = {"id", "lang", "categories", "members", "urgency", "urgent_kind", "reasons"}


def run(*lines: str | bytes, **environ: str) -> Result:
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return CliRunner().invoke(match, input=raw, env=environ)


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def asked(number: int, text: str) -> str:
    return json.dumps({"id": number, "text": text})


def test_the_contract_of_one_line() -> None:
    result = run(asked(7, "夫に殴られています"))
    (answer,) = answers(result)
    assert result.exit_code == 0
    assert set(answer) == FIELDS
    assert answer["id"] == 7
    assert answer["lang"] == "ja"
    assert answer["categories"][0] == "dv_women"
    assert answer["members"]
    assert (answer["urgency"], answer["urgent_kind"]) == ("urgent", "violence")
    assert any("夫に殴られています" in reason for reason in answer["reasons"])
    assert "urgency: violence.hit" in answer["reasons"]


def test_no_worry_is_the_category_none_and_no_member() -> None:
    (answer,) = answers(run(asked(1, "こんにちは")))
    assert answer["categories"] == ["none"]
    assert answer["members"] == []
    assert answer["urgency"] == "none"
    assert answer["urgent_kind"] is None


def test_the_order_is_that_of_the_lines() -> None:
    result = run(*(asked(n, "お金がない") for n in range(20)))
    assert [a["id"] for a in answers(result)] == list(range(20))


BAD = [
    (b"not json", None, "not JSON"),
    (b"[1]", None, "not an object"),
    (b'{"id": 5}', 5, "`text` is missing"),
    (b'{"id": 6, "text": null}', 6, "`text` is missing or not a string"),
    (b'{"id": 7, "text": "\xff"}', None, "not UTF-8"),
    (b"[" * 100_000, None, "not JSON"),
]


@pytest.mark.parametrize(("line", "identity", "error"), BAD)
def test_a_bad_line_is_named_and_the_rest_goes_on(
    line: bytes, identity: int | None, error: str
) -> None:
    result = run(asked(1, "こんにちは"), line, asked(2, "お金がない"))
    first, bad, last = answers(result)
    assert (first["id"], last["id"]) == (1, 2)
    assert bad["id"] == identity
    assert error in bad["error"]
    assert "line 2:" in result.stderr
    assert result.exit_code == 1


STRANGE = [
    '{"id": 1, "text": "\\ud800"}',
    '{"id": "\\udfff", "text": "a"}',
    json.dumps({"id": 1, "text": "\x00\x07\x1b"}),
    json.dumps({"id": 1, "text": "\u202e\u200d\u200f"}),
    json.dumps({"id": 1, "text": "👩‍👩‍👧😀"}),
    json.dumps({"id": 1, "text": ""}),
    json.dumps({"id": 1, "text": "死" * 100_000}),
]


@pytest.mark.parametrize("line", STRANGE, ids=range(len(STRANGE)))
def test_no_text_is_too_strange(line: str) -> None:
    result = run(line)
    (answer,) = answers(result)
    assert result.exit_code == 0
    assert answer["id"] == json.loads(line)["id"]


def test_blank_lines_are_passed_over() -> None:
    assert len(answers(run("", asked(1, "あ"), "  ", ""))) == 1


def test_memory_does_not_grow_with_the_lines() -> None:
    """Eight times the lines leave no more behind: nothing is kept per line."""
    directory = open_pack()
    judge = Judge(directory)

    def kept(count: int) -> int:
        lines = (asked(n, f"お金がない {n}").encode() + b"\n" for n in range(count))
        gc.collect()
        tracemalloc.start()
        assert answer_all(_Stream(lines), _Sink(), judge, directory)
        gc.collect()
        used = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        return used

    kept(300)
    assert kept(2_400) < kept(300) + 100_000  # 48 bytes a line would show


class _Stream(io.BytesIO):
    def __init__(self, lines: Iterator[bytes]) -> None:
        super().__init__()
        self._lines = lines

    def __iter__(self) -> Iterator[bytes]:  # type: ignore[override]
        return self._lines


class _Sink(io.BytesIO):
    def write(self, data: Any) -> int:
        return len(data)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_is_refused_though_python_reads_it(number: str) -> None:
    result = run(f'{{"id": {number}, "text": "死にたい"}}')
    assert result.exit_code == 1
    assert answers(result) == [{"id": None, "error": "not JSON"}]


def test_a_byte_order_mark_costs_no_request() -> None:
    (answer,) = answers(run(b"\xef\xbb\xbf" + asked(1, "死にたい").encode()))
    assert (answer["id"], answer["urgency"]) == (1, "urgent")


def test_explain_is_readable() -> None:
    result = CliRunner().invoke(match, ["--explain", "友達が死にたいと言っています"])
    assert result.exit_code == 0
    assert "suicide.wish" in result.output
    assert "ほかの人のこと" in result.output
    assert "確認中" in result.output


def test_explain_of_small_talk() -> None:
    result = CliRunner().invoke(match, ["--explain", "こんにちは"])
    assert "none" in result.output


def test_a_faulty_pack_ends_the_command_with_its_name() -> None:
    result = run(asked(1, "あ"), DATA_PACK="nowhere")
    assert result.exit_code == 1
    assert "nowhere:1: there is no such pack" in result.stderr


def test_matching_needs_no_web_and_no_database() -> None:
    code = (
        "import sys, cli.match, cli.directory;"
        "heavy = {'flask', 'sqlalchemy', 'linebot', 'redis', 'dramatiq'} & set(sys.modules);"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
