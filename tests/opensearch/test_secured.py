"""Two nodes with the security plugin, set up as deploy/ says: the role has all that the program does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_app.cli import main
from search_app.config import Settings
from search_app.engines.opensearch.connection import Connection
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.errors import IndexUnavailable
from search_app.web import create_app
from search_app.web.app import close_app
from tests.contract.letters import LETTERS
from tests.opensearch.cluster import RUNNER, Cluster, why_not
from tests.opensearch.secured import STRANGER, security

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    if "TEST_OPENSEARCH" not in os.environ:
        pytest.skip("make test-opensearch tests on a real cluster")
    if reason := why_not():
        pytest.skip(reason)
    if RUNNER:
        pytest.skip("the security plugin is that of the server in pom.xml")
    folder = tmp_path_factory.mktemp("secured")
    needed = security(folder)
    with Cluster(2, security=needed) as cluster:
        yield Settings(
            engine="opensearch",
            opensearch_urls=",".join(cluster.urls),
            opensearch_ca_certs=str(folder / "certificates" / "ca.pem"),
            opensearch_user="imr-search",
            opensearch_password_file=str(folder / "certificates" / "password"),
            opensearch_replicas=1,
        )


def _environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("urls", "ca_certs", "user", "password_file", "replicas"):
        monkeypatch.setenv(
            f"IMR_SEARCH_OPENSEARCH_{name.upper()}", str(getattr(settings, f"opensearch_{name}"))
        )


def test_letters_are_indexed_and_found(
    secured: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Indexing, a rebuild, and every kind of page, as the user of the role."""
    _environment(secured, monkeypatch)
    letters = tmp_path / "letters"
    letters.mkdir()
    for file in sorted(CORPUS.iterdir())[:20]:
        (letters / file.name).write_bytes(file.read_bytes())
    command = ["index", str(letters), "--index", str(tmp_path / "index"), "--engine", "opensearch"]
    for more in ([], ["--rebuild"]):
        result = CliRunner().invoke(main, [*command, *more])
        assert result.exit_code == 0, result.output
    app = create_app(replace(secured, index=tmp_path / "index"))
    client = app.test_client()
    found = client.get("/api/v1/search?q=medication").json
    assert found is not None
    case = found["hits"][0]["case_id"]
    assert found["total"] > 0
    pages = (
        "/",
        "/?q=%22medical+necessity%22",
        "/?q=medica*",
        "/insights",
        "/export.csv?q=medication",
        "/status",
    )
    for path in (*pages, f"/cases/{case}", f"/similar?to={case}/1", "/healthz"):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[:500])
    close_app(app)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"opensearch_password_file": "", "opensearch_password": "open sesame"}, "refuses the login"),
        ({"opensearch_user": "", "opensearch_password_file": ""}, "refuses the login"),
        ({"opensearch_ca_certs": ""}, "has a certificate that is not trusted"),
    ],
)
def test_who_is_not_known_is_refused(secured: Settings, change: dict[str, str], says: str) -> None:
    with pytest.raises(IndexUnavailable, match=says) as caught:
        Connection(replace(secured, **change)).check()
    assert "sesame" not in f"{caught.value}"


def test_the_doctor_may_look_at_the_cluster(
    secured: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(secured, opensearch_index="imr-search-looked-at")
    _environment(own, monkeypatch)
    monkeypatch.setenv("IMR_SEARCH_OPENSEARCH_INDEX", own.opensearch_index)
    letters = tmp_path / "letters"
    letters.mkdir()
    file = min(CORPUS.iterdir())
    (letters / file.name).write_bytes(file.read_bytes())
    folder = str(tmp_path / "index")
    for command in (
        ["index", str(letters), "--index", folder, "--engine", "opensearch"],
        ["doctor", "--index", folder],
    ):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output


def test_who_has_no_role_may_do_nothing(secured: Settings, tmp_path: Path) -> None:
    stranger = replace(secured, opensearch_user=STRANGER)
    with pytest.raises(IndexUnavailable, match="does not let this user do that"):
        OpenSearchKeeper(stranger).create(tmp_path / "index")


def test_a_certificate_can_stand_for_the_password(secured: Settings, tmp_path: Path) -> None:
    """The administrator's here: a client certificate is what the connection is known by."""
    certificates = Path(secured.opensearch_ca_certs).parent
    login = {
        "opensearch_user": "",
        "opensearch_password_file": "",
        "opensearch_client_cert": str(certificates / "admin.pem"),
        "opensearch_client_key": str(certificates / "admin.key"),
        "opensearch_index": "by-certificate",
    }
    engine = OpenSearchKeeper(replace(secured, **login)).create(tmp_path / "index")
    with engine.writer() as writer:
        writer.put(LETTERS[0])
        writer.commit()
    assert engine.stats().determinations == 1
    engine.close()
