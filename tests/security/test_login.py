"""A private corpus is read by those who log in, and by nobody else."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from search_app.cli import main
from search_app.config import Settings
from search_app.errors import SettingError
from search_app.web import create_app
from search_app.web.login.attempts import FAILURES, SECONDS, Attempts
from search_app.web.login.gate import OPEN
from search_app.web.login.users import Users

NAME, PASSWORD = "zoë", "correct horse battery staple"
LOGIN = (NAME, PASSWORD)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "users"
    Users(path).put(NAME, PASSWORD)
    return path


@pytest.fixture
def users(made: Path, tmp_path: Path) -> Path:
    return Path(copy(made, tmp_path))


@pytest.fixture
def app(hostile_index: Path, users: Path) -> Flask:
    return create_app(Settings(index=hostile_index, users=str(users)))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def addresses(app: Flask) -> list[str]:
    """An address of every rule of the site."""
    return [
        rule.rule.replace("<", "").replace(">", "")
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    ]


def test_everything_but_health_and_style_asks_for_a_login(app: Flask, client: FlaskClient) -> None:
    asked = [address for address in (*addresses(app), "/nothing", "/metrics") if address not in OPEN]
    assert len(asked) > 20
    for method in ("GET", "POST", "HEAD", "OPTIONS"):
        assert {client.open(address, method=method).status_code for address in asked} == {401}
    assert client.get("/healthz").status_code == 200
    with client.get("/static/site.css") as answer:
        assert answer.status_code == 200


def test_nothing_of_the_corpus_stands_in_the_refusal(client: FlaskClient) -> None:
    page = client.get("/search?q=brace")
    assert page.headers["WWW-Authenticate"].startswith('Basic realm="IMR Search"')
    assert page.headers["Cache-Control"] == "no-store"
    assert "brace" not in page.text
    problem = client.get("/api/v1/search")
    assert (problem.status_code, problem.mimetype) == (401, "application/problem+json")


def test_who_logs_in_reads_and_no_cache_keeps_it(client: FlaskClient) -> None:
    for address in ("/", "/search?q=brace", "/api/v1/search", "/api/v1/suggest?q=b"):
        answer = client.get(address, auth=LOGIN)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, ""),
        (NAME, PASSWORD.upper()),
        (NAME, PASSWORD + " "),
        ("", ""),
        ("nobody", PASSWORD),
        ("\0", "\0"),
        (NAME, "a" * 9_000),
    ],
)
def test_what_is_no_login(client: FlaskClient, name: str, password: str) -> None:
    assert client.get("/", auth=LOGIN).status_code == 200
    assert client.get("/", auth=(name, password)).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic !!!", "Basic YQ==", "Bearer abc", "Digest username=a", "basic\t"]
)
def test_headers_that_are_no_login(client: FlaskClient, header: str) -> None:
    assert client.get("/", headers={"Authorization": header}).status_code == 401


def test_guessing_is_slowed_down_for_the_guesser_alone(client: FlaskClient) -> None:
    assert client.get("/", auth=LOGIN).status_code == 200
    guesses = [client.get("/", auth=(NAME, f"guess {number}")).status_code for number in range(FAILURES + 2)]
    assert guesses == [401] * FAILURES + [429] * 2
    refused = client.get("/", auth=(NAME, "one more"))
    assert 0 < int(refused.headers["Retry-After"]) <= SECONDS
    # Who is in stays in, and others get in from elsewhere.
    assert client.get("/", auth=LOGIN).status_code == 200
    elsewhere = client.get("/", auth=("nobody", "a"), environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 401


def test_attempts_are_forgotten_in_time_and_counted_by_subscriber() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for last in range(FAILURES):
        attempts.failed(f"2001:db8::{last:x}")
    assert attempts.wait("2001:db8::ffff") == SECONDS
    assert attempts.wait("2001:db8:0:1::") == attempts.wait("192.0.2.1") == 0
    now[0] = SECONDS
    assert attempts.wait("2001:db8::ffff") == 0


def test_attempts_remember_a_bounded_number_of_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_app.web.login.attempts._ADDRESSES", 2)
    attempts = Attempts()
    for address in ("a", "a", "b", "c"):
        for _ in range(FAILURES):
            attempts.failed(address)
    assert [bool(attempts.wait(address)) for address in "abc"] == [False, True, True]


def test_a_user_who_is_removed_is_out_at_once(client: FlaskClient, users: Path) -> None:
    assert client.get("/", auth=LOGIN).status_code == 200
    Users(users).put("another", PASSWORD)
    Users(users).remove(NAME)
    assert client.get("/", auth=LOGIN).status_code == 401
    assert client.get("/", auth=("another", PASSWORD)).status_code == 200


def test_a_file_of_users_that_breaks_lets_nobody_in_and_tells_its_place_in_the_log_alone(
    client: FlaskClient, users: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/", auth=LOGIN).status_code == 200
    users.write_text("no hash")
    with caplog.at_level(logging.ERROR):
        page = client.get("/", auth=LOGIN)
    assert page.status_code == 503
    assert str(users) not in page.text
    assert str(users) in caplog.text
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize("content", ["name", "name:plain", ":scrypt:1:1:1$a$b", "name:pbkdf2:sha256:1$a$b"])
def test_a_site_does_not_start_on_a_file_that_is_none(
    hostile_index: Path, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "broken"
    path.write_text(content)
    with pytest.raises(SettingError, match="line 1"):
        create_app(Settings(index=hostile_index, users=str(path)))
    with pytest.raises(SettingError, match="No such file"):
        create_app(Settings(index=hostile_index, users=str(tmp_path / "gone")))


def test_passwords_are_kept_as_salted_hashes_that_the_owner_alone_may_read(tmp_path: Path) -> None:
    path = tmp_path / "users"
    for name in ("a", "b"):
        Users(path).put(name, PASSWORD)
    first, second = path.read_text().splitlines()
    assert first.startswith("a:scrypt:32768:8:1$")
    assert first.rpartition("$")[2] != second.rpartition("$")[2]
    assert PASSWORD not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def command(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["user", *map(str, arguments)], input=typed)


def test_users_are_kept_by_a_command(tmp_path: Path, hostile_index: Path) -> None:
    path = tmp_path / "users"
    assert command("add", "jdoe", "--users", path, typed=f"{PASSWORD}\n").output == "jdoe may log in.\n"
    assert command("list", "--users", path).output == "jdoe\n"
    client = create_app(Settings(index=hostile_index, users=str(path))).test_client()
    assert client.get("/", auth=("jdoe", PASSWORD)).status_code == 200
    assert command("remove", "jdoe", "--users", path).exit_code == 0
    assert command("list", "--users", path).output == ""


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "jdoe"), "short\n", "15 at least"),
        (("add", "a:b"), f"{PASSWORD}\n", "can't be a user's name"),
        (("remove", "jdoe"), "", "no user 'jdoe'"),
    ],
)
def test_what_can_not_be_a_user(users: Path, arguments: tuple[str, ...], typed: str, told: str) -> None:
    result = command(*arguments, "--users", users, typed=typed)
    assert result.exit_code == 2
    assert told in result.output
    assert PASSWORD not in result.output


def test_a_file_of_users_has_to_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--users FILE" in command("list").output


PROXY = {"REMOTE_ADDR": "10.0.0.2"}
Make = Callable[..., FlaskClient]


@pytest.fixture
def behind(hostile_index: Path) -> Make:
    settings = {"proxies": "10.0.0.0/24 ::1", "user_header": "X-Remote-User"}
    return lambda **more: create_app(Settings(index=hostile_index, **(settings | more))).test_client()


def test_a_proxy_says_who_has_logged_in(behind: Make) -> None:
    named = {"X-Remote-User": "jdoe"}
    client = behind()
    assert client.get("/", headers=named, environ_base=PROXY).status_code == 200
    assert client.get("/", headers=named, environ_base={"REMOTE_ADDR": "::ffff:10.0.0.2"}).status_code == 200
    refused = client.get("/", environ_base=PROXY)
    assert refused.status_code == 401
    assert "WWW-Authenticate" not in refused.headers


@pytest.mark.parametrize("address", ["10.0.1.2", "127.0.0.1", "", "::2", "10.0.0.2.evil.invalid"])
def test_nobody_else_is_believed(behind: Make, address: str) -> None:
    headers = {"X-Remote-User": "jdoe", "X-Forwarded-For": "10.0.0.2", "X-Forwarded-Proto": "https"}
    answer = behind().get("/", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 401
    assert "Strict-Transport-Security" not in answer.headers


def test_browsers_behind_a_proxy_are_told_apart(behind: Make, users: Path) -> None:
    client = behind(users=str(users))

    def guess(listed: str) -> int:
        headers = {"X-Forwarded-For": listed}
        return client.get("/", auth=(NAME, "wrong"), headers=headers, environ_base=PROXY).status_code

    # The first address is what anybody may write; the last that is no proxy's counts.
    statuses = [guess(f"203.0.113.{number}, 192.0.2.1, 10.0.0.9") for number in range(FAILURES + 1)]
    assert statuses == [401] * FAILURES + [429]
    assert guess("192.0.2.2") == 401


def test_secure_addresses_behind_tls(behind: Make) -> None:
    headers = {"X-Remote-User": "jdoe", "X-Forwarded-Proto": "https"}
    answer = behind().get("/feed.atom?q=brace", headers=headers, environ_base=PROXY)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "https://localhost/feed.atom" in answer.text


@pytest.mark.parametrize(
    ("settings", "told"), [({"proxies": "proxy.local"}, "proxy.local"), ({"user_header": "X-User"}, "X-User")]
)
def test_settings_of_proxies_that_can_not_be_meant(settings: dict[str, str], told: str) -> None:
    with pytest.raises(SettingError, match=told) as caught:
        create_app(Settings(**settings))
    assert "proxies" in str(caught.value)


@pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_passwords_that_would_cross_the_network_are_warned_of(
    hostile_index: Path, users: Path, host: str, warned: bool
) -> None:
    run = "from search_app.cli import main; main()"
    options = ["--index", hostile_index, "--users", users, "--host", host, "--port", "0"]
    command = [sys.executable, "-c", run, "serve", *map(str, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://")
        process.terminate()
        _, told = process.communicate(timeout=60)
    assert ("Passwords cross the network" in told) == warned
