-- What became of a machine's proposals, by the submission that tells; and whose project a judgement belongs to.

CREATE TABLE machine_submission (
  submission_id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  task_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  proposed INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  corrected INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  undecided INTEGER NOT NULL,
  by_hand INTEGER NOT NULL,
  labels_changed INTEGER NOT NULL,
  -- sums over corrected objects, whole numbers so that no order of adding them up matters, and of how many they are known
  iou_millionths INTEGER NOT NULL,
  iou_known INTEGER NOT NULL,
  moved_milli_px INTEGER NOT NULL,
  moved_known INTEGER NOT NULL,
  -- Of corrected segments of sound: the boundary that moved farthest, in microseconds, summed, and of how many it is known.
  shifted_us INTEGER NOT NULL,
  shifted_known INTEGER NOT NULL,
  -- Of transcripts made from a machine's: characters that stand in the end, and how many had to be changed.
  transcript_characters INTEGER NOT NULL,
  transcript_edits INTEGER NOT NULL
) STRICT;
CREATE INDEX machine_submission_by_task ON machine_submission (task_id, seq);
CREATE INDEX machine_submission_by_project ON machine_submission (project_id, task_id, seq);

ALTER TABLE judgement ADD COLUMN project_id TEXT;
CREATE INDEX judgement_by_project ON judgement (project_id, task_id, seq);

-- Certificates in force on a day.
CREATE INDEX training_by_certificate ON training (day, certificate_name) WHERE certificate_name IS NOT NULL;

-- Revising of work that is no task here.
CREATE INDEX time_span_revising ON time_span (start_ms) WHERE what = 'revising' AND task_id IS NULL;
