-- Projection of trainings. A value that was erased is null and named in `erased`.

CREATE TABLE training (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  topic TEXT,
  start_at TEXT NOT NULL,
  end_at TEXT,
  -- calendar day of the beginning in the zone of the entry
  day TEXT NOT NULL,
  time_ms REAL,
  called_at TEXT,
  mandatory INTEGER,
  paid INTEGER,
  retraining INTEGER NOT NULL CHECK (retraining IN (0, 1)),
  -- JSON of shared/domain/money.ts
  fee TEXT,
  travel_cost TEXT,
  travel_ms REAL,
  certificate_name TEXT,
  -- JSON of shared/domain/blob.ts
  certificate_file TEXT,
  certificate_expires TEXT,
  needed INTEGER,
  note TEXT,
  source TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX training_by_time ON training (start_at, seq);
CREATE INDEX training_by_project ON training (project_id, start_at, seq);
CREATE INDEX training_by_day ON training (day);
CREATE INDEX training_by_expiry ON training (certificate_expires) WHERE certificate_expires IS NOT NULL;
