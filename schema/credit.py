"""Social credit (社会信用): what has been put on record about whom."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, TypeAlias

import strawberry

from schema.labels import SENSITIVE_PERSONAL, labelled
from schema.population import Person
from schema.scalars import Date


@strawberry.enum(description="信用记录类别 / Kind of credit record")
class CreditKind(Enum):
    """Why the record was made."""

    COMMENDATION = strawberry.enum_value("COMMENDATION", description="守信激励 / Commendation")
    CONTRACT = strawberry.enum_value("CONTRACT", description="履约记录 / Performance of a contract")
    PENALTY = strawberry.enum_value("PENALTY", description="行政处罚 / Administrative penalty")
    DEFAULT = strawberry.enum_value("DEFAULT", description="失信记录 / Default on an obligation")


@strawberry.enum(description="信用等级 / Credit level")
class CreditLevel(Enum):
    """How the record weighs, A the best."""

    A = strawberry.enum_value("A", description="优 / Excellent")
    B = strawberry.enum_value("B", description="良 / Good")
    C = strawberry.enum_value("C", description="一般 / Fair")
    D = strawberry.enum_value("D", description="差 / Poor")


CreditSubject: TypeAlias = Annotated[
    Person, strawberry.union("CreditSubject", description="信用主体 / Subject of a credit record")
]


@strawberry.federation.type(keys=["id"], description="信用记录 / Credit record")
class CreditRecord:
    """One credit record; the key is the number that the credit centre gave it."""

    id: strawberry.ID = labelled(SENSITIVE_PERSONAL, "记录编号", "Record number")
    kind: CreditKind | None = labelled(SENSITIVE_PERSONAL, "类别", "Kind")
    level: CreditLevel | None = labelled(SENSITIVE_PERSONAL, "等级", "Level")
    issued_on: Date | None = labelled(SENSITIVE_PERSONAL, "签发日期", "Date of issue")
    subject: CreditSubject | None = labelled(SENSITIVE_PERSONAL, "信用主体", "Whom the record is about")
