"""…_INVALID_FIELDS and …_DIRECTIVE_IN_FIELDS_ARG of KEY, REQUIRES and PROVIDES: a field set names existing fields."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.model import FieldSetText, SourceSchema
from gateway.supergraph.source.selections import FieldSetError, SourceTypes
from gateway.supergraph.source.usages import Usage, finding, usages


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find field sets that do not parse, name what does not exist, or hold directives or aliases."""
    for usage in usages(schema, types):
        if usage.given.misfit is not None or usage.type_name is None:
            continue
        try:
            types.chosen(usage.given, usage.type_name)
        except FieldSetError as error:
            if usage.directive != "key" or _is_of_plain_values(usage.given, usage.type_name, types):
                yield finding(
                    schema,
                    f"{usage.prefix}_{error.what}",
                    f"{usage} is wrong: {error}",
                    _remedy(usage, error),
                    usage.given.place,
                )


def _is_of_plain_values(given: FieldSetText, type_name: str, types: SourceTypes) -> bool:
    """False for a key in which key_of_plain_values finds more to mend."""
    chosen = types.chosen_before(given, type_name)
    returned = [types.returned(item.field) for item in chosen if item.field is not None]
    return all(found is None or found.kind is Kind.OBJECT for found in returned)


def _remedy(usage: Usage, error: FieldSetError) -> str:
    if error.what != "INVALID_FIELDS":
        return "take the directive out of the field set"
    if "has no field" not in str(error):
        return "correct the field set"
    external = "" if usage.directive == "key" else ", marked @external when another source resolves it"
    return f"correct the name, or add the field to this source{external}"
