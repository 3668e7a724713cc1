"""What a backup says that it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import BinaryIO
from zlib import crc32

from search_app.engines.records import IndexRecord, record_from

CONTENTS = "contents.json"
"""The last member of a backup, which tells of all others."""

_FORMAT = 1
"""Grows when a backup is laid out otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What made the index, and the CRC-32 of each file by name."""

    record: IndexRecord
    files: Mapping[str, int]

    def to_json(self) -> bytes:
        """As a backup holds it."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Contents:
        """From a backup; raises ValueError for anything else."""
        try:
            values = json.loads(data)
            if values["format"] != _FORMAT:
                raise ValueError(f"format {values['format']} is not {_FORMAT}")
            files = {str(name): int(crc) for name, crc in values["files"].items()}
            return cls(record=record_from(values["record"]), files=files)
        except (TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
            raise ValueError(f"{CONTENTS} is not laid out as it should be") from error


class Summed:
    """A file that is read or written once, and the CRC-32 of what went through."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.crc = 0

    def rewind(self) -> None:
        """Begin at the beginning."""
        self._file.seek(0)
        self.crc = 0

    def read(self, size: int = -1) -> bytes:
        """Bytes of the file."""
        data = self._file.read(size)
        self.crc = crc32(data, self.crc)
        return data

    def write(self, data: bytes) -> int:
        """Write bytes to the file."""
        self.crc = crc32(data, self.crc)
        return self._file.write(data)
