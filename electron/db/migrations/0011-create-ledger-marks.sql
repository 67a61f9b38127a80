-- Beside the ledger, computed from it or about it.

-- Stretches of measured and stated time by lane, so that an overlap is found by looking at two neighbours. A projection:
-- rebuilt from the entries. Stretches without length are not in it, for they overlap nothing. Those of one entity are found by when its
-- entries begin: an index of them would be one more page to write with every stretch.
CREATE TABLE lane_span (
  -- lane of the same source; what one waits for is a lane of its own, because one may wait for several things at once
  lane TEXT NOT NULL,
  span_start TEXT NOT NULL,
  -- of the first of its chain of corrections
  seq INTEGER NOT NULL,
  span_end TEXT NOT NULL CHECK (span_end > span_start),
  PRIMARY KEY (lane, span_start, seq)
) STRICT, WITHOUT ROWID;

-- How the last verification of the whole ledger ended.
CREATE TABLE ledger_verification (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  at TEXT NOT NULL,
  ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
  size INTEGER NOT NULL
) STRICT;
