"""The register while a city is being made: gives out household numbers and citizen ids, remembers parents."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from demo.city import Household, Person
from demo.divisions import districts, full_name, load_divisions
from demo.names import draw_given_name, draw_surname
from schema.scalars import citizen_id_check_char

_STREETS: Final = (
    "中山路", "解放路", "人民路", "环城路", "江滨路", "学府路", "文昌街", "望湖街", "药行街", "开明街",
    "柳汀街", "翠柏路", "东港路", "西河街", "白云街", "南塘路", "新河路", "桃源街", "钟公庙路", "明州路",
)  # fmt: skip
_COUNTIES: Final = tuple(code for code in load_divisions() if not code.endswith("00"))


@dataclass(slots=True, eq=False)
class Entry:
    """A person in the making, with the people that kinship follows from.

    `father_name` is what is known of a father who is not in the register himself.
    """

    person: Person
    father: "Entry | None" = None
    mother: "Entry | None" = None
    spouse: "Entry | None" = None
    married_on: date | None = None
    father_name: str | None = None
    children: "list[Entry]" = field(default_factory=list)

    @property
    def born(self) -> date:
        """The date of birth."""
        return date.fromisoformat(self.person.birth_date)

    @property
    def surname(self) -> str:
        """The surname, which children take from their father."""
        return self.person.name[0]


@dataclass(slots=True)
class Register:
    """Households and people so far, up to `capacity` people."""

    random: Random
    capacity: int
    entries: list[Entry] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    _sequences: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """How many people there is still room for."""
        return self.capacity - len(self.entries)

    def open_household(self, division: str) -> Household:
        """A new household at some address of `division`."""
        random = self.random
        number = f"{division}{len(self.households) + 1:07d}"
        address = (
            f"{full_name(load_divisions()[division])}{random.choice(_STREETS)}{random.randint(1, 320)}号"
            f"{random.randint(1, 40)}幢{random.randint(1, 18)}{random.randint(1, 4):02d}室"
        )
        household = Household(number, address, division)
        self.households.append(household)
        return household

    def enter(
        self,
        household: Household,
        relation: str,
        sex: str,
        born: date,
        *,
        lives_in: str | None = None,
        status: str = "ACTIVE",
        surname: str | None = None,
        father: Entry | None = None,
        mother: Entry | None = None,
    ) -> Entry:
        """Enter a new person into `household`, living in its division unless `lives_in` names another.

        The surname is the father's, or `surname`, or a drawn one.
        """
        surname = father.surname if father else surname or draw_surname(self.random)
        deceased = status == "DECEASED"
        person = Person(
            citizen_id=self._issue_citizen_id(household.division, sex, born),
            name=surname + draw_given_name(self.random, sex),
            sex=sex,
            birth_date=born.isoformat(),
            status=status,
            division=lives_in or household.division,
            household=None if deceased else household.id,
            relation_to_head=None if deceased else relation,
        )
        entry = Entry(person)
        if father is None and self.random.random() < 0.15:
            entry.father_name = surname + draw_given_name(self.random, "MALE")
        if father and mother:
            self.record_parents(entry, father, mother)
        self.entries.append(entry)
        return entry

    def record_parents(self, child: Entry, father: Entry, mother: Entry) -> None:
        """Record who the parents of `child` are; a mere name that was known of the father gives way."""
        child.father, child.father_name = father, None
        father.children.append(child)
        self.record_mother(child, mother)

    def record_mother(self, child: Entry, mother: Entry) -> None:
        """Record who the mother of `child` is."""
        child.mother = mother
        mother.children.append(child)

    def marry(self, husband: Entry, wife: Entry) -> None:
        """Register a marriage, on a day when both are of age."""
        of_age = max(husband.born.year + 22, wife.born.year + 20)
        day = date(of_age + self.random.randint(0, 5), self.random.randint(1, 12), self.random.randint(1, 28))
        husband.spouse, wife.spouse = wife, husband
        husband.married_on = wife.married_on = day

    def draw_district(self) -> str:
        """The code of one of the city's districts."""
        return self.random.choice(districts()).code

    def _issue_citizen_id(self, division: str, sex: str, born: date) -> str:
        """The next free id for a birth place, a day and a sex (odd sequence numbers are men's)."""
        birth_place = division
        if self.random.random() < 0.25:
            birth_place = self.random.choice(_COUNTIES)
        key = (birth_place, f"{born:%Y%m%d}", sex)
        sequence = self._sequences.get(key, 1 if sex == "MALE" else 2)
        if sequence > 999:
            raise ValueError("there are no citizen ids left for a birth place and day; ask for fewer people")
        self._sequences[key] = sequence + 2
        body = f"{birth_place}{born:%Y%m%d}{sequence:03d}"
        return body + citizen_id_check_char(body)
