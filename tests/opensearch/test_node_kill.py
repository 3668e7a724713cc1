"""One of three nodes is killed again and again: no page is wrong, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.errors import IndexUnavailable
from search_app.model import Determination
from search_app.query.reading import read
from search_app.query.request import SearchRequest
from tests.contract.comparing import assert_same
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle
from tests.opensearch.cluster import Cluster

KILLS = int(os.environ.get("OPENSEARCH_KILLS", "10"))
TYPED = ("", "knee", "tramadol improvement", '"functional improvement"~3', "func*", "-knee", "shuolder~")
BATCH = 5


@dataclass(slots=True)
class Work:
    """Searching and two ingesters of one index beside the kills, and what went wrong."""

    searching: Engine
    ingesting: Engine
    stop: threading.Event = field(default_factory=threading.Event)
    pages: int = 0
    again: int = 0
    committed: list[Determination] = field(default_factory=list)
    wrong: list[BaseException] = field(default_factory=list)

    def search(self) -> None:
        oracle = Oracle(LETTERS)
        while not self.stop.is_set():
            for typed in TYPED:
                try:
                    assert_same(self.searching, oracle, SearchRequest(tree=read(typed).tree))
                    self.pages += 1
                except BaseException as error:  # noqa: BLE001  # told when the threads have ended
                    self.wrong.append(error)

    def ingest(self, prefix: str) -> None:
        number = 0
        while not self.stop.is_set():
            letters = [_letter(prefix, at) for at in range(number, number + BATCH)]
            try:
                self._commit(letters)
            except IndexUnavailable:
                self.again += 1  # as a person does who runs the same command again
                continue
            except BaseException as error:  # noqa: BLE001  # told when the threads have ended
                self.wrong.append(error)
                return
            self.committed += letters
            number += BATCH

    def _commit(self, letters: list[Determination]) -> None:
        with self.ingesting.writer() as writer:
            for letter in letters:
                writer.put(letter)
            writer.commit()


def _letter(prefix: str, number: int) -> Determination:
    return replace(LETTERS[number % len(LETTERS)], id=f"{prefix}{number:06}")


@contextmanager
def _at_work(work: Work) -> Iterator[None]:
    threads = [threading.Thread(target=one) for one in (work.search, work.search)]
    threads += [threading.Thread(target=work.ingest, args=(prefix,)) for prefix in "KL"]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        work.stop.set()
        for thread in threads:
            thread.join()


def test_kills_amid_searching_and_ingesting(cluster: Cluster, settings: Settings, tmp_path: Path) -> None:
    keeper = OpenSearchKeeper(replace(settings, opensearch_timeout=60))
    work = Work(keeper.create(tmp_path / "searched"), keeper.create(tmp_path / "fed"))
    with work.searching.writer() as writer:
        for letter in LETTERS:
            writer.put(letter)
        writer.commit()
    cluster.wait(3)
    with _at_work(work):
        for turn in range(KILLS):
            time.sleep(2)
            node = cluster.nodes[turn % 3]
            cluster.kill(node)
            time.sleep(3)
            cluster.start(node)
            cluster.wait(3)
    assert work.wrong == []
    assert work.pages > KILLS * len(TYPED)
    assert len(work.committed) > KILLS * BATCH
    held = Oracle(work.committed)
    for typed in TYPED:
        assert_same(work.ingesting, held, SearchRequest(tree=read(typed).tree))
    for letter in work.committed:
        assert work.ingesting.case(letter.id) == letter
    work.searching.close()
    work.ingesting.close()
