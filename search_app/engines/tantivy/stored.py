"""What an index stores of its decisions, read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
from tantivy import DocAddress, Order, Query, Schema, Searcher

from search_app.engines.ranking import Read
from search_app.engines.tantivy.schema import CASE_ID, HIT, NEWEST, SUMMARY
from search_app.model import Determination

_MANY = 64
"""Decisions of a case that are looked for at first; few letters have more."""


class Stored:
    """Reads decisions and cases of one commit."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def decision(self, address: DocAddress) -> tuple[Determination, int]:
        """A case with the one decision of this document and no summary, and the decision's number."""
        record = orjson.loads(self._searcher.doc(address)[HIT][0])
        return _case(record["case"], [record["decision"]]), record["number"]

    def read(self, address: DocAddress) -> Read:
        """What ranking needs of a decision."""
        record = orjson.loads(self._searcher.doc(address)[HIT][0])
        return Read(record["decision"]["rationale"], tuple(record["twins"]))

    def with_summary(self, address: DocAddress) -> tuple[Determination, int]:
        """The same with the summary."""
        case, number = self.decision(address)
        return replace(case, summary=self.summary(case.id)), number

    def summary(self, case_id: str) -> str:
        """The summary of a case that is in the index."""
        return self._summary(self._addresses(case_id)[0])

    def case(self, case_id: str) -> Determination | None:
        """The whole determination, or None."""
        addresses = self._addresses(case_id)
        if not addresses:
            return None
        records = [orjson.loads(self._searcher.doc(address)[HIT][0]) for address in addresses]
        header = records[0]["case"] | {"summary": self._summary(addresses[0])}
        return _case(header, [record["decision"] for record in records])

    def _summary(self, first: DocAddress) -> str:
        return bytes(self._searcher.doc(first)[SUMMARY][0]).decode()

    def _addresses(self, case_id: str) -> list[DocAddress]:
        """The documents of a case in the order of their numbers."""
        query = Query.term_query(self._schema, CASE_ID, case_id, "basic")
        limit = _MANY
        while True:
            found = self._searcher.search(query, limit, count=False, order_by_field=NEWEST, order=Order.Asc)
            if len(found.hits) < limit:
                return [address for _, address in found.hits]
            limit *= 4


def _case(header: dict[str, Any], decisions: list[dict[str, Any]]) -> Determination:
    return Determination.from_json(header | {"decisions": decisions})
