"""What each column of an export is, as JSON Schema: from the catalogue of the database and the words of the models."""

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model

TYPES = {
    "boolean": "boolean", "integer": "integer", "smallint": "integer", "bigint": "integer", "numeric": "number",
}  # fmt: skip


def described() -> dict[str, dict[str, Any]]:
    """Return each table of the export that this transaction makes, with its columns."""
    tables: dict[str, dict[str, Any]] = {}
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tab, kind, col, type, may_be_empty, points_at FROM exports.columns()")
        for tab, kind, column, type_, may_be_empty, points_at in cursor.fetchall():
            table = tables.setdefault(tab, {"type": "object", **about(models.get(tab), kind), "properties": {}})
            table["properties"][column] = column_of(models.get(tab), column, type_, may_be_empty, points_at)
    return tables


def about(model: type[Model] | None, kind: str) -> dict[str, Any]:
    """Say in a line what a table holds."""
    words = (model.__doc__ or "").strip().splitlines()[0] if model else ""
    category = getattr(model, "category_of", None)
    return {"description": words, "kind": kind} | ({"category": str(category)} if isinstance(category, int) else {})


def column_of(model: type[Model] | None, column: str, type_: str, may_be_empty: bool, points_at: str) -> dict[str, Any]:  # noqa: FBT001
    """Say what one column holds."""
    json_type = "array" if type_.endswith("[]") else TYPES.get(type_.split("(", maxsplit=1)[0], "string")
    said: dict[str, Any] = {"type": [json_type, "null"] if may_be_empty else json_type, "database_type": type_}
    if type_ == "jsonb":
        del said["type"]
    if points_at:
        said["leads_to"] = points_at
    if field := field_of(model, column):
        said["description"] = str(field.verbose_name)
        if field.choices:
            said["means"] = {str(value): str(label) for value, label in field.flatchoices}
    return said


def field_of(model: type[Model] | None, column: str) -> "Field[Any, Any] | None":
    found = [one for one in model._meta.concrete_fields if one.column == column] if model else []
    return found[0] if found else None
