"""The figures for the city: volumes and waits by day and by category, never a small count."""

from __future__ import annotations

from flask import abort, render_template, request

from console.chart import chart_of
from console.door import blueprint, now, office
from console.wording import language
from desk.figures import MEASURES, PERIODS, figures
from directory_data.model import in_language


@blueprint.get("/figures")
def monitor() -> str:
    """One period: 7, 30 or 90 days."""
    days = request.args.get("days", PERIODS[1], type=int)
    if days not in PERIODS:
        abort(404)
    shown = figures(office(), days, now())
    return render_template(
        "console/monitor.html",
        figures=shown,
        chart=chart_of(shown.by_day),
        measures=MEASURES,
        periods=PERIODS,
        city=in_language(office().directory.city.operator, language()),
    )
