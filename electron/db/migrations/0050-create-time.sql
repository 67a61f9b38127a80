-- Time: the projections of stretches and of what the clock did, and the workspace of the measuring itself.

-- In order of seq, because a row at the end of its table touches one page. One is found by its id through the subjects of entries.
CREATE TABLE time_span (
  -- of the first of its chain of corrections
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  -- null once erased, as every other column that a field of the entry fills
  lane TEXT,
  what TEXT,
  paid TEXT,
  -- milliseconds since the epoch
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  length_ms INTEGER NOT NULL,
  source TEXT NOT NULL,
  project_id TEXT,
  task_id TEXT,
  -- as which kind its task counts now, or was stated where it has none, if it is paid by time; null where that is not known
  task_kind TEXT,
  tag TEXT,
  ended_by TEXT,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX time_span_by_start ON time_span (start_ms, end_ms);
-- Those that last more than half an hour are fewer, and looked for apart, from as far before a day as the longest of them lasts: all others that reach into it
-- begin at most half an hour before.
CREATE INDEX time_span_long ON time_span (start_ms, end_ms, length_ms) WHERE length_ms > 1800000;
CREATE INDEX time_span_longest ON time_span (length_ms) WHERE length_ms > 1800000;
CREATE INDEX time_span_by_task ON time_span (task_id) WHERE task_id IS NOT NULL;

CREATE TABLE clock_change (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  what TEXT,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX clock_change_by_end ON clock_change (end_ms, start_ms);

-- What is being measured now, one row a stretch. Written at each switch and every five seconds, so that a kill costs no more.
CREATE TABLE running_span (
  id TEXT PRIMARY KEY,
  lane TEXT NOT NULL,
  what TEXT NOT NULL,
  paid TEXT NOT NULL,
  project_id TEXT,
  task_id TEXT,
  tag TEXT,
  -- 1: kept alive by touches, and ended at the last one when they stay away
  automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
  start_ms INTEGER NOT NULL,
  -- measured since the start up to the last touch, and up to the last look at the clock
  touched_ms INTEGER NOT NULL,
  alive_ms INTEGER NOT NULL
) STRICT;

-- Gaps whose owner said they were nothing: not asked about again.
CREATE TABLE dismissed_gap (
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  PRIMARY KEY (start_ms, end_ms)
) STRICT, WITHOUT ROWID;

-- What the tracker last knew: the working day under way and the zone it was in.
CREATE TABLE tracker_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  day TEXT NOT NULL,
  zone TEXT NOT NULL
) STRICT;

-- The pieces of a day: which tasks were sealed on it.
CREATE INDEX submission_by_day ON submission (sealed_at);
