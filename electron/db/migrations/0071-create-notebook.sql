CREATE TABLE noted_error (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  work_type TEXT,
  work_id TEXT,
  return_id TEXT,
  judged_wrong TEXT,
  they_wanted TEXT,
  my_view TEXT,
  -- JSON arrays
  rules TEXT NOT NULL,
  labels TEXT NOT NULL,
  attachments TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  -- all of its words as they are searched for; two Chinese characters are a word already, which no full-text index finds
  words TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;
CREATE INDEX noted_error_by_time ON noted_error (noted_at, seq);
CREATE INDEX noted_error_by_project ON noted_error (project_id, noted_at, seq);
CREATE INDEX noted_error_by_return ON noted_error (return_id) WHERE return_id IS NOT NULL;

CREATE TABLE noted_error_tag (
  error_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  -- rule or label
  sort TEXT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (error_id, sort, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX noted_error_by_tag ON noted_error_tag (sort, tag);

CREATE TABLE note (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  text TEXT,
  sort TEXT,
  attachments TEXT NOT NULL,
  written_at TEXT NOT NULL,
  erased TEXT NOT NULL
) STRICT;

CREATE TABLE note_about (
  note_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  about TEXT NOT NULL,
  PRIMARY KEY (note_id, about)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_by_about ON note_about (about);
