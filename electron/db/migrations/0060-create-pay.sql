-- Projections of pay: what was announced, received and deducted, claims and exchange rates.
-- A value that was erased is null and named in `erased`.

CREATE TABLE pay_record (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('announced', 'received', 'deducted')),
  project_id TEXT,
  -- by which it falls into a period: the last day of the period it is for, else the day it happened
  day TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  period_from TEXT,
  period_to TEXT,
  minor INTEGER,
  currency TEXT,
  promised_on TEXT,
  -- the return a deduction is for: what was announced with that return is this deduction, and is not counted beside it
  returned_id TEXT,
  -- the work a deduction is for: a submission or work done elsewhere
  work_id TEXT,
  channel TEXT,
  -- the stated reason of a deduction, the note of the others
  note TEXT,
  source TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX pay_record_by_day ON pay_record (day, seq);
CREATE INDEX pay_record_by_project ON pay_record (project_id, day, seq);

CREATE INDEX pay_record_by_return ON pay_record (returned_id) WHERE returned_id IS NOT NULL;

CREATE TABLE claim (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  minor INTEGER,
  currency TEXT,
  what_for TEXT,
  made_to TEXT,
  opened_at TEXT NOT NULL,
  -- calendar day in the zone of the entry, as `closed_day`
  opened_day TEXT NOT NULL,
  closed_entry_id TEXT,
  outcome TEXT,
  closed_minor INTEGER,
  closed_currency TEXT,
  closed_note TEXT,
  closed_at TEXT,
  closed_day TEXT,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX claim_by_state ON claim ((closed_at IS NOT NULL), opened_at, seq);

CREATE TABLE exchange_rate (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  from_currency TEXT,
  to_currency TEXT,
  rate TEXT,
  effective_from TEXT,
  note TEXT,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX exchange_rate_by_day ON exchange_rate (effective_from, seq);
