CREATE TABLE IF NOT EXISTS calls_1 (
  id BYTEA PRIMARY KEY, rang_ms BIGINT NOT NULL, waiting BOOLEAN NOT NULL,
  tries BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS calls_1_queue ON calls_1 (waiting, rang_ms);
