/**
 * The tables, as a list of migrations: the base's `user_version` says how many of them it has had.
 * A migration that was released is never changed; a new one is added below it.
 */
import type { Database } from 'better-sqlite3'

const migrations = [
  `
  CREATE TABLE workspace (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL DEFAULT 0,
    facts TEXT NOT NULL, created_at INTEGER NOT NULL
  );
  CREATE TABLE document (
    workspace TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, seq INTEGER NOT NULL,
    audience TEXT NOT NULL, state BLOB NOT NULL, row TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
  );
  -- Holds all that the feed decides by, so that it opens only the records it sends.
  CREATE INDEX document_seq ON document (workspace, seq, type, audience, id);
  CREATE INDEX document_type ON document (workspace, type);
  CREATE TABLE history (
    workspace TEXT NOT NULL, seq INTEGER NOT NULL, document TEXT NOT NULL, user TEXT NOT NULL,
    device TEXT NOT NULL, at INTEGER NOT NULL, made_at INTEGER NOT NULL, changes TEXT NOT NULL,
    PRIMARY KEY (workspace, seq)
  ) WITHOUT ROWID;
  CREATE INDEX history_document ON history (workspace, document, seq);
  CREATE TABLE writer (
    workspace TEXT NOT NULL, client INTEGER NOT NULL, user TEXT NOT NULL, device TEXT NOT NULL,
    PRIMARY KEY (workspace, client)
  ) WITHOUT ROWID;
  CREATE TABLE audience_loss (
    workspace TEXT NOT NULL, seq INTEGER NOT NULL, document TEXT NOT NULL, token TEXT NOT NULL,
    PRIMARY KEY (workspace, seq, document, token)
  ) WITHOUT ROWID;
  CREATE TABLE lookup (
    workspace TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (workspace, key, value, document)
  ) WITHOUT ROWID;
  CREATE TABLE user (
    workspace TEXT NOT NULL, id TEXT NOT NULL, email TEXT NOT NULL, password_hash TEXT NOT NULL,
    locale TEXT NOT NULL, created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, id), UNIQUE (workspace, email)
  );
  CREATE TABLE session (
    workspace TEXT NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL, expires_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, id)
  );
  CREATE INDEX session_user ON session (workspace, user);
  CREATE TABLE invite (
    workspace TEXT NOT NULL, token TEXT NOT NULL, email TEXT, name TEXT, role TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, created_by TEXT NOT NULL,
    PRIMARY KEY (workspace, token)
  );
  CREATE TABLE device (
    workspace TEXT NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL, sure TEXT NOT NULL,
    maybe TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (workspace, id)
  );
  CREATE TABLE lease (
    workspace TEXT NOT NULL, account TEXT NOT NULL, holder TEXT NOT NULL, expires_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, account)
  );
  CREATE TABLE secret (
    workspace TEXT NOT NULL, account TEXT NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (workspace, account)
  );
  CREATE TABLE connector_state (
    workspace TEXT NOT NULL, account TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (workspace, account, key)
  );
  CREATE TABLE quarantine (
    workspace TEXT NOT NULL, id TEXT NOT NULL, account TEXT NOT NULL, at INTEGER NOT NULL,
    error TEXT NOT NULL, file TEXT NOT NULL, source TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
  );
  CREATE INDEX quarantine_account ON quarantine (workspace, account, at);
  CREATE INDEX quarantine_file ON quarantine (workspace, file);
  CREATE TABLE inbox (
    workspace TEXT NOT NULL, id TEXT NOT NULL, account TEXT NOT NULL, at INTEGER NOT NULL,
    method TEXT NOT NULL, path TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
    done_at INTEGER,
    PRIMARY KEY (workspace, id)
  );
  CREATE INDEX inbox_waiting ON inbox (workspace, at) WHERE done_at IS NULL;
  CREATE TABLE file (
    workspace TEXT NOT NULL, hash TEXT NOT NULL, size INTEGER NOT NULL, type TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (workspace, hash)
  );
  CREATE TABLE file_owner (
    workspace TEXT NOT NULL, hash TEXT NOT NULL, user TEXT NOT NULL,
    PRIMARY KEY (workspace, hash, user)
  ) WITHOUT ROWID;
  CREATE TABLE file_link (
    workspace TEXT NOT NULL, hash TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (workspace, hash, document)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE person_device (
    workspace TEXT NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL, agent TEXT NOT NULL,
    first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, session TEXT NOT NULL, revoked_at INTEGER,
    PRIMARY KEY (workspace, id)
  );
  CREATE INDEX person_device_user ON person_device (workspace, user);
  `,
  'ALTER TABLE workspace ADD COLUMN restored_at INTEGER',
  `
  CREATE TABLE trash (
    workspace TEXT NOT NULL, document TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (workspace, document)
  ) WITHOUT ROWID;
  CREATE INDEX trash_at ON trash (workspace, at);
  -- What was deleted before is given its whole time from now on.
  INSERT INTO trash (workspace, document, at)
    SELECT workspace, id, unixepoch() * 1000 FROM document
    WHERE type IN ('client', 'person') AND row ->> '$.deletedAt' IS NOT NULL;
  CREATE TABLE tombstone (
    workspace TEXT NOT NULL, document TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    user TEXT NOT NULL,
    PRIMARY KEY (workspace, document)
  ) WITHOUT ROWID;
  CREATE INDEX tombstone_seq ON tombstone (workspace, seq);
  CREATE TABLE doomed_file (
    workspace TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (workspace, hash)
  ) WITHOUT ROWID;
  CREATE INDEX file_link_document ON file_link (workspace, document);
  CREATE INDEX lookup_document ON lookup (workspace, document);
  CREATE INDEX audience_loss_document ON audience_loss (workspace, document);
  `,
  // Tokens of clients and people name their type since there are roles. The text stays sorted.
  `
  UPDATE document SET audience = 'admin ' || type || ':all' ||
    replace(replace(substr(audience, 6), ' all', ' ' || type || ':open'),
      ' user:', ' ' || type || ':user:')
  WHERE type IN ('client', 'person') AND audience LIKE 'admin%';
  `,
  // 0: by no rules that are known, so that all audiences are made anew (see `reaudit.ts`).
  'ALTER TABLE workspace ADD COLUMN rules INTEGER NOT NULL DEFAULT 0',
  // Sessions that a device ever had: revoking it ends them all. Of those from before the last is known.
  `
  CREATE TABLE device_session (
    workspace TEXT NOT NULL, device TEXT NOT NULL, session TEXT NOT NULL,
    PRIMARY KEY (workspace, device, session)
  ) WITHOUT ROWID;
  INSERT INTO device_session (workspace, device, session)
    SELECT workspace, id, session FROM person_device;
  -- Who was served a file, and so may name it in other records.
  CREATE TABLE file_reader (
    workspace TEXT NOT NULL, hash TEXT NOT NULL, user TEXT NOT NULL,
    PRIMARY KEY (workspace, hash, user)
  ) WITHOUT ROWID;
  `,
  // Programs that use the REST API. Clients are found by their INN from now on.
  `
  CREATE TABLE api_token (
    workspace TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, name TEXT NOT NULL,
    employee TEXT NOT NULL, writes INTEGER NOT NULL, resources TEXT NOT NULL,
    created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at INTEGER,
    revoked_at INTEGER, revoked_by TEXT, used_at INTEGER, used_from TEXT,
    PRIMARY KEY (workspace, id), UNIQUE (workspace, hash)
  );
  CREATE TABLE api_key (
    workspace TEXT NOT NULL, token TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL,
    record TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (workspace, token, key)
  ) WITHOUT ROWID;
  CREATE INDEX api_key_at ON api_key (at);
  INSERT OR IGNORE INTO lookup (workspace, key, value, document)
    SELECT workspace, 'inn', replace(replace(row ->> '$.inn', ' ', ''), '-', ''), id FROM document
    WHERE type = 'client' AND coalesce(row ->> '$.inn', '') <> '';
  `,
  'ALTER TABLE api_token ADD COLUMN suspended_at INTEGER',
]

/** Of a base that has had all migrations. */
export const schemaVersion = migrations.length

/** Brings a base to the newest schema. Throws on a base that a newer program has written. */
export const migrate = (db: Database): void => {
  const had = Number(db.pragma('user_version', { simple: true }))
  if (had > migrations.length)
    throw new Error(
      `The base has schema ${had}, this program knows ${migrations.length}: update it`,
    )
  for (const [index, sql] of migrations.entries()) {
    if (index < had) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
}
