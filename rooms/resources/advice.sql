CREATE TABLE IF NOT EXISTS advice_1 (
  id BYTEA PRIMARY KEY, request BYTEA NOT NULL, discipline TEXT NOT NULL,
  until_day BIGINT NOT NULL, invited_ms BIGINT NOT NULL, given_ms BIGINT, gains BOOLEAN NOT NULL,
  status TEXT NOT NULL, reason TEXT, useful BIGINT, word TEXT NOT NULL, erased BOOLEAN NOT NULL,
  last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS advice_1_request ON advice_1 (request, invited_ms, id);
