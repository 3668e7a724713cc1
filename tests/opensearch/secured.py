"""OpenSearch's security plugin for the nodes that tests start, set up by the files in deploy/.

The plugin comes from Maven Central; its certificates, its password and their hash are made as
docs/deploying.md says, with the tools that come with it.
"""

from __future__ import annotations

import shutil
import ssl
import subprocess
import zipfile
from pathlib import Path

from tests.opensearch.cluster import HERE, Security, class_path

VERSION = "2.19.1.0"
"""The plugin's, for the server that pom.xml names."""

STRANGER = "stranger"
"""A user who has the same password, and no role."""

_DEPLOY = HERE.parents[1] / "deploy"
_OWN = ("internal_users.yml", "roles.yml", "roles_mapping.yml")
_PLACE = "REPLACE WITH THE HASH"


def security(folder: Path) -> Security:
    """What secured nodes need, made in a folder: `certificates` is its part for clients."""
    plugin = _unpacked(folder / "plugin")
    jars = [str(jar) for jar in sorted(plugin.glob("*.jar"))]
    certificates = folder / "certificates"
    subprocess.run(["sh", str(_DEPLOY / "certificates.sh"), str(certificates)], check=True)
    _set_up(plugin, jars, (certificates / "password").read_text(encoding="ascii").strip())
    return Security(
        jars=jars,
        java=[f"-Dsecurity.default_init.dir={plugin / 'config'}"],
        settings=["org.opensearch.security.OpenSearchSecurityPlugin", *_settings(certificates)],
        administrator=_administrator(certificates),
    )


def _unpacked(folder: Path) -> Path:
    """The plugin's files in a folder; Maven fetches them if its cache lacks them."""
    name = f"-Dartifact=org.opensearch.plugin:opensearch-security:{VERSION}:zip"
    subprocess.run(["mvn", "-q", "-B", "dependency:copy", name, f"-DoutputDirectory={folder}"], check=True)
    (archive,) = folder.glob("*.zip")
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
    return folder


def _set_up(plugin: Path, jars: list[str], password: str) -> None:
    """Put the files of deploy/ in the place of the plugin's own, with the hash of the password."""
    for name in _OWN:
        shutil.copy(_DEPLOY / name, plugin / "config" / name)
    command = ["java", "-cp", ":".join([class_path(), *jars]), "org.opensearch.security.tools.Hasher"]
    told = subprocess.run([*command, "-p", password], check=True, capture_output=True, text=True).stdout
    (hashed,) = [line for line in told.splitlines() if line.startswith("$2")]
    users = plugin / "config" / "internal_users.yml"
    text = users.read_text(encoding="utf-8")
    assert _PLACE in text
    stranger = f'\n{STRANGER}:\n  hash: "{hashed}"\n'
    users.write_text(text.replace(_PLACE, hashed) + stranger, encoding="utf-8")


def _settings(certificates: Path) -> list[str]:
    """Those of compose.yaml, with the files where they are here."""
    node, key, authority = (certificates / name for name in ("node.pem", "node.key", "ca.pem"))
    files = {"pemcert_filepath": node, "pemkey_filepath": key, "pemtrustedcas_filepath": authority}
    layers = ("transport", "http")
    paths = {f"ssl.{layer}.{name}": str(file) for layer in layers for name, file in files.items()}
    told = paths | {
        "ssl.http.enabled": "true",
        "ssl.transport.enforce_hostname_verification": "false",
        "allow_default_init_securityindex": "true",
        "nodes_dn": "CN=imr-search-node",
        "authcz.admin_dn": "CN=imr-search-admin",
    }
    return [f"plugins.security.{name}={value}" for name, value in told.items()]


def _administrator(certificates: Path) -> ssl.SSLContext:
    trust = ssl.create_default_context(cafile=str(certificates / "ca.pem"))
    trust.load_cert_chain(certificates / "admin.pem", certificates / "admin.key")
    return trust
