-- Projections of returns and of sealed judgements, and which labels were submitted with.

CREATE TABLE returned (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  -- the sealed submission or the work done elsewhere; the type is null once erased, the id stands in the entry's header
  subject_type TEXT,
  subject_id TEXT NOT NULL,
  project_id TEXT,
  stage TEXT,
  round INTEGER,
  reason TEXT,
  rule_cited TEXT,
  guideline_id TEXT,
  -- of a batch: how many of its pieces it is about, where somebody said
  pieces INTEGER,
  itemised INTEGER,
  -- sample or full
  check_kind TEXT,
  reviewer TEXT,
  deadline TEXT,
  -- JSON of shared/domain/money.ts
  deduction TEXT,
  view TEXT,
  -- JSON array of shared/domain/blob.ts
  attachments TEXT NOT NULL,
  received_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX returned_by_time ON returned (received_at, seq);
CREATE INDEX returned_by_project ON returned (project_id, received_at, seq);
CREATE INDEX returned_by_subject ON returned (subject_id, seq);

CREATE TABLE judgement (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  task_id TEXT NOT NULL,
  judgement TEXT,
  before_machine INTEGER,
  machine_answer TEXT,
  sealed_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_by_task ON judgement (task_id, seq);

-- A label that is in here can be neither taken out of its project nor get another key.
CREATE TABLE submitted_label (
  submission_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (submission_id, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX submitted_label_by_project ON submitted_label (project_id, label);
