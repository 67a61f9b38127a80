-- Roll-ups of what figures and pay are computed by, kept with the entries, so that a year is read in a few hundred rows: a row a day of UTC, in which
-- everything stands by the quarter of an hour. Every zone's hours begin with one, so days of any zone and any beginning are made of whole
-- quarters. See electron/repositories/slot-days.repository.ts.

-- How long which stretches went on together: {"activity annotating by-time own <project> <kind>|presence ...": [quarter, ms, ...]}.
CREATE TABLE time_day (
  day INTEGER PRIMARY KEY,
  mixes TEXT NOT NULL
) STRICT;

-- Tasks by the quarter they were first sealed in, and how many of them came back: {"[project, kind]": [quarter, tasks, came back, ...]}.
CREATE TABLE piece_day (
  day INTEGER PRIMARY KEY,
  pieces TEXT NOT NULL
) STRICT;
