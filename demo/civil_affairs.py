"""Civil affairs (民政局): kinship and marriages, an old REST service that answers one person a call, slowly.

GET /api/v1/qinshu/{citizen id}    header X-App-Token
→ {"code": 0, "msg": "成功", "data": {"sfzh": …, "qsgx": [{"brsfzh", "gxdm", "xm", "sfzh"}], "hunyin": […]}}
→ {"code": 404, "msg": "查无此人"} with status 200, as such services do
"""

import hmac
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anyio
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, request_response

from demo.city import City
from demo.relations import RELATIONS
from demo.service import Stats, serve

FILE: Final = "civil-affairs.json"
TOKEN: Final = "CIVIL_AFFAIRS_TOKEN"  # noqa: S105 - the variable's name
"""The environment variable that holds the token which callers must show."""

_SECONDS_A_CALL: Final = 0.02

# Any: the service's own JSON, handed through as it was written.
Entries = Mapping[str, Any]


def write_data(city: City, path: Path) -> None:
    """Write what civil affairs knows to `path`: whole or not at all."""
    part = path.with_suffix(".part")
    part.write_bytes(
        orjson.dumps({person.citizen_id: _entry(city, person.citizen_id) for person in city.persons})
    )
    os.replace(part, path)


def make_app(entries: Entries, token: str, seconds_a_call: float = _SECONDS_A_CALL) -> Starlette:
    """The service over `entries` (by citizen id), for callers that show `token`."""
    stats = Stats()

    async def answer(request: Request) -> JSONResponse:
        await anyio.sleep(seconds_a_call)
        shown = request.headers.get("X-App-Token", "")
        if not hmac.compare_digest(shown.encode(), token.encode()):
            return JSONResponse({"code": 401, "msg": "令牌无效"}, status_code=401)
        entry = entries.get(request.path_params["sfzh"])
        if entry is None:
            return JSONResponse({"code": 404, "msg": "查无此人"})
        return JSONResponse({"code": 0, "msg": "成功", "data": entry})

    counted = stats.counted("/api/v1/qinshu", request_response(answer))
    return Starlette(routes=[Route("/api/v1/qinshu/{sfzh}", counted, methods=["GET"]), *stats.routes()])


def _entry(city: City, citizen_id: str) -> dict[str, object]:
    marriage = city.marriages.get(citizen_id)
    return {
        "sfzh": citizen_id,
        "qsgx": [
            {
                "brsfzh": citizen_id,
                "gxdm": RELATIONS[kin.relation].code,
                "xm": kin.relative_name,
                "sfzh": kin.relative,
            }
            for kin in city.kin.get(citizen_id, ())
        ],
        "hunyin": [{"posfzh": marriage.spouse, "poxm": marriage.spouse_name, "djrq": marriage.registered_on}]
        if marriage
        else [],
    }


def _from_folder(folder: Path) -> Starlette:
    token = os.environ.get(TOKEN)
    if not token:
        raise ValueError(f"the environment variable {TOKEN} is not set")
    return make_app(orjson.loads((folder / FILE).read_bytes()), token)


if __name__ == "__main__":
    serve("civil-affairs", _from_folder)
