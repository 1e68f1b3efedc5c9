"""What sources must keep to together: one rule, one file, in the order in which findings are told.

Each is `check(merging) -> Iterator[Finding]`. The rules of the whole look at the merged schema as one, and are
asked only where sources fit together.
"""

from collections.abc import Callable, Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.rules import (
    default_value_uses_inaccessible,
    directive_composition_error,
    disallowed_inaccessible,
    empty_merged_enum_type,
    empty_merged_input_type,
    enum_value_mismatch,
    extension_with_no_base,
    external_argument_default_mismatch,
    external_argument_missing,
    external_argument_type_mismatch,
    external_missing_on_base,
    external_type_mismatch,
    field_argument_default_mismatch,
    field_argument_type_mismatch,
    field_type_mismatch,
    implemented_by_inaccessible,
    input_field_default_mismatch,
    interface_field_no_implem,
    interface_key_missing_implementation_type,
    interface_object_usage_error,
    invalid_field_sharing,
    invalid_subgraph_name,
    link_import_name_mismatch,
    merged_directive_application_on_external,
    missing_transitive_auth_requirements,
    no_queries,
    only_inaccessible_children,
    override_collision_with_another_directive,
    override_from_self_error,
    override_on_interface,
    override_source_has_override,
    query_root_type_inaccessible,
    referenced_inaccessible,
    required_argument_missing_in_some_subgraph,
    required_inaccessible,
    required_input_field_missing_in_some_subgraph,
    requirements_bound,
    shareable_has_mismatched_runtime_types,
    type_kind_mismatch,
)

Rule = Callable[[Merging], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    invalid_subgraph_name.check,
    type_kind_mismatch.check,
    extension_with_no_base.check,
    link_import_name_mismatch.check,
    directive_composition_error.check,
    override_from_self_error.check,
    override_on_interface.check,
    override_source_has_override.check,
    override_collision_with_another_directive.check,
    external_missing_on_base.check,
    external_type_mismatch.check,
    external_argument_missing.check,
    external_argument_type_mismatch.check,
    external_argument_default_mismatch.check,
    merged_directive_application_on_external.check,
    field_type_mismatch.check,
    field_argument_type_mismatch.check,
    field_argument_default_mismatch.check,
    input_field_default_mismatch.check,
    required_argument_missing_in_some_subgraph.check,
    required_input_field_missing_in_some_subgraph.check,
    empty_merged_input_type.check,
    empty_merged_enum_type.check,
    enum_value_mismatch.check,
    invalid_field_sharing.check,
    interface_object_usage_error.check,
    interface_key_missing_implementation_type.check,
    no_queries.check,
    requirements_bound.check,
)
RULES_OF_THE_WHOLE: tuple[Rule, ...] = (
    interface_field_no_implem.check,
    query_root_type_inaccessible.check,
    disallowed_inaccessible.check,
    referenced_inaccessible.check,
    only_inaccessible_children.check,
    implemented_by_inaccessible.check,
    required_inaccessible.check,
    default_value_uses_inaccessible.check,
    missing_transitive_auth_requirements.check,
    shareable_has_mismatched_runtime_types.check,
)
