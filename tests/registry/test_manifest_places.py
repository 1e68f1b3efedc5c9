"""What does not compose is told where the department can mend it: in its manifest."""

import shutil
from pathlib import Path

import pytest

from gateway.cli.demo_config import load_demo_config
from gateway.errors import ConfigurationError
from gateway.registry.loading import load_snapshot
from gateway.settings import load_settings

CONFIG = Path(__file__).parents[2] / "config"
pytestmark = pytest.mark.anyio


async def test_a_field_of_two_departments_is_told_at_both_manifests_lines(tmp_path: Path) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    manifest = tmp_path / "config/departments/civil-affairs.yaml"
    text = manifest.read_text("utf-8").replace(
        "      kin: {path: qsgx, many: Kinship}",
        "      kin: {path: qsgx, many: Kinship}\n      name: {path: xm}",
    )
    manifest.write_text(text, "utf-8")
    mine = 1 + text.splitlines().index("      name: {path: xm}")
    other = (CONFIG / "departments/public-security.yaml").read_text("utf-8").splitlines()
    theirs = 1 + next(
        number for number, line in enumerate(other) if line.strip().startswith("name:") and "xm" in line
    )
    environment = {
        name: value
        for department in load_demo_config().departments
        for name, value in department.filled(tmp_path, "http://127.0.0.1:9", "none").items()
    }

    with pytest.raises(ConfigurationError) as refused:
        await load_snapshot(
            load_settings(tmp_path / "config/gateway.yaml", {}), environment, ask_sources=False
        )

    [finding] = refused.value.findings
    assert finding.code == "INVALID_FIELD_SHARING"
    assert f"civil-affairs.yaml:{mine}" in str(finding)
    assert f"public-security.yaml:{theirs}" in str(finding)
