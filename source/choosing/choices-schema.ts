/** The version of the schema that this program writes, kept in the database's `user_version`. */
export const choicesVersion = 2;

/**
 * What makes each version of the schema out of the one before, from an empty database on; a step that was released is never changed.
 * `folder` and `name` say where a file was last seen, of a rejected one where it goes back to. The `ledger_` columns are the ledger's own
 * facts of the same image, which name it in a ledger that was begun anew too; null for a file that no ledger knows.
 */
export const choicesMigrations: readonly string[] = [
  `
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  byte_count INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  seed INTEGER,
  width INTEGER,
  height INTEGER,
  ledger_seed INTEGER,
  ledger_saved_at INTEGER,
  ledger_name TEXT,
  verdict TEXT NOT NULL DEFAULT 'undecided' CHECK (verdict IN ('undecided', 'kept', 'rejected')),
  stars INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
  verdict_before TEXT NOT NULL DEFAULT 'undecided' CHECK (verdict_before IN ('undecided', 'kept')),
  stars_before INTEGER NOT NULL DEFAULT 0,
  trash_name TEXT,
  rejected_at INTEGER,
  purged_at INTEGER,
  looked_at INTEGER,
  is_black INTEGER,
  hash BLOB,
  near_id INTEGER REFERENCES files,
  CHECK (stars = 0 OR verdict = 'kept'),
  CHECK ((verdict = 'rejected') = (trash_name IS NOT NULL))
) STRICT;
CREATE INDEX files_by_place ON files (folder, name);
CREATE INDEX files_by_content ON files (byte_count, fingerprint);
CREATE INDEX files_by_image ON files (ledger_seed, ledger_saved_at) WHERE ledger_seed IS NOT NULL;
CREATE INDEX files_rejected ON files (rejected_at) WHERE verdict = 'rejected';

CREATE TABLE hash_bands (
  band INTEGER NOT NULL,
  file_id INTEGER NOT NULL REFERENCES files,
  PRIMARY KEY (band, file_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE steps (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  decision TEXT NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE TABLE changes (
  step_id INTEGER NOT NULL REFERENCES steps ON DELETE CASCADE,
  file_id INTEGER NOT NULL REFERENCES files,
  verdict TEXT NOT NULL,
  stars INTEGER NOT NULL,
  PRIMARY KEY (step_id, file_id)
) STRICT, WITHOUT ROWID;
`,
  // What a file had been before it was rejected, as it was before the step; null in steps of the first version.
  `
ALTER TABLE changes ADD COLUMN earlier_verdict TEXT;
ALTER TABLE changes ADD COLUMN earlier_stars INTEGER;
`,
];
