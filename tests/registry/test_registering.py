"""A department registers the GraphQL service that it runs, and reads what does not fit about its own schema."""

import pytest

from tests.registry.deployment import Deployment

MANIFEST = """source: tax
department: {name: 税务局}
connector: graphql
url: http://127.0.0.1:9/graphql
sdl: tax.graphql
sharing: unconditional
"""
LINK = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",'
    ' import: ["@key", "@external", "@requires"])\n'
)
PERSON = 'scalar CitizenId\ntype Person @key(fields: "citizenId") {\n  citizenId: CitizenId!\n'
pytestmark = pytest.mark.anyio


@pytest.fixture
def tax(deployment: Deployment) -> Deployment:
    """The deployment with the manifest of one more department."""
    deployment.write("tax.yaml", MANIFEST)
    return deployment


@pytest.mark.parametrize(
    "sdl",
    [
        pytest.param(LINK + PERSON + "  taxNumber: String\n}", id="federation 2"),
        pytest.param(
            LINK.replace('"@key"', '{name: "@key", as: "@found"}')
            + PERSON.replace("@key", "@found")
            + "  taxNumber: String\n}",
            id="federation 2 with names of its own",
        ),
        pytest.param(
            "scalar CitizenId\n"
            'extend type Person @key(fields: "citizenId") { citizenId: CitizenId! @external taxNumber: String }',
            id="federation 1",
        ),
        pytest.param(PERSON + "  taxNumber: String\n}", id="federation 1 that extends nothing"),
    ],
)
async def test_a_service_of_either_federation_adds_its_fields(tax: Deployment, sdl: str) -> None:
    tax.write("tax.graphql", sdl)
    snapshot = await tax.load()
    await snapshot.close()
    assert "taxNumber: String" in snapshot.supergraph.sdl


@pytest.mark.parametrize(
    ("sdl", "told"),
    [
        (
            PERSON + "  taxNumber String\n}",
            "INVALID_GRAPHQL tax:5:13 tax: the schema does not parse: Syntax Error: Expected ':', found Name 'String'; ",
        ),
        (
            PERSON + "  taxNumber: Strng\n}",
            "INVALID_GRAPHQL tax:5:14 tax: the type Strng is unknown; write String, or define the type",
        ),
        (
            PERSON + "  income: Int @external\n  rate: Int @requires(fields: \"income\")\n}",
            "EXTERNAL_MISSING_ON_BASE tax:5:15 Person.income is @external in tax (税务局) at tax:5:15, and no source",
        ),
        (
            PERSON + "}\nenum Kinship { KIN }",
            "TYPE_KIND_MISMATCH tax:6:1 Kinship is an object type among the unified types, and an enum in tax (税务局) at"
            " tax:6:1; define it there as an object type, or give it another name",
        ),
        (
            PERSON.replace("CitizenId!", "String!") + "}",
            "FIELD_TYPE_MISMATCH tax:4:3 Person.citizenId is CitizenId! among the unified types, and String! in tax"
            " (税务局) at tax:4:3; write `citizenId: CitizenId!` there, or give a field of your own another name",
        ),
    ],
    ids=["syntax", "unknown type", "external of nobody", "other kind", "other scalar"],
)  # fmt: skip
async def test_what_is_wrong_with_a_schema_is_told_at_its_own_lines(
    tax: Deployment, sdl: str, told: str
) -> None:
    tax.write("tax.graphql", LINK + sdl)
    [finding] = await tax.refused()
    assert finding.startswith(told)


async def test_a_department_gets_nothing_of_another_by_requiring_it(tax: Deployment) -> None:
    required = '  birthDate: Date @external\n  rate: Int @requires(fields: "birthDate")\n}\nscalar Date'
    tax.write("tax.graphql", LINK + PERSON + required)
    [finding] = await tax.refused()
    assert finding.startswith(
        f"EXCHANGE_MISSING {tax.path('tax.yaml')} Person.rate of tax requires Person.birthDate of public-security, which "
        "may not be passed on; "
    )


@pytest.mark.parametrize(
    ("key", "fields", "told"),
    [
        pytest.param("citizenId birthDate", "birthDate: Date @external", "Person.birthDate", id="a value"),
        pytest.param(
            "citizenId household { address }",
            "household: Household @external } type Household { address: String @external",
            "Household.address",
            id="a value of another entity",
        ),
    ],
)
async def test_a_department_gets_nothing_of_another_by_calling_it_a_key(
    tax: Deployment, key: str, fields: str, told: str
) -> None:
    person = PERSON.replace('"citizenId"', f'"{key}"')
    tax.write("tax.graphql", LINK + person + f"  taxNumber: String {fields} }}\nscalar Date")
    [finding] = await tax.refused()
    assert finding.startswith(
        f"EXCHANGE_MISSING {tax.path('tax.yaml')} tax finds Person by {told} of public-security, which may not be "
        "passed on: it is no key there; "
    )


async def test_a_key_that_the_type_has_elsewhere_is_given_to_who_does_not_resolve_it(tax: Deployment) -> None:
    external = PERSON.replace("CitizenId!", "CitizenId! @external")
    tax.write("tax.graphql", LINK + external + "  taxNumber: String\n}")
    snapshot = await tax.load()
    await snapshot.close()
    assert "taxNumber: String" in snapshot.supergraph.sdl


@pytest.mark.parametrize(
    ("sdl", "remedy"),
    [
        (
            PERSON + "  name: String\n}",
            "take it out of all but one, or move it with @override: no manifest shares an entity's field",
        ),
        (
            "scalar CitizenId\ntype Person { citizenId: CitizenId! taxNumber: String }",
            'add `@key(fields: "citizenId")` to Person in tax (税务局) at tax:3:1, or take citizenId out there',
        ),
    ],
    ids=["a field of a manifest", "a type without its key"],
)
async def test_a_field_of_two_departments_is_told_with_what_each_can_do(
    tax: Deployment, sdl: str, remedy: str
) -> None:
    tax.write("tax.graphql", LINK + sdl)
    [finding] = await tax.refused()
    assert finding.startswith("INVALID_FIELD_SHARING ")
    assert "tax (税务局) at tax:" in finding and "public-security (公安局) at " in finding
    assert finding.endswith(f"; {remedy}")


async def test_departments_that_do_not_tell_their_schemas_are_all_named(deployment: Deployment) -> None:
    for name in ("roads", "tax"):
        text = MANIFEST.replace("source: tax", f"source: {name}").replace("sdl: tax.graphql\n", "")
        deployment.write(f"{name}.yaml", text)
    roads, tax = await deployment.refused()
    assert roads.startswith(
        f"MANIFEST_INVALID {deployment.path('roads.yaml')}:4 the source does not tell its schema"
    )
    assert tax.startswith(
        f"MANIFEST_INVALID {deployment.path('tax.yaml')}:4 the source does not tell its schema"
    )


async def test_a_department_that_finds_a_person_by_another_key_is_told_the_operation_and_both_edits(
    tax: Deployment,
) -> None:
    tax.write("tax.graphql", LINK + 'type Person @key(fields: "taxNumber") { taxNumber: ID! rate: Int }')
    police = tax.line("public-security.yaml", "  Person:")
    findings = await tax.refused()
    assert (
        f'SATISFIABILITY_ERROR {police} Person.rate cannot be answered in `{{ person(id: "…") {{ rate }} }}`, where '
        "`public-security` leads to Person: `tax` finds Person by `taxNumber`, which `public-security` does not supply; "
        f'add `@key(fields: "taxNumber")` and what it names to Person in `public-security` ({police}), or '
        '`@key(fields: "citizenId")` and what it names to Person in `tax` (tax:2:1)'
    ) in findings
