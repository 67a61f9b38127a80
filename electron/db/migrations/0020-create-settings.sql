-- Settings of this data folder, one row each; what screens remember has keys that begin with `ui:`. Workspace, not ledger.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  -- JSON
  value TEXT NOT NULL
) STRICT;
