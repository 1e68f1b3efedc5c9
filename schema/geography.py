"""Spatial geography (空间地理): the administrative divisions that everything else is placed in."""

from __future__ import annotations

import strawberry

from schema.labels import PUBLIC, labelled
from schema.scalars import DivisionCode


@strawberry.federation.type(
    keys=["code"],
    description="行政区划：省、市、县 / Administrative division: province, city or county",
)
class Division:
    """An administrative division; its key is its six-digit code."""

    code: DivisionCode = labelled(PUBLIC, "行政区划代码", "Division code")
    name: str | None = labelled(PUBLIC, "名称", "Name")
    parent: Division | None = labelled(
        PUBLIC, "上级区划，省级没有", "The division above; a province has none"
    )
