"""Small makers of JSON Schemas, also from the types of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NATURAL: Schema = {"type": "integer", "minimum": 1}
ADDRESS: Schema = {"type": "string", "format": "uri-reference"}
SECONDS: Schema = {"type": "number", "minimum": 0, "description": "The time that the search took."}

_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}


def ref(name: str) -> Schema:
    """A reference to a schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(schema: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": schema}


def maybe(schema: Schema) -> Schema:
    """A value or null."""
    if "type" in schema and isinstance(schema["type"], str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def record(description: str, properties: Mapping[str, Schema]) -> Schema:
    """An object that has all of these members and no other."""
    return {
        "type": "object",
        "description": description,
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def links(*always: str, maybe_null: tuple[str, ...] = ()) -> Schema:
    """The links of an answer."""
    return record(
        "Where to go from here; paths on this server.",
        {**dict.fromkeys(always, ADDRESS), **dict.fromkeys(maybe_null, maybe(ADDRESS))},
    )


def of_type(kind: Any) -> Schema:
    """The schema of a type of the model, as `to_json` writes its values; raises TypeError for others."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_dataclass(kind) and isinstance(kind, type):
        return ref(kind.__name__)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return list_of(of_type(inner[0]))
    if origin in (Union, UnionType) and len(inner) == 2 and NoneType in inner:
        return maybe(of_type(next(one for one in inner if one is not NoneType)))
    raise TypeError(f"schemas.py: no schema for {kind!r}")


def members(kind: type[Any]) -> dict[str, Schema]:
    """The schemas of a dataclass's attributes by their names."""
    hints = get_type_hints(kind)
    return {field.name: of_type(hints[field.name]) for field in fields(kind)}


def about(kind: type[Any]) -> str:
    """What a class says of itself, on one line."""
    return " ".join((kind.__doc__ or "").split())
