-- Tables taken in: the mapping each was taken by, and which rows became what, so that nothing is taken in twice.

CREATE TABLE import_taken (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  project_id TEXT,
  file_name TEXT,
  file_hash TEXT,
  -- hash of the column names, in their order
  header_shape TEXT,
  -- JSON of shared/domain/sheet-mapping.ts; null once erased
  mapping TEXT,
  rows_taken INTEGER NOT NULL,
  taken_at TEXT NOT NULL
) STRICT;
CREATE INDEX import_taken_by_shape ON import_taken (header_shape, seq);
CREATE INDEX import_taken_by_project ON import_taken (project_id, seq);
CREATE INDEX import_taken_by_seq ON import_taken (seq);
CREATE INDEX import_taken_by_file ON import_taken (file_hash, seq);

CREATE TABLE imported_row (
  import_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  -- rows that say the same of two projects have one hash
  PRIMARY KEY (import_id, hash, entity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_row_by_hash ON imported_row (hash, entity_id);

-- Rows that speak of work name it.
CREATE INDEX elsewhere_by_name ON elsewhere (name, project_id);
CREATE INDEX submission_by_media_name ON submission (media_name, project_id);
