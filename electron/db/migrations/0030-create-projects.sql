-- Projections of projects and what belongs to them, each row computed from entries alone. A value that was erased is null and
-- named in `erased` (a JSON array of field names of the entries): the row stays as a tombstone.

CREATE TABLE project (
  id TEXT PRIMARY KEY,
  -- the entry whose values stand: the last of those that create or change it
  entry_id TEXT NOT NULL,
  name TEXT,
  -- the name as compared with others: composed, trimmed, in lower case
  name_key TEXT,
  client TEXT,
  intermediary TEXT,
  modality TEXT,
  -- JSON of shared/domain/label-set.ts
  labels TEXT,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  created_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX project_by_name ON project (name_key) WHERE archived = 0;

CREATE TABLE pay_terms (
  entry_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  effective_from TEXT,
  task_kind TEXT,
  -- JSON of payRate, payBonus[], returnPenalty and promisedPayment in shared/domain/project.ts
  rate TEXT,
  bonuses TEXT,
  return_penalty TEXT,
  promised_payment TEXT,
  note TEXT,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX pay_terms_by_project ON pay_terms (project_id, effective_from, seq);

CREATE TABLE accuracy_bar (
  entry_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  effective_from TEXT,
  -- JSON of accuracyBar in shared/domain/project.ts
  bar TEXT,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX accuracy_bar_by_project ON accuracy_bar (project_id, effective_from, seq);

CREATE TABLE segment (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  name TEXT,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX segment_by_project ON segment (project_id, seq);

CREATE TABLE guideline (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  version TEXT,
  text TEXT,
  effective_from TEXT,
  received_at TEXT NOT NULL,
  channel TEXT,
  announced_by TEXT,
  -- JSON of checkableRules in shared/domain/project.ts
  rules TEXT,
  -- JSON of blob references
  attachments TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX guideline_by_project ON guideline (project_id, effective_from, received_at, seq);

CREATE TABLE ruling (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  guideline_id TEXT,
  question TEXT,
  answer TEXT,
  asked_of TEXT,
  answered_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX ruling_by_project ON ruling (project_id, answered_at, seq);
