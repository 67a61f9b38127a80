-- A task's state follows from its journal and from the ledger's projections. It is kept in `task.state`, because a queue of 100,000
-- is filtered by it, and it is kept up by triggers, because a submission can also be voided, amended or computed again.

CREATE VIEW task_now AS
SELECT
  task.id AS task_id,
  current.id AS submission_id,
  CASE
    WHEN EXISTS (SELECT 1 FROM returned WHERE returned.subject_id = current.id) THEN 'returned'
    WHEN current.id IS NOT NULL THEN 'submitted'
    WHEN task.released = 1 THEN 'released'
    WHEN task.journal_length > 0 OR task.log_length > 0 THEN 'drafted'
    ELSE 'open'
  END AS state
FROM task
LEFT JOIN submission AS current ON current.id = (
  SELECT id FROM submission WHERE task_id = task.id AND superseded = 0 ORDER BY seq DESC LIMIT 1
);

CREATE TRIGGER submission_inserted AFTER INSERT ON submission BEGIN
  UPDATE task SET (state, submission_id) = (SELECT state, submission_id FROM task_now WHERE task_id = task.id)
    WHERE id = NEW.task_id;
END;
CREATE TRIGGER submission_updated AFTER UPDATE ON submission BEGIN
  UPDATE task SET (state, submission_id) = (SELECT state, submission_id FROM task_now WHERE task_id = task.id)
    WHERE id IN (NEW.task_id, OLD.task_id);
END;
CREATE TRIGGER submission_deleted AFTER DELETE ON submission BEGIN
  UPDATE task SET (state, submission_id) = (SELECT state, submission_id FROM task_now WHERE task_id = task.id)
    WHERE id = OLD.task_id;
END;

CREATE TRIGGER returned_inserted AFTER INSERT ON returned BEGIN
  UPDATE task SET (state, submission_id) = (SELECT state, submission_id FROM task_now WHERE task_id = task.id)
    WHERE id = (SELECT task_id FROM submission WHERE id = NEW.subject_id);
END;
CREATE TRIGGER returned_deleted AFTER DELETE ON returned BEGIN
  UPDATE task SET (state, submission_id) = (SELECT state, submission_id FROM task_now WHERE task_id = task.id)
    WHERE id = (SELECT task_id FROM submission WHERE id = OLD.subject_id);
END;
CREATE TRIGGER returned_updated AFTER UPDATE ON returned BEGIN
  UPDATE task SET (state, submission_id) = (SELECT state, submission_id FROM task_now WHERE task_id = task.id)
    WHERE id IN (SELECT task_id FROM submission WHERE id IN (NEW.subject_id, OLD.subject_id));
END;
