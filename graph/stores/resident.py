"""The shape of the live graph in memory: five bytes per tie end, four per node. Pure.

Walking reads, for every node it reaches, how many ties it has and where they lead. Answered from here that costs no
page of the file. Only what the vocabulary's codes say is kept: a filter by date, subsector or voices asks the file.
"""

import sys
from array import array
from collections.abc import Collection, Iterable
from itertools import compress, repeat
from typing import Final

from graph.model import Version
from graph.stores.codes import MEMBER_OF, NEVER, Sieve, tie_codes

MOST_LISTED: Final = 1024  # a node with more ties is not listed: its list would be written anew with each tie
_ARRIVING: Final = 128  # the bit of a code that says: the node is the tie's v
_TYPE: Final = 8  # step between the codes of two tie types


def tie_code(kind: int, modality: int, direction: int) -> int:
    """Return the one-byte code of a tie's end: type (0..15), modality (0..7), and whether the node is its v."""
    return direction * _ARRIVING | kind * _TYPE | modality


def pack(keys: Iterable[int]) -> bytes:
    """Return keys as four little-endian bytes each, in their order."""
    return _swapped(array("I", keys)).tobytes()


def _swapped(keys: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        keys.byteswap()
    return keys


class Resident:
    """Where every node's ties lead, for one version of the graph."""

    def __init__(self, version: Version, rows: Iterable[tuple[int, int, int, bytes | None, bytes | None]]) -> None:
        """Take in (key, ties, roster, packed neighbours, codes) of the nodes with ties, by key ascending.

        Neighbours and codes have one entry per tie, or are None for a node that is not listed.
        """
        self.version = version
        self.ties = array("I")
        self._starts = array("Q", (0,))
        self._neighbours = array("I")
        self._codes = bytearray()
        self.rosters: dict[int, int] = {}
        self.unlisted: set[int] = set()
        for n, ties, roster, neighbours, codes in rows:
            self._skip_to(n)
            self.ties.append(ties)
            if roster:
                self.rosters[n] = roster
            if neighbours is None or codes is None:
                self.unlisted.add(n)
            else:
                self._neighbours.frombytes(neighbours)
                self._codes += codes
            self._starts.append(len(self._codes))
        _swapped(self._neighbours)

    def at(self, n: int) -> tuple["array[int]", bytearray]:
        """Return the neighbours of a listed node and the codes of its ties to them, one entry per tie."""
        if n >= len(self.ties):
            return self._neighbours[:0], self._codes[:0]
        span = slice(self._starts[n], self._starts[n + 1])
        return self._neighbours[span], self._codes[span]

    def _skip_to(self, n: int) -> None:
        missing = n - len(self.ties)
        self.ties.extend([0] * missing)
        self._starts.extend([len(self._codes)] * missing)

    def weigh(self, nodes: Collection[int], cap: int) -> tuple[int, set[int]]:
        """Return the sum of the tie counts of the nodes that are no hubs, and the hubs among them."""
        counts = self.counts(nodes)
        hubs = (
            {n for n, ties in zip(nodes, counts, strict=True) if ties > cap} if max(counts, default=0) > cap else set()
        )
        return sum(counts) - sum(self.counts(hubs)), hubs

    def counts(self, nodes: Collection[int]) -> list[int]:
        """Return the tie counts of nodes."""
        try:
            return list(map(self.ties.__getitem__, nodes))
        except IndexError:  # a node that came after all those with ties
            return [self.ties[n] if n < len(self.ties) else 0 for n in nodes]

    def leading_to(self, nodes: Iterable[int], arrive: Collection[int]) -> list[int]:
        """Return the nodes that may have a tie to one of `arrive`."""
        starts, neighbours, unlisted, known = self._starts, self._neighbours, self.unlisted, len(self.ties)
        apart = frozenset(arrive).isdisjoint
        return [n for n in nodes if (n < known and not apart(neighbours[starts[n] : starts[n + 1]])) or n in unlisted]


def plain(sieve: Sieve) -> bool:
    """Whether a filter asks for nothing that is not in memory."""
    return sieve.neg_high == 0 and sieve.low == NEVER and not (sieve.subsectors or sieve.voices > 0 or sieve.past)


class Steps:
    """Steps over the resident graph for one filter, which must be `plain`."""

    def __init__(self, resident: Resident, sieve: Sieve, roster_cap: int, endpoints: Collection[int]) -> None:
        """Follow ties that pass the sieve. Memberships of large bodies are followed at endpoints only."""
        self.resident = resident
        member_of = tie_codes()[MEMBER_OF]
        rosters = resident.rosters.items() if sieve.types >> member_of & 1 else ()
        self._large = {n for n, roster in rosters if roster > roster_cap}.difference(endpoints)
        self._passes = bytes(
            sieve.types >> (code % _ARRIVING // _TYPE) & sieve.modalities >> (code % _TYPE) & 1 for code in range(256)
        )
        joined = {tie_code(member_of, modality, 1) for modality in range(_TYPE)}
        self._passes_at_large = bytes(0 if code in joined else bit for code, bit in enumerate(self._passes))
        self._joining = bytes(code + _ARRIVING in joined for code in range(256))

    def pairs(self, nodes: Iterable[int], arrive: Collection[int] | None = None) -> list[tuple[int, int]]:
        """Return (left, arrived at) of the ties at listed nodes; of those that arrive at `arrive` only, if given."""
        found: list[tuple[int, int]] = []
        if arrive is None:
            for n in nodes:
                found.extend(zip(repeat(n), compress(*self._from(n))))
            return found
        wanted = frozenset(arrive)
        for n in self.resident.leading_to(nodes, wanted):
            found.extend((n, nbr) for nbr in compress(*self._from(n)) if nbr in wanted)
        return found

    def _from(self, n: int) -> tuple["array[int]", bytearray]:
        """Return the neighbours of a listed node, one per tie, and which of them this filter steps to."""
        neighbours, codes = self.resident.at(n)
        if not self._large:
            return neighbours, codes.translate(self._passes)
        passing = codes.translate(self._passes_at_large if n in self._large else self._passes)
        if not self._large.isdisjoint(neighbours):
            passing = self._without_joining(neighbours, codes, passing)
        return neighbours, passing

    def _without_joining(self, neighbours: Iterable[int], codes: bytearray, passes: bytearray) -> bytearray:
        """Leave out memberships in large bodies."""
        joining = codes.translate(self._joining)
        large = self._large
        return bytearray(
            ok and not (joins and nbr in large) for nbr, joins, ok in zip(neighbours, joining, passes, strict=True)
        )
