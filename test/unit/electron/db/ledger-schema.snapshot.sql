CREATE UNIQUE INDEX entry_by_amends ON entry (amends) WHERE amends IS NOT NULL;

CREATE UNIQUE INDEX entry_by_id ON entry (id);

CREATE INDEX entry_by_occurred ON entry (occurred_start, kind, source, project_id);

CREATE TABLE blob_ref (
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (hash, seq, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  -- canonical JSON of shared/domain/entry-header.ts; everything after nodes repeats it for filters
  header TEXT NOT NULL,
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  -- The complete subtrees of the Merkle tree that this leaf is the last of (RFC 9162 section 2.1), lowest first: one for each 1
  -- at the low end of seq. With the leaf that completes them, because a table of their own is one more page to write.
  nodes BLOB NOT NULL CHECK (1 << (length(nodes) / 32) = ((seq + 1) & -(seq + 1)) AND length(nodes) % 32 = 0),
  kind TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('measured', 'stated', 'imported')),
  occurred_start TEXT NOT NULL,
  occurred_end TEXT,
  recorded_at TEXT NOT NULL,
  -- one of the subjects: the project the entry concerns
  project_id TEXT,
  amends TEXT,
  group_id TEXT
) STRICT;

CREATE TABLE erasure (
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  by_seq INTEGER NOT NULL REFERENCES entry (seq),
  PRIMARY KEY (seq, name),
  FOREIGN KEY (seq, name) REFERENCES field (seq, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE field (
  seq INTEGER NOT NULL REFERENCES entry (seq) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  -- null once erased; the commitment stays
  salt BLOB CHECK (salt IS NULL OR length(salt) = 32),
  -- canonical JSON
  value TEXT,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  PRIMARY KEY (seq, name),
  CHECK ((salt IS NULL) = (value IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE lane_span (
  -- lane of the same source; what one waits for is a lane of its own, because one may wait for several things at once
  lane TEXT NOT NULL,
  span_start TEXT NOT NULL,
  -- of the first of its chain of corrections
  seq INTEGER NOT NULL,
  span_end TEXT NOT NULL CHECK (span_end > span_start),
  PRIMARY KEY (lane, span_start, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_verification (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  at TEXT NOT NULL,
  ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
  size INTEGER NOT NULL
) STRICT;

CREATE TABLE subject (
  entity_id TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place >= 0),
  seq INTEGER NOT NULL,
  PRIMARY KEY (entity_id, place, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER blob_ref_delete BEFORE DELETE ON blob_ref BEGIN
  SELECT RAISE(ABORT, 'ledger: blob references are never removed');
END;

CREATE TRIGGER blob_ref_insert BEFORE INSERT ON blob_ref BEGIN
  SELECT RAISE(ABORT, 'ledger: blob references belong to the entry about to be written')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry);
END;

CREATE TRIGGER blob_ref_update BEFORE UPDATE ON blob_ref BEGIN
  SELECT RAISE(ABORT, 'ledger: blob references are never changed');
END;

CREATE TRIGGER entry_delete BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'ledger: entries are never removed');
END;

CREATE TRIGGER entry_insert BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, 'ledger: an entry takes the next seq')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry);
  SELECT RAISE(ABORT, 'ledger: an id is used once')
    WHERE EXISTS (SELECT 1 FROM entry WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'ledger: an entry is corrected once')
    WHERE NEW.amends IS NOT NULL AND EXISTS (SELECT 1 FROM entry WHERE amends = NEW.amends);
  SELECT RAISE(ABORT, 'ledger: a correction names an entry before it')
    WHERE NEW.amends IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry WHERE id = NEW.amends);
END;

CREATE TRIGGER entry_update BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'ledger: entries are never changed');
END;

CREATE TRIGGER erasure_delete BEFORE DELETE ON erasure BEGIN
  SELECT RAISE(ABORT, 'ledger: erasures are never removed');
END;

CREATE TRIGGER erasure_insert BEFORE INSERT ON erasure BEGIN
  SELECT RAISE(ABORT, 'ledger: an erasure belongs to the newest entry, which says so')
    WHERE NOT EXISTS (
      SELECT 1 FROM entry
      WHERE seq = NEW.by_seq AND kind = 'ledger.erased' AND seq = (SELECT max(seq) FROM entry)
    );
  SELECT RAISE(ABORT, 'ledger: a field is erased once')
    WHERE EXISTS (SELECT 1 FROM erasure WHERE seq = NEW.seq AND name = NEW.name);
END;

CREATE TRIGGER erasure_update BEFORE UPDATE ON erasure BEGIN
  SELECT RAISE(ABORT, 'ledger: erasures are never changed');
END;

CREATE TRIGGER field_delete BEFORE DELETE ON field BEGIN
  SELECT RAISE(ABORT, 'ledger: fields are never removed');
END;

CREATE TRIGGER field_insert BEFORE INSERT ON field BEGIN
  SELECT RAISE(ABORT, 'ledger: fields belong to the entry about to be written')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry);
  SELECT RAISE(ABORT, 'ledger: a field is written with its value')
    WHERE NEW.value IS NULL;
END;

CREATE TRIGGER field_update BEFORE UPDATE ON field
WHEN NOT (
  NEW.seq IS OLD.seq AND NEW.name IS OLD.name AND NEW.commitment IS OLD.commitment
  AND NEW.salt IS NULL AND NEW.value IS NULL
  AND EXISTS (SELECT 1 FROM erasure WHERE seq = OLD.seq AND name = OLD.name)
) BEGIN
  SELECT RAISE(ABORT, 'ledger: fields are never changed, only erased');
END;

CREATE TRIGGER subject_delete BEFORE DELETE ON subject BEGIN
  SELECT RAISE(ABORT, 'ledger: subjects are never removed');
END;

CREATE TRIGGER subject_insert BEFORE INSERT ON subject BEGIN
  SELECT RAISE(ABORT, 'ledger: subjects belong to the entry about to be written')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry);
END;

CREATE TRIGGER subject_update BEFORE UPDATE ON subject BEGIN
  SELECT RAISE(ABORT, 'ledger: subjects are never changed');
END;