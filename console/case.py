"""One case: read it, take it, pass it on, answer, close."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from console.door import blueprint, me, now, office, partial
from console.wording import t
from desk import access, handoff
from desk import answer as answers
from desk.case_page import CasePage, case_page
from desk.handoff import DeclineReason, Outcome

Page = str | AnyResponse | tuple[str, int]
_LONGEST_NOTE = 150


@blueprint.get("/cases/<case_id>")
def case(case_id: str) -> Page:
    """The page; opening it is noted in the audit trail."""
    page = _read(case_id)
    access.note_viewed(office(), me(), case_id, now())
    return _draw(page)


@blueprint.get("/cases/<case_id>/partial")
def case_partial(case_id: str) -> Response:
    """The talk alone, for the refresh."""
    return partial("console/_talk.html", case=_read(case_id))


@blueprint.post("/cases/<case_id>/accept")
def accept(case_id: str) -> Page:
    """Take the case; of two people who press at once one is told who was first."""
    handoff.accept(office(), me(), case_id, now())
    flash(t("case.told.accepted"))
    return _back(case_id)


@blueprint.post("/cases/<case_id>/decline")
def decline(case_id: str) -> Page:
    """Pass the case on, with a reason."""
    reason = request.form.get("reason", "")
    note = request.form.get("note", "").strip()
    if reason not in DeclineReason.__members__.values():
        return _draw(_read(case_id), {"reason": t("case.decline.no_reason")}, note=note), 422
    if len(note) > _LONGEST_NOTE:
        fault = t("case.decline.long_note", n=_LONGEST_NOTE)
        return _draw(_read(case_id), {"note": fault}, reason=reason, note=note), 422
    handoff.decline(office(), me(), case_id, DeclineReason(reason), note, now())
    flash(t("case.told.declined"))
    return redirect(url_for("console.home"))


@blueprint.post("/cases/<case_id>/answer")
def answer(case_id: str) -> Page:
    """Send words to the resident; whatever goes wrong, they stay in the box."""
    words, form = request.form.get("words", ""), request.form.get("form", "")
    try:
        answers.answer(office(), me(), case_id, words, form, now())
    except answers.AnswerRefused as refused:
        fault = t(f"case.answer.{refused.fault}", n=answers.LONGEST, length=len(words.strip()))
        return _draw(_read(case_id), {"words": fault}, words=words), 422
    flash(t("case.told.answered"))
    return _back(case_id, sent=1)


@blueprint.post("/cases/<case_id>/close")
def close(case_id: str) -> Page:
    """End the case with an outcome."""
    outcome = request.form.get("outcome", "")
    if outcome not in Outcome.__members__.values():
        return _draw(_read(case_id), {"outcome": t("case.close.no_outcome")}), 422
    handoff.close(office(), me(), case_id, Outcome(outcome), now())
    flash(t("case.told.closed"))
    return redirect(url_for("console.home"))


def _read(case_id: str) -> CasePage:
    try:
        return case_page(office(), me(), case_id)
    except access.CaseUnseen:
        abort(404)


def _draw(page: CasePage, errors: Mapping[str, str] | None = None, **kept: str) -> str:
    return render_template(
        "console/case.html",
        case=page,
        errors=errors or {},
        kept=kept,
        form=secrets.token_urlsafe(12),
        longest=answers.LONGEST,
        reasons=list(DeclineReason),
        outcomes=list(Outcome),
    )


def _back(case_id: str, **query: int) -> AnyResponse:
    return redirect(url_for("console.case", case_id=case_id, **query))
