CREATE TABLE IF NOT EXISTS credentials (member BYTEA PRIMARY KEY, hash BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
  token BYTEA PRIMARY KEY, member BYTEA NOT NULL, made_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS sessions_member ON sessions (member);
CREATE INDEX IF NOT EXISTS sessions_until ON sessions (until_ms);
CREATE TABLE IF NOT EXISTS focal_secrets (member BYTEA PRIMARY KEY, wrapped BYTEA NOT NULL)
