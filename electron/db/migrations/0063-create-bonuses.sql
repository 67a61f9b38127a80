-- Projection of bonuses whose condition was met, as the owner said. A value that was erased is null and named in `erased`.

CREATE TABLE bonus_met (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  name TEXT,
  -- the days it was met for; it counts in the period that the last of them falls into
  period_from TEXT,
  period_to TEXT,
  minor INTEGER,
  currency TEXT,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX bonus_met_by_day ON bonus_met (period_to, seq);
