-- The classes of the objects that returns name, as they were sealed: annotations are long, and need not be read for them again.

CREATE TABLE returned_class (
  return_id TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  -- the submission the return is of
  subject_id TEXT NOT NULL,
  -- null for objects without a class
  label TEXT,
  -- so many of the objects named; null where the annotation lies beside the ledger: its classes are read from there
  objects INTEGER
) STRICT;
CREATE INDEX returned_class_by_return ON returned_class (return_id);
CREATE INDEX returned_class_by_subject ON returned_class (subject_id);

-- Work sealed again, which is little beside all work.
CREATE INDEX submission_again ON submission (task_id) WHERE round > 1;
