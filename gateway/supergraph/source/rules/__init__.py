"""The rules that each source's schema keeps by itself, in the order in which their findings stand."""

from collections.abc import Callable, Iterator
from itertools import islice

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.report import MAX_FINDINGS
from gateway.supergraph.source.rules import (
    context_is_named,
    context_is_set,
    context_name_is_plain,
    context_selection_fits,
    context_taker_is_entity,
    cost_on_concrete_fields,
    external_alone,
    external_is_used,
    external_not_on_interface,
    field_set_fits,
    field_set_is_external,
    field_set_is_text,
    field_set_without_arguments,
    guards_not_on_interfaces,
    interface_keys_are_implemented,
    interface_object_is_entity,
    key_of_plain_values,
    list_sizes_fit,
    nothing_federated_on_interfaces,
    override_label_is_known,
    provided_types_can_be,
    provides_on_objects,
    security_links_are_known,
    shareable_on_objects,
    subscriptions_not_shared,
    types_are_its_own,
)
from gateway.supergraph.source.selections import SourceTypes

Rule = Callable[[SourceSchema, SourceTypes], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    types_are_its_own.check,
    security_links_are_known.check,
    field_set_is_text.check,
    field_set_fits.check,
    field_set_without_arguments.check,
    field_set_is_external.check,
    provided_types_can_be.check,
    key_of_plain_values.check,
    nothing_federated_on_interfaces.check,
    provides_on_objects.check,
    context_name_is_plain.check,
    context_is_set.check,
    context_is_named.check,
    context_selection_fits.check,
    context_taker_is_entity.check,
    external_not_on_interface.check,
    external_alone.check,
    external_is_used.check,
    shareable_on_objects.check,
    subscriptions_not_shared.check,
    interface_object_is_entity.check,
    interface_keys_are_implemented.check,
    override_label_is_known.check,
    guards_not_on_interfaces.check,
    cost_on_concrete_fields.check,
    list_sizes_fit.check,
)


def check_source(schema: SourceSchema) -> list[Finding]:
    """What is wrong with one source's schema by itself, in the order of the rules; no more than MAX_FINDINGS."""
    types = SourceTypes(schema.types)
    return list(islice((finding for rule in RULES for finding in rule(schema, types)), MAX_FINDINGS))
