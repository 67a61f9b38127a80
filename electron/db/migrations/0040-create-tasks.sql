-- The queue of photos with the annotations under way (workspace), and the projections of submissions and of work done elsewhere.

CREATE TABLE media_root (
  id INTEGER PRIMARY KEY,
  project_id TEXT NOT NULL,
  -- Absolute and resolved (no symbolic links in it) as it was when the folder was chosen.
  path TEXT NOT NULL,
  UNIQUE (project_id, path)
) STRICT;

-- How much of a project's queue is in use. An import writes its rows beyond this length, unseen, and becomes visible by one update:
-- so 100,000 rows come in by short transactions, and a cancelled or killed import was never there.
CREATE TABLE task_queue (
  project_id TEXT PRIMARY KEY,
  length INTEGER NOT NULL CHECK (length >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  root_id INTEGER NOT NULL REFERENCES media_root (id),
  name TEXT NOT NULL,
  -- How a task of text begins, for the queue and its filter; null for files.
  title TEXT,
  -- What kind of task it is, where a project pays several kinds differently; sealed with it.
  kind TEXT,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'drafted', 'submitted', 'returned', 'released')),
  shape_count INTEGER NOT NULL DEFAULT 0,
  journal_length INTEGER NOT NULL DEFAULT 0,
  -- Length of the journal when it was last submitted: submitting the same twice is refused by it.
  submitted_length INTEGER,
  released INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1)),
  -- Bytes of the edit logs of its texts.
  log_length INTEGER NOT NULL DEFAULT 0,
  -- The submission whose annotation the journal starts from; null: from nothing.
  base_submission_id TEXT,
  submission_id TEXT
) STRICT;

CREATE UNIQUE INDEX task_by_position ON task (project_id, position);
CREATE INDEX task_by_state ON task (project_id, state, position);
CREATE UNIQUE INDEX task_by_name ON task (root_id, name);

CREATE TABLE draft_record (
  task_id TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  -- 0-based place in the journal.
  n INTEGER NOT NULL CHECK (n >= 0),
  record TEXT NOT NULL,
  UNIQUE (task_id, n)
) STRICT;

CREATE TABLE attachment (
  blob TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What an imported file said that has no place in our own shapes (category ids, licences ...), kept to be written back.
CREATE TABLE exchange_extra (
  project_id TEXT NOT NULL,
  format TEXT NOT NULL,
  -- `set`, `label:<key>` or `item:<task id>`.
  about TEXT NOT NULL,
  extra TEXT NOT NULL,
  PRIMARY KEY (project_id, format, about)
) STRICT;

CREATE TABLE submission (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  task_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  segment_id TEXT,
  round INTEGER NOT NULL,
  media_name TEXT,
  media_hash TEXT,
  media_likeness TEXT,
  annotation_hash TEXT,
  object_count INTEGER,
  guideline_id TEXT,
  guideline_version TEXT,
  task_kind TEXT,
  time_spent_ms REAL,
  sealed_at TEXT NOT NULL,
  source TEXT NOT NULL,
  superseded INTEGER NOT NULL CHECK (superseded IN (0, 1))
) STRICT;

CREATE INDEX submission_by_task ON submission (task_id, superseded, seq);
CREATE INDEX submission_by_project ON submission (project_id, seq);

CREATE TABLE elsewhere (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  name TEXT,
  count INTEGER NOT NULL,
  task_kind TEXT,
  time_ms REAL,
  attachments TEXT NOT NULL,
  note TEXT,
  done_at TEXT NOT NULL
) STRICT;

CREATE INDEX elsewhere_by_project ON elsewhere (project_id, done_at);
CREATE INDEX elsewhere_by_day ON elsewhere (done_at);
