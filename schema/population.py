"""Population (人口): persons, the households they are registered in, and who is whose kin."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.geography import Division
from schema.labels import INTERNAL_PERSONAL, SENSITIVE_PERSONAL, labelled
from schema.scalars import CitizenId, Date

if TYPE_CHECKING:
    from schema.credit import CreditRecord


@strawberry.enum(description="性别 / Sex")
class Sex(Enum):
    """Sex as registered (GB/T 2261.1 knows two more codes, for what is unknown or not stated)."""

    MALE = strawberry.enum_value("MALE", description="男 / Male")
    FEMALE = strawberry.enum_value("FEMALE", description="女 / Female")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="未知或未说明 / Unknown or not stated")


@strawberry.enum(description="户籍状态 / State of the residence registration")
class ResidenceStatus(Enum):
    """Whether the registration is alive."""

    ACTIVE = strawberry.enum_value("ACTIVE", description="正常 / Registered here")
    MOVED = strawberry.enum_value("MOVED", description="已迁出 / Moved away")
    DECEASED = strawberry.enum_value("DECEASED", description="死亡注销 / Deceased")


@strawberry.enum(description="家庭关系（GB/T 4761） / Family relation (GB/T 4761)")
class FamilyRelation(Enum):
    """What one person is to another, or to the head of the household."""

    HEAD = strawberry.enum_value("HEAD", description="户主 / Head of the household")
    HUSBAND = strawberry.enum_value("HUSBAND", description="夫 / Husband")
    WIFE = strawberry.enum_value("WIFE", description="妻 / Wife")
    SON = strawberry.enum_value("SON", description="子 / Son")
    DAUGHTER = strawberry.enum_value("DAUGHTER", description="女 / Daughter")
    GRANDSON = strawberry.enum_value("GRANDSON", description="孙子 / Grandson")
    GRANDDAUGHTER = strawberry.enum_value("GRANDDAUGHTER", description="孙女 / Granddaughter")
    FATHER = strawberry.enum_value("FATHER", description="父亲 / Father")
    MOTHER = strawberry.enum_value("MOTHER", description="母亲 / Mother")
    GRANDFATHER = strawberry.enum_value("GRANDFATHER", description="祖父 / Grandfather")
    GRANDMOTHER = strawberry.enum_value("GRANDMOTHER", description="祖母 / Grandmother")
    ELDER_BROTHER = strawberry.enum_value("ELDER_BROTHER", description="兄 / Elder brother")
    YOUNGER_BROTHER = strawberry.enum_value("YOUNGER_BROTHER", description="弟 / Younger brother")
    ELDER_SISTER = strawberry.enum_value("ELDER_SISTER", description="姐 / Elder sister")
    YOUNGER_SISTER = strawberry.enum_value("YOUNGER_SISTER", description="妹 / Younger sister")
    OTHER = strawberry.enum_value("OTHER", description="其他 / Other")


@strawberry.federation.type(keys=["citizenId"], description="自然人 / Person")
class Person:
    """A natural person; the key is the citizen identity number."""

    citizen_id: CitizenId = labelled(SENSITIVE_PERSONAL, "公民身份号码", "Citizen identity number")
    name: str | None = labelled(INTERNAL_PERSONAL, "姓名", "Name")
    sex: Sex | None = labelled(INTERNAL_PERSONAL, "性别", "Sex")
    birth_date: Date | None = labelled(SENSITIVE_PERSONAL, "出生日期", "Date of birth")
    status: ResidenceStatus | None = labelled(INTERNAL_PERSONAL, "户籍状态", "State of the registration")
    relation_to_head: FamilyRelation | None = labelled(
        INTERNAL_PERSONAL, "与户主关系", "Relation to the head of the household"
    )
    division: Division | None = labelled(INTERNAL_PERSONAL, "所在区划", "Division that the person lives in")
    household: Household | None = labelled(INTERNAL_PERSONAL, "户籍所在的户", "Household of registration")
    kin: list[Kinship] | None = labelled(INTERNAL_PERSONAL, "亲属关系", "Kin, as civil affairs knows them")
    credit_records: list[Annotated[CreditRecord, strawberry.lazy("schema.credit")]] | None = labelled(
        SENSITIVE_PERSONAL, "信用记录", "Credit records"
    )


@strawberry.federation.type(keys=["id"], description="户 / Household")
class Household:
    """A household of the residence register; the key is its number."""

    id: strawberry.ID = labelled(INTERNAL_PERSONAL, "户号", "Household number")
    address: str | None = labelled(SENSITIVE_PERSONAL, "住址", "Address")
    division: Division | None = labelled(INTERNAL_PERSONAL, "户籍所在区划", "Division of registration")
    members: list[Person] | None = labelled(INTERNAL_PERSONAL, "户内成员", "Members of the household")


@strawberry.type(description="亲属关系，一条登记 / Kinship, one entry of the register")
class Kinship:
    """That somebody is kin of a person: a value, which has no key of its own."""

    person: Person | None = labelled(INTERNAL_PERSONAL, "本人", "The person whose kin this is")
    relation: FamilyRelation | None = labelled(
        INTERNAL_PERSONAL, "亲属是本人的什么人", "What the relative is to the person"
    )
    relative_name: str | None = labelled(
        INTERNAL_PERSONAL, "登记的亲属姓名", "Name of the relative, as entered with the kinship"
    )
    relative: Person | None = labelled(INTERNAL_PERSONAL, "亲属", "The relative, where it is known who it is")
