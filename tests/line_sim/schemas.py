"""LINE's OpenAPI schemas as JSON Schema: discriminators become conditions, so subtypes count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]
PREFIX = "#/components/schemas/"


class Schemas:
    """The schemas of one OpenAPI file."""

    def __init__(self, path: Path) -> None:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = _conditional(document["components"]["schemas"])
        contents = {"components": {"schemas": found}}
        resource = Resource.from_contents(contents, default_specification=DRAFT202012)
        self._registry = Registry().with_resource("line", resource)
        self.paths: Json = document["paths"]

    def faults(self, name: str, value: Any) -> list[str]:
        """What is wrong with `value` as a `name`; empty when it fits."""
        schema = {"$ref": f"line{PREFIX}{name}"}
        validator = Draft202012Validator(schema, registry=self._registry)
        return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(value)]

    def response(self, path: str, method: str, status: int) -> str | None:
        """The schema name of a documented JSON answer; None when it has none."""
        answer = self.paths[path][method]["responses"].get(str(status), {})
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        return schema.get("$ref", "").removeprefix(PREFIX) or None


def _conditional(schemas: Json) -> Json:
    """`X` with a discriminator becomes a plain `X__base` and an `X` that demands the subtype."""
    found: Json = {}
    for name, schema in schemas.items():
        mapping = schema.get("discriminator", {}).get("mapping")
        if mapping is None:
            found[name] = schema
            continue
        key = schema["discriminator"]["propertyName"]
        found[f"{name}__base"] = {k: v for k, v in schema.items() if k != "discriminator"}
        cases = [
            {"if": {"properties": {key: {"const": value}}}, "then": {"$ref": target}}
            for value, target in mapping.items()
        ]
        known = {"properties": {key: {"enum": list(mapping)}}}
        found[name] = {"allOf": [{"$ref": f"{PREFIX}{name}__base"}, known, *cases]}
    bases = {name.removesuffix("__base") for name in found if name.endswith("__base")}
    return {
        name: schema if name in bases else _to_bases(schema, bases)
        for name, schema in found.items()
    }


def _to_bases(schema: Json, bases: set[str]) -> Json:
    """A subtype extends the plain base: extending the conditional one would never end."""
    parents = schema.get("allOf", [])
    extended = [_to_base(parent, bases) for parent in parents]
    return schema | {"allOf": extended} if extended else schema


def _to_base(parent: Json, bases: set[str]) -> Json:
    name = parent.get("$ref", "").removeprefix(PREFIX)
    return {"$ref": f"{PREFIX}{name}__base"} if name in bases else parent
