"""An answer to the introspection query, as servers and tools save it in JSON, written as SDL."""

from typing import Final, cast

import orjson
from graphql import GraphQLError, IntrospectionQuery, build_client_schema, print_schema

from connectors.base import Json
from gateway.errors import ConfigurationError, Finding
from gateway.supergraph.source.report import INVALID

_MEND: Final = "save the answer to the introspection query, with its `__schema`"


def is_json(text: str) -> bool:
    """Whether the text is a JSON object or list: no SDL begins like one."""
    return text.lstrip().startswith(("{", "[")) and _parsed(text) is not None


def sdl_of_introspection(text: str, file: str) -> str:
    """The schema that an answer tells: `{"data": {"__schema": …}}`, or without the `data` around it.

    Raises ConfigurationError: INVALID_GRAPHQL.
    """
    answer = _parsed(text)
    data = answer.get("data", answer) if isinstance(answer, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("__schema"), dict):
        raise _refused("the file is JSON and holds no introspection of a schema", file)
    try:
        return print_schema(build_client_schema(cast(IntrospectionQuery, data)))
    except RecursionError:
        raise _refused("the introspection is nested too deeply", file) from None
    except KeyError as error:
        raise _refused(f"the introspection has no {error}", file) from None
    except (GraphQLError, TypeError, ValueError, AttributeError) as error:  # whatever else is wrong in it
        told = " ".join(str(error).split())[:200]
        raise _refused(f"the introspection tells no whole schema: {told}", file) from None


def _parsed(text: str) -> Json:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _refused(message: str, file: str) -> ConfigurationError:
    return ConfigurationError([Finding(INVALID, message, _MEND, file)])
