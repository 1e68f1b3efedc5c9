"""What does not compose is told where the department can mend it: in its manifest."""

import pytest

from tests.registry.deployment import Deployment

CIVIL, POLICE = "civil-affairs.yaml", "public-security.yaml"
pytestmark = pytest.mark.anyio


async def test_a_field_of_two_departments_is_told_at_both_manifests_lines(deployment: Deployment) -> None:
    kin = "      kin: {path: qsgx, many: Kinship}"
    deployment.replace(CIVIL, kin, f"{kin}\n      name: {{path: xm}}")

    [finding] = await deployment.refused()

    assert finding.startswith("INVALID_FIELD_SHARING ")
    assert f"civil-affairs (民政局) at {deployment.line(CIVIL, 'name: {path: xm}')}" in finding
    assert f"public-security (公安局) at {deployment.line(POLICE, '      name: xm')}" in finding
    assert finding.endswith("; take it out of all manifests but one: no manifest shares an entity's field")


async def test_an_enum_is_told_at_the_first_field_that_needs_it(deployment: Deployment) -> None:
    deployment.replace("credit-centre.graphql", "scalar Date", "scalar Date\n\nenum Sex { MALE OTHER }")
    deployment.replace(
        "credit-centre.graphql", "  citizenId: CitizenId!", "  citizenId: CitizenId! sexNow: Sex"
    )

    snapshot = await deployment.load()
    await snapshot.close()

    [hint] = [hint for hint in snapshot.supergraph.hints if "Sex.OTHER" in hint]
    assert f"public-security (公安局) at {deployment.line(POLICE, '      sex: {column')}" in hint


async def test_two_manifests_of_one_name_are_both_told(deployment: Deployment) -> None:
    deployment.replace(CIVIL, "source: civil-affairs", "source: credit-centre")

    [finding] = await deployment.refused()

    assert finding == (
        f"MANIFEST_INVALID {deployment.path('credit-centre.yaml')} the source is called credit-centre, as is that of "
        f"民政局 in {deployment.path(CIVIL)}; give one of the two another `source:`"
    )


async def test_a_source_of_record_that_finds_nothing_is_told_with_those_that_do(
    deployment: Deployment,
) -> None:
    settings = deployment.folder / "gateway.yaml"
    stated = settings.read_text("utf-8")
    settings.write_text(stated.replace("Division: public-security", "Division: civil-affairs"), "utf-8")

    [finding] = await deployment.refused()

    assert finding == (
        f"RECORD_WITHOUT_KEY {settings} `record` names civil-affairs for Division, which finds no Division by a single "
        "key; name one that finds Division: public-security"
    )
