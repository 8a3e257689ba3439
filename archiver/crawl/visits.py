"""The visits that a run has closed, in a file beside it: however many they are, they take no memory."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import overload
from weakref import finalize

import msgspec

from archiver.store.closing import ClosedVisit

IN_MEMORY = 256 * 1024
"""Bytes up to which no file is made: most runs close a handful of visits."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(ClosedVisit)


class ClosedVisits(Sequence[ClosedVisit]):
    """In the order in which they were closed. The file has no name and goes with the object."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives as long as the object
        finalize(self, self._file.close)
        self._ends = array("q", [0])

    def add(self, visit: ClosedVisit) -> None:
        told = _ENCODER.encode(visit)
        self._file.seek(self._ends[-1])
        self._file.write(told)
        self._ends.append(self._ends[-1] + len(told))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, index: int) -> ClosedVisit: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[ClosedVisit, ...]: ...

    def __getitem__(self, index: int | slice) -> ClosedVisit | tuple[ClosedVisit, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(len(self))[index])
        at = range(len(self))[index]
        self._file.seek(self._ends[at])
        return _DECODER.decode(self._file.read(self._ends[at + 1] - self._ends[at]))
