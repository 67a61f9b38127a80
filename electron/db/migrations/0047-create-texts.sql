-- Tasks of text have no file of their own: what was given to the worker is kept here as it came, and so is how the answer was written.

CREATE TABLE text_item (
  task_id TEXT PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
  -- SHA-256 of the item's canonical JSON: what the hash of a photo is to the other tools.
  hash TEXT NOT NULL,
  item TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX text_item_by_hash ON text_item (hash);

-- The edit log of a text under way, in pieces as they came. `at` counts bytes of the field before the piece.
CREATE TABLE text_log (
  task_id TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  at INTEGER NOT NULL CHECK (at >= 0),
  bytes BLOB NOT NULL,
  PRIMARY KEY (task_id, field, at)
) STRICT, WITHOUT ROWID;
