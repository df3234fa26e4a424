CREATE TABLE IF NOT EXISTS decisions_2 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, area BYTEA, body BYTEA NOT NULL, assembly BYTEA,
  needs TEXT NOT NULL, moved_ms BIGINT NOT NULL, resolved_ms BIGINT, waiting_on BYTEA,
  waiting_since_ms BIGINT, promise_body BYTEA, promise_due_day BIGINT,
  promise_open BOOLEAN NOT NULL, review_day BIGINT, review_open BOOLEAN NOT NULL,
  detail BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS decisions_2_number ON decisions_2 (number);
CREATE INDEX IF NOT EXISTS decisions_2_area ON decisions_2 (area, resolved_ms);
CREATE INDEX IF NOT EXISTS decisions_2_assembly ON decisions_2 (assembly);
CREATE INDEX IF NOT EXISTS decisions_2_waiting ON decisions_2 (waiting_on, waiting_since_ms);
CREATE INDEX IF NOT EXISTS decisions_2_promises ON decisions_2 (promise_open, promise_due_day);
CREATE INDEX IF NOT EXISTS decisions_2_reviews ON decisions_2 (review_open, review_day);
CREATE TABLE IF NOT EXISTS afar_1 (
  id BYTEA PRIMARY KEY, decision BYTEA, choice TEXT NOT NULL, counts BOOLEAN NOT NULL);
CREATE INDEX IF NOT EXISTS afar_1_decision ON afar_1 (decision, counts, choice)
