"""What is measured: our engines, and the peers that a user would pick in their place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bench.peers.base import Peer
from bench.peers.fts5 import Fts5
from bench.peers.ours import Ours
from bench.peers.ranked_opensearch import RankedOpenSearch
from bench.peers.raw_opensearch import RawOpenSearch
from bench.peers.raw_tantivy import RawTantivy
from bench.peers.whoosh_groupedby import WhooshGroupedBy
from bench.peers.xapian_debian import XapianDebian

PEERS: Mapping[str, Peer] = MappingProxyType(
    {
        peer.name: peer
        for peer in (
            Ours("tantivy"),
            RawTantivy("simple"),
            RawTantivy("regex"),
            Fts5(),
            XapianDebian(),
            Ours("whoosh", most=20_000),
            WhooshGroupedBy(),
            Ours("opensearch"),
            RawOpenSearch(),
            RankedOpenSearch(),
        )
    }
)
"""Every peer by its name, in the order of the report. The first is what the others are compared with."""
