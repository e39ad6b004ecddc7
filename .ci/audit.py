"""Checks all installed packages for known vulnerabilities; prints a message if the advisory list is unreachable."""

import json
import subprocess
import sys
from pathlib import Path

OPTIONS = ["--local", "--skip-editable", "--format", "json", "--progress-spinner", "off"]
COMMAND = [Path(sys.executable).with_name("pip-audit"), *OPTIONS]

answer = subprocess.run(COMMAND, capture_output=True, text=True, check=False)  # noqa: S603  # a package that pyproject.toml pins
try:
    packages = json.loads(answer.stdout)["dependencies"]
except ValueError:
    print(f"pip-audit: NOTHING WAS AUDITED, the advisory list could not be reached.\n{answer.stderr[-300:]}")
    sys.exit()
audited = [p for p in packages if "vulns" in p]
found = [f"{p['name']} {p['version']}: {v['id']}" for p in audited for v in p["vulns"]]
print(f"pip-audit: {len(audited)} of {len(packages)} packages audited, {len(found)} advisories.")
if not audited:
    print("pip-audit: NOTHING WAS AUDITED, the advisory list knows none of these packages. Is it the right list?")
print(*found, sep="\n")
sys.exit(bool(found))
