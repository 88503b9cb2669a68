"""The limits of template messages: buttons, confirm, carousel, image carousel."""

from __future__ import annotations

from line_sim.action_limits import IMAGE_CAROUSEL, TEMPLATE, TEMPLATE_DEFAULT, Place, check_action
from line_sim.findings import Check, Json, Path

_KINDS = ("buttons", "confirm", "carousel", "image_carousel")


def check_template(check: Check, message: Json, path: Path) -> None:
    """Judge a template message: its altText and the template inside."""
    check.text(message, "altText", path, 1500)
    template = check.object(message, "template", path, required=True)
    if template is None:
        return
    place = (*path, "template")
    kind = check.one_of(template, "type", place, _KINDS, required=True)
    if kind == "buttons":
        _card(check, template, place, text_most=160, actions_most=4)
    elif kind == "confirm":
        check.text(template, "text", place, 240)
        _actions(check, template, place, 2, 2)
    elif kind == "carousel":
        _carousel(check, template, place)
    elif kind == "image_carousel":
        _image_carousel(check, template, place)


def _card(check: Check, card: Json, path: Path, text_most: int, actions_most: int) -> None:
    """A buttons template or one carousel column: title or picture leaves room for 60 signs."""
    check.url(card, "thumbnailImageUrl", path, required=False)
    check.text(card, "title", path, 40, required=False)
    short = bool(card.get("title") or card.get("thumbnailImageUrl"))
    check.text(card, "text", path, 60 if short else text_most)
    _optional_action(check, card, "defaultAction", path, TEMPLATE_DEFAULT)
    _actions(check, card, path, 1, actions_most)


def _carousel(check: Check, template: Json, path: Path) -> None:
    shapes = set()
    for column, place in check.objects(template, "columns", path, 1, 10):
        _card(check, column, place, text_most=120, actions_most=3)
        actions = column.get("actions")
        count = len(actions) if isinstance(actions, list) else 0
        shapes.add((count, bool(column.get("title")), bool(column.get("thumbnailImageUrl"))))
    if len(shapes) > 1:
        check.add(
            (*path, "columns"),
            "The number of actions and the use of title and image must be the same in all columns",
        )


def _image_carousel(check: Check, template: Json, path: Path) -> None:
    for column, place in check.objects(template, "columns", path, 1, 10):
        check.url(column, "imageUrl", place)
        action = check.object(column, "action", place, required=True)
        if action is not None:
            check_action(check, action, (*place, "action"), IMAGE_CAROUSEL)


def _actions(check: Check, holder: Json, path: Path, least: int, most: int) -> None:
    for action, place in check.objects(holder, "actions", path, least, most):
        check_action(check, action, place, TEMPLATE)


def _optional_action(check: Check, holder: Json, key: str, path: Path, place: Place) -> None:
    action = check.object(holder, key, path)
    if action is not None:
        check_action(check, action, (*path, key), place)
