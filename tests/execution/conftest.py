"""What every test of execution finds."""

from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType, introspection_types


@pytest.fixture(scope="module", autouse=True)
def _graphql_core_as_it_is() -> Iterator[None]:
    """Strawberry, once it has built a schema, makes graphql-core tell `isOneOf` of Strawberry's own types alone."""
    kind = introspection_types["__Type"]
    assert isinstance(kind, GraphQLObjectType)
    found = kind.fields
    del kind.fields  # made anew when it is asked for
    yield
    kind.fields = found
