"""The parameters of a GraphQL-over-HTTP request, from a POST's JSON body or a GET's query string."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from connectors.base import Json
from gateway.errors import Code
from gateway.server.media import is_json
from gateway.server.pipeline import GraphQLRequest
from gateway.server.refusals import Refusal, bad_request, body_too_large

_MAX_FIELDS: Final = 32
_KNOWN: Final = ("query", "operationName", "variables", "extensions")


async def read_parameters(request: Request, body_limit: int) -> GraphQLRequest:
    """The parameters of a GET or POST; raises Refusal for whatever is no well-formed request.

    Stops reading as soon as the body exceeds `body_limit` bytes.
    """
    if request.method == "GET":
        return _checked(_from_query_string(request.scope["query_string"]))
    if not is_json(request.headers.get("content-type")):
        raise Refusal(415, Code.BAD_REQUEST, "The body must be application/json in UTF-8.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refusal(415, Code.BAD_REQUEST, "The body must not be compressed.")
    return _checked(_json(await _body(request, body_limit), "The body"))


async def _body(request: Request, limit: int) -> bytes:
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated[:20]) > limit:
        raise body_too_large(limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise body_too_large(limit)
    return bytes(body)


def _from_query_string(text: bytes) -> dict[str, Json]:
    try:
        pairs = parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except ValueError:
        raise bad_request("The query string is not well-formed UTF-8 in percent-encoding.") from None
    known = [(name, value) for name, value in pairs if name in _KNOWN]
    parameters: dict[str, Json] = dict(known)
    if len(parameters) < len(known):
        raise bad_request("A parameter stands twice in the query string.")
    for name in ("variables", "extensions"):
        if name in parameters:
            text_value = parameters[name].encode()
            parameters[name] = _json(text_value, f"The parameter {name}") if text_value else None
    parameters["operationName"] = parameters.get("operationName") or None
    return parameters


def _json(text: bytes, what: str) -> Json:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise bad_request(f"{what} is not well-formed JSON in UTF-8.") from None


def _checked(parameters: Json) -> GraphQLRequest:
    if isinstance(parameters, list):
        raise bad_request("Batches are not supported: send one request at a time.")
    if not isinstance(parameters, dict):
        raise bad_request("The body must be a JSON object with the key query.")
    query = parameters.get("query")
    if not isinstance(query, str):
        raise bad_request("The parameter query must be given, as a string.")
    operation_name = parameters.get("operationName")
    if operation_name is not None and not isinstance(operation_name, str):
        raise bad_request("The parameter operationName must be a string or null.")
    _map(parameters, "extensions")
    return GraphQLRequest(query, _map(parameters, "variables"), operation_name)


def _map(parameters: dict[str, Json], name: str) -> Mapping[str, Json] | None:
    value = parameters.get(name)
    if value is not None and not isinstance(value, dict):
        raise bad_request(f"The parameter {name} must be an object or null.")
    return value
