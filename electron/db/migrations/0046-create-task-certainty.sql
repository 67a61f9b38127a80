-- How sure a machine was of what it proposed for a photo, 0 (not at all) to 1, told in three ways; 2 where it said nothing, so that
-- those photos come last. Kept when proposals come, because a queue of 100,000 is ordered by it.
ALTER TABLE task ADD COLUMN sure_least_confident REAL NOT NULL DEFAULT 2;
ALTER TABLE task ADD COLUMN sure_margin REAL NOT NULL DEFAULT 2;
ALTER TABLE task ADD COLUMN sure_entropy REAL NOT NULL DEFAULT 2;

-- With the state, so that a page far down is found without reading the rows above it.
CREATE INDEX task_by_least_confident ON task (project_id, sure_least_confident, position, state);
CREATE INDEX task_by_margin ON task (project_id, sure_margin, position, state);
CREATE INDEX task_by_entropy ON task (project_id, sure_entropy, position, state);
