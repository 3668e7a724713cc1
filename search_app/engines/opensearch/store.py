"""One index of a cluster: its state, and reading from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from opensearchpy.exceptions import ConflictError, NotFoundError, TransportError

from search_app.engines.opensearch.compiling import Query
from search_app.engines.opensearch.connection import Connection, ending
from search_app.engines.opensearch.schema import BORN, CASE_ID, HIT, ITEM, NEWEST, STATE, SUMMARY, case_of
from search_app.engines.opensearch.state import State
from search_app.errors import REBUILD, IndexIncompatible
from search_app.model import Determination

PAGE = 500
"""Documents that are read at once."""

_WHOLE: Mapping[str, str] = {"allow_partial_search_results": "false"}
"""How searches are made: one that has lost a shard fails, and is made again."""

_MISSING = 404

Sorting = Sequence[Mapping[str, str]]
_BY_KEY: Sorting = ({NEWEST: "asc"}, {BORN: "asc"})


class Store:
    """Reads one index. Every answer is whole: one without all shards is asked for again."""

    def __init__(self, connection: Connection, index: str) -> None:
        self.connection = connection
        self.index = index

    def state(self) -> tuple[State, dict[str, int]]:
        """The state, and what a write must name to take the place of just this version.

        Raises IndexIncompatible for a state that another version of this program keeps.
        """
        found = self.connection.again(self._state)
        version = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        try:
            return State.from_json(found["_source"][STATE]), version
        except (KeyError, TypeError) as error:
            raise IndexIncompatible(
                f"The index {self.index} in the cluster is of another version of this program.", REBUILD
            ) from error

    def _state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.connection.client.get(index=self.index, id=STATE)
        return found

    def committed(self) -> State:
        """The state for readers."""
        return self.state()[0]

    def change(self, change: Callable[[State], State]) -> State:
        """Replace the state by what `change` makes of it; it is asked again where another came before."""
        while True:
            state, version = self.state()
            wanted = change(state)
            if wanted is state or self.put_state(wanted, version):
                return wanted

    def put_state(self, state: State, version: Mapping[str, int]) -> bool:
        """Put a state in the place of a version; False if another came before."""
        given: dict[str, Any] = dict(version) or {"op_type": "create"}
        try:
            self.connection.again(
                self.connection.client.index,
                index=self.index,
                id=STATE,
                body={STATE: state.to_json()},
                params=given,
            )
        except ConflictError:
            return self._is_written(state)
        return True

    def _is_written(self, state: State) -> bool:
        """Whether it is there: a write whose answer was lost is sent again, and is its own conflict."""
        try:
            return self.committed().written == state.written
        except NotFoundError:
            return False

    def search(self, body: Mapping[str, Any], likely: str = "") -> dict[str, Any]:
        """Answer a search over all shards, by statistics of them all.

        Searches with the same `likely` go to the same copies, so that their pages fit together.
        """
        if "pit" in body:
            return self._ask(None, body, {"search_type": "dfs_query_then_fetch"})
        whole = {"search_type": "dfs_query_then_fetch", **_WHOLE}
        if likely:
            whole["preference"] = blake2b(likely.encode(errors="replace"), digest_size=8).hexdigest()
        return self._ask(self.index, body, whole)

    def search_together(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Answer searches that rank nothing, each over all shards, in one request."""
        return self.connection.again(self._answers, bodies=bodies)

    def _answers(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """What each search of a request answers; raises the first error of any."""
        lines = [line for body in bodies for line in ({**_WHOLE, **ending()}, body)]
        told = self.connection.client.msearch(index=self.index, body=lines)
        answers: list[dict[str, Any]] = told["responses"]
        for answer in answers:
            if "error" in answer:
                kind = NotFoundError if answer["status"] == _MISSING else TransportError
                raise kind(answer["status"], answer["error"].get("type", "error"), answer)
        return answers

    def _ask(self, index: str | None, body: Mapping[str, Any], how: Mapping[str, str]) -> dict[str, Any]:
        return self.connection.again(self._answer, index=index, body=body, how=how)

    def _answer(self, index: str | None, body: Mapping[str, Any], how: Mapping[str, str]) -> dict[str, Any]:
        params = {**how, **ending()}
        found: dict[str, Any] = self.connection.client.search(index=index, body=body, params=params)
        return found

    def count(self, query: Query) -> int:
        """How many documents match."""
        body = {"query": query, "size": 0, "track_total_hits": True}
        return int(self.search(body)["hits"]["total"]["value"])

    def scan(self, query: Query, fields: Sequence[str] = (HIT, SUMMARY, BORN)) -> Iterator[dict[str, Any]]:
        """All documents that match, by the key of their decisions."""
        body = {
            "query": {"bool": {"filter": [query]}},
            "size": PAGE,
            "sort": list(_BY_KEY),
            "_source": list(fields),
        }
        while True:
            found = self.search(body)["hits"]["hits"]
            yield from found
            if len(found) < PAGE:
                return
            body["search_after"] = found[-1]["sort"]

    def case(self, case_id: str, state: State) -> Determination | None:
        """The whole determination, or None."""
        query = living(state, {"term": {CASE_ID: case_id}})
        found = [document["_source"] for document in self.scan(query)]
        return whole_case(found) if found else None

    def summaries(self, case_ids: Sequence[str], state: State) -> dict[str, str]:
        """The summaries of cases."""
        query = living(state, {"terms": {CASE_ID: list(case_ids)}}, {"term": {ITEM: 1}})
        found = (document["_source"] for document in self.scan(query))
        return {source[HIT]["case"]["id"]: source[SUMMARY] for source in found}

    def delete(self, query: Query) -> None:
        """Remove what matches of what the last refresh made visible; what changes meanwhile stays."""
        how = {"conflicts": "proceed", "refresh": "true", "timeout": "5m", "request_timeout": 600}
        self.connection.again(
            self.connection.client.delete_by_query, index=self.index, body={"query": query}, params=how
        )

    def refresh(self) -> None:
        """Make visible what was written, on all copies; those that are being lost are waited for."""
        until = time.monotonic() + self.connection.timeout
        while True:
            told = self.connection.again(self.connection.client.indices.refresh, index=self.index)
            if not told["_shards"]["failed"]:
                return
            if time.monotonic() > until:
                raise TransportError(503, "refresh_failed", told)
            time.sleep(0.2)

    def health(self) -> str:
        """The index's health: green, yellow (copies are missing) or red (shards are)."""
        told = self.connection.again(self.connection.client.cluster.health, index=self.index)
        return str(told["status"])

    def size(self) -> int:
        """Bytes of the index, all copies."""
        told = self.connection.again(self.connection.client.indices.stats, index=self.index, metric="store")
        return int(told["_all"]["total"]["store"]["size_in_bytes"])


def living(state: State, *queries: Query) -> Query:
    """What of the matches a reader of the state sees."""
    return {"bool": {"filter": [state.living, *queries]}}


def whole_case(sources: Sequence[Mapping[str, Any]]) -> Determination:
    """The determination whose stored documents these are, in any order."""
    ordered = sorted(sources, key=lambda source: source[HIT]["number"])
    hits = [source[HIT] for source in ordered]
    return case_of(hits[0]["case"], [hit["decision"] for hit in hits], ordered[0][SUMMARY])
