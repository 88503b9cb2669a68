"""`genkan match`: judge texts without a database, one JSON line in, one JSON line out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

import click

from directory_data.faults import PackFaults
from directory_data.load import load_pack
from directory_data.model import Directory, in_language
from routing.judge import Judge, Why
from routing.judgement import NO_WORRY, Judgement, Level, MemberMatch
from routing.ranking import rank_members, wish_of

SHOWN_MEMBERS = 10


class BadLine(ValueError):
    """A line that is no request; the message says what it lacks."""


@click.command("match")
@click.option("--explain", metavar="TEXT", help="Judge one text and say why, for people to read.")
def match(explain: str | None) -> None:
    """Read {"id","text"} per line on stdin, write categories, members and urgency per line.

    A line that cannot be read gets {"id","error"} in its place and the exit code is 1.
    The environment variable DATA_PACK chooses the pack.
    """
    directory = open_pack()
    judge = Judge(directory)
    if explain is not None:
        click.echo("\n".join(explained(explain, judge, directory)))
        return
    if not answer_all(sys.stdin.buffer, sys.stdout.buffer, judge, directory):
        sys.exit(1)


def open_pack() -> Directory:
    """The pack that DATA_PACK names; its faults end the command."""
    try:
        return load_pack(os.environ.get("DATA_PACK", "").strip() or "kumamoto")
    except PackFaults as faults:
        raise click.ClickException(f"the data pack has faults:\n{faults}") from None


def answer_all(source: BinaryIO, sink: BinaryIO, judge: Judge, directory: Directory) -> bool:
    """Answer line by line, keeping nothing; False when any line was bad."""
    now, good = datetime.now(UTC), True
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        request: Mapping[str, Any] = {}
        try:
            request = parsed(line)
            answer = answered(request, judge, directory, now)
        except BadLine as bad:
            good = False
            click.echo(f"line {number}: {bad}", err=True)
            answer = {"id": request.get("id"), "error": str(bad)}
        sink.write(_encoded(answer))
        sink.flush()
    return good


def parsed(line: bytes) -> Mapping[str, Any]:
    """The request in one line; raises `BadLine`."""
    try:
        request = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON") from None
    if not isinstance(request, dict):
        raise BadLine("not an object with `id` and `text`")
    return request


def _no_number(name: str) -> None:
    """NaN and Infinity are no JSON, whatever Python reads."""
    raise ValueError(name)


def answered(
    request: Mapping[str, Any], judge: Judge, directory: Directory, now: datetime
) -> dict[str, Any]:
    """The contract's answer to one request; raises `BadLine` when it has no text."""
    text = request.get("text")
    if not isinstance(text, str):
        raise BadLine("`text` is missing or not a string")
    judgement = judge.read(text)
    members = _members(text, judgement, directory, now)
    urgency = judgement.urgency
    return {
        "id": request.get("id"),
        "lang": judgement.language,
        "categories": [c.code for c in judgement.ranking] or [NO_WORRY],
        "members": [m.member_id for m in members[:SHOWN_MEMBERS]],
        "urgency": urgency.level.value,
        "urgent_kind": urgency.kind.value if urgency.kind else None,
        "reasons": list(reasons(judgement)),
    }


def reasons(judgement: Judgement) -> Iterator[str]:
    """Why: the writer's own words per category, then the ids of the urgency rules."""
    for category in judgement.categories:
        for words in category.words:
            yield f"{category.code}: 「{words}」ということばから"
    for rule in judgement.urgency.rule_ids:
        yield f"urgency: {rule}"


def explained(text: str, judge: Judge, directory: Directory) -> Iterator[str]:
    """The same judgement in lines that a coordinator can read."""
    judgement, why = judge.read(text), judge.why(text)
    yield f"ことば   {judgement.language}"
    yield from _explained_urgency(judgement, why)
    yield f"だれの   {'ほかの人のこと' if judgement.about_other else '本人'}"
    yield f"聞き返し {'いらない' if judgement.clear else '一度だけ'}"
    for match in judgement.ranking:
        label = in_language(directory.categories[match.code].label, "ja")
        said = "".join(f"「{words}」" for words in match.words)
        yield f"悩み     {label}（{match.code}） {match.score:.2f} {said}"
        yield f"           手がかり: {_clues(why.worries.get(match.code, ()))}"
    for member in _members(text, judgement, directory, datetime.now(UTC))[:SHOWN_MEMBERS]:
        yield _member_line(member, directory)


def _explained_urgency(judgement: Judgement, why: Why) -> Iterator[str]:
    urgency = judgement.urgency
    kind = f" / {urgency.kind}" if urgency.kind else ""
    yield f"緊急     {urgency.level}{kind}"
    yield f"           規則: {', '.join(urgency.rule_ids) or 'なし'}"
    distances = (f"{name} {urgency.scores[name]:+.2f}" for name in list(Level)[1:])
    yield f"           しきい値までの差: {'  '.join(distances)}"
    yield f"           手がかり: {_clues(why.danger)}"
    if why.by_meaning:
        yield "           文全体の意味も数えています（手がかりとしては示せません）"


def _clues(clues: Iterable[tuple[str, float]]) -> str:
    return "  ".join(f"「{piece}」{weight:+.2f}" for piece, weight in clues) or "なし"


def _members(
    text: str, judgement: Judgement, directory: Directory, now: datetime
) -> tuple[MemberMatch, ...]:
    wish = wish_of(directory, judgement.language, text)
    return rank_members(directory, judgement.categories, {}, (), now, wish)


def _member_line(match: MemberMatch, directory: Directory) -> str:
    member = directory.members[match.member_id]
    unverified = "" if member.verified_on else "（確認中）"
    label = in_language(directory.categories[match.category].label, "ja")
    parts = " × ".join(f"{name} {part:.2f}" for name, part in match.parts.items())
    return f"団体     {member.id} {member.name}{unverified} ← {label}\n           {parts}"


def _encoded(answer: Mapping[str, Any]) -> bytes:
    """UTF-8; an id with half a surrogate pair goes back as the escape it came in as."""
    try:
        return json.dumps(answer, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(answer).encode() + b"\n"
