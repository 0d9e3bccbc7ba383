"""Work that a few processes share, its results in the order of the work."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice


def in_order(work: Callable, pieces: Iterator, alone: int = 1) -> Iterator:
    """Results of a function for each piece, at most a few pieces ahead of who takes them.

    Parameters
    ----------
    work : function
        Can be pickled, as its pieces and results.
    pieces : iterator
    alone : int
        Pieces that are done here, for they are done before a process has started.
    """
    yield from map(work, islice(pieces, alone))
    first = list(islice(pieces, 1))
    if not first:
        return
    workers = min(4, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers) as pool:
        waiting: deque[Future] = deque()
        for piece in chain(first, pieces):
            waiting.append(pool.submit(work, piece))
            if len(waiting) > workers + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
