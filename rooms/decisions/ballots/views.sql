CREATE TABLE IF NOT EXISTS ballot_rounds_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, closes_ms BIGINT NOT NULL,
  counted BOOLEAN NOT NULL, whole BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS ballot_rounds_1_number ON ballot_rounds_1 (number);
CREATE INDEX IF NOT EXISTS ballot_rounds_1_closes ON ballot_rounds_1 (counted, closes_ms);
CREATE TABLE IF NOT EXISTS ballot_logs_1 (
  id BYTEA PRIMARY KEY, size BIGINT NOT NULL, closed BOOLEAN NOT NULL, whole BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS ballot_credentials_2 (
  id BYTEA PRIMARY KEY, round BYTEA, batch BYTEA NOT NULL, area BYTEA, void BOOLEAN NOT NULL,
  turns BIGINT NOT NULL, whole BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS ballot_credentials_2_round ON ballot_credentials_2 (round, turns);
CREATE INDEX IF NOT EXISTS ballot_credentials_2_batch ON ballot_credentials_2 (batch);
CREATE TABLE IF NOT EXISTS ballot_papers_1 (
  id BYTEA PRIMARY KEY, round BYTEA, whole BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS ballot_papers_1_round ON ballot_papers_1 (round);
CREATE TABLE IF NOT EXISTS ballot_bundles_1 (id BYTEA PRIMARY KEY, json TEXT)
