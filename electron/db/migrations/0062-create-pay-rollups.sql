-- Roll-ups of what pay is computed by, kept with the entries, so that a year is read in a few thousand rows. A slot is a quarter of an hour of
-- UTC, counted since the epoch: every zone's hours begin with one, so days of any zone and any beginning are made of whole slots.

-- Tasks by the slot they were first sealed in; '' where they have no project or kind.
CREATE TABLE piece_slot (
  slot INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  task_kind TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  PRIMARY KEY (slot, project_id, task_kind)
) STRICT, WITHOUT ROWID;

-- Work paid by time, as a union within each slot.
CREATE TABLE paid_slot (
  slot INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (slot, project_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX time_span_by_paid_time ON time_span (project_id, start_ms, end_ms) WHERE paid = 'by-time';
CREATE INDEX time_span_paid_by_length ON time_span (length_ms) WHERE paid = 'by-time';
