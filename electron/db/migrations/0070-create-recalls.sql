-- Projections of what was done to the work and to the worker: recalls, changes of standing, the client's accuracy figures; of the error
-- notebook and of notes. A value that was erased is null and named in `erased`.

-- The shapes that a return names: a JSON array of their ids.
ALTER TABLE returned ADD COLUMN objects TEXT NOT NULL DEFAULT '[]';
CREATE INDEX returned_by_stage ON returned (stage, received_at, seq);
CREATE INDEX returned_by_round ON returned (round, received_at, seq);
CREATE INDEX returned_by_guideline ON returned (guideline_id, received_at, seq) WHERE guideline_id IS NOT NULL;
CREATE INDEX submission_by_guideline ON submission (guideline_id, seq) WHERE guideline_id IS NOT NULL;
-- The same media under another task; and the pieces of a project by when they were sealed.
CREATE INDEX submission_by_media ON submission (media_hash, task_id, seq) WHERE media_hash IS NOT NULL;
CREATE INDEX submission_by_project_time ON submission (project_id, sealed_at, task_id, seq, segment_id);

CREATE TABLE recall (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  level TEXT,
  segment_id TEXT,
  pieces INTEGER,
  stage TEXT,
  reason TEXT,
  rule_cited TEXT,
  -- JSON of shared/domain/money.ts
  stated_loss TEXT,
  -- JSON array of shared/domain/blob.ts
  attachments TEXT NOT NULL,
  received_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX recall_by_time ON recall (received_at, seq);
CREATE INDEX recall_by_project ON recall (project_id, received_at, seq);

CREATE TABLE recalled_work (
  recall_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  -- its place among the work named: where fewer pieces were recalled than are named, the first are those
  position INTEGER NOT NULL,
  work_type TEXT NOT NULL,
  work_id TEXT NOT NULL,
  PRIMARY KEY (recall_id, work_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recalled_work_by_work ON recalled_work (work_id);

CREATE TABLE standing (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  what TEXT,
  work_type TEXT,
  work_id TEXT,
  until TEXT,
  reason TEXT,
  paid INTEGER,
  attachments TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX standing_by_time ON standing (happened_at, seq);
CREATE INDEX standing_by_project ON standing (project_id, happened_at, seq);

CREATE TABLE accuracy_report (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  stage TEXT,
  for_day TEXT,
  released_on TEXT,
  percent TEXT,
  correct INTEGER,
  total INTEGER,
  note TEXT,
  heard_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX accuracy_report_by_day ON accuracy_report (project_id, for_day, seq);
