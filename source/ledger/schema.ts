/** The version of the schema that this program writes, kept in the database's `user_version`. */
export const schemaVersion = 2;

/**
 * What makes each version of the schema out of the one before, from an empty database on; a step that was released is never changed.
 * Times are ms since epoch. Prompts, folders, checkpoints and versions are kept once each, however many images share them.
 */
export const migrations: readonly string[] = [
  `
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  ended_at INTEGER,
  ending TEXT CHECK (ending IN ('ended', 'cut-off')),
  sequence INTEGER NOT NULL,
  memory TEXT NOT NULL,
  version TEXT,
  image_count INTEGER NOT NULL,
  generation_count INTEGER NOT NULL,
  retry_count INTEGER NOT NULL,
  lost_count INTEGER NOT NULL,
  gpu_idle_ms REAL NOT NULL,
  CHECK ((ended_at IS NULL) = (ending IS NULL))
) STRICT;

CREATE TABLE prompts (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  prompt TEXT NOT NULL,
  negative_prompt TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE prompt_text USING fts5(prompt, content='prompts', content_rowid='id', tokenize='trigram');
CREATE TRIGGER prompt_added AFTER INSERT ON prompts BEGIN
  INSERT INTO prompt_text (rowid, prompt) VALUES (new.id, new.prompt);
END;

CREATE TABLE checkpoints (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE folders (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE versions (id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE generations (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  prompt_id INTEGER NOT NULL REFERENCES prompts,
  planned TEXT NOT NULL,
  image_count INTEGER NOT NULL,
  saving TEXT NOT NULL CHECK (saving IN ('server', 'client')),
  planned_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('finished', 'abandoned', 'given-up', 'cut-off')),
  landed_count INTEGER,
  duration_ms REAL,
  gpu_idle_ms REAL,
  UNIQUE (run_id, number),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX open_generations ON generations (run_id) WHERE outcome IS NULL;
CREATE INDEX given_up_generations ON generations (ended_at) WHERE outcome = 'given-up';

CREATE TABLE images (
  id INTEGER PRIMARY KEY,
  generation_id INTEGER NOT NULL REFERENCES generations,
  seed INTEGER NOT NULL,
  folder_id INTEGER NOT NULL REFERENCES folders,
  name TEXT NOT NULL,
  prompt_id INTEGER NOT NULL REFERENCES prompts,
  checkpoint_id INTEGER NOT NULL REFERENCES checkpoints,
  version_id INTEGER REFERENCES versions,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  saved_at INTEGER NOT NULL,
  UNIQUE (generation_id, seed)
) STRICT;
CREATE INDEX images_by_time ON images (saved_at);
CREATE INDEX images_by_seed ON images (seed, saved_at);
CREATE INDEX images_by_checkpoint ON images (checkpoint_id, saved_at);
CREATE INDEX images_by_prompt ON images (prompt_id, saved_at);
CREATE INDEX images_by_folder ON images (folder_id);

CREATE TABLE failures (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs,
  generation_id INTEGER REFERENCES generations,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  http_status INTEGER,
  will_retry INTEGER NOT NULL,
  retry_delay_ms REAL
) STRICT;
CREATE INDEX failures_by_time ON failures (at, kind);

CREATE TABLE screen (id INTEGER PRIMARY KEY CHECK (id = 1), left_at INTEGER NOT NULL) STRICT;
`,
  `
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs,
  at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  action TEXT NOT NULL
) STRICT;
CREATE INDEX incidents_by_run ON incidents (run_id, id);
`,
];
