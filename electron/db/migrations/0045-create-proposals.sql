-- What machines proposed for photos, as it came (workspace): never changed by what a person does with it. Accepted and rejected ones stay,
-- because a submission says by their ids what became of them.
CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  -- In order of their coming, within the task.
  n INTEGER NOT NULL CHECK (n >= 0),
  score REAL,
  -- The proposal as JSON.
  proposal TEXT NOT NULL,
  UNIQUE (task_id, n)
) STRICT, WITHOUT ROWID;
