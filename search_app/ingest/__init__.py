"""Takes a corpus into an index: finds what changed, parses it, commits in batches, keeps account."""

from search_app.ingest.run import Report, ingest

__all__ = ["Report", "ingest"]
