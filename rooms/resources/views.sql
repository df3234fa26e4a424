CREATE TABLE IF NOT EXISTS requests_2 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, item TEXT NOT NULL, what TEXT NOT NULL,
  area BYTEA, amount BIGINT NOT NULL, need BYTEA, body BYTEA, counterpart BYTEA NOT NULL,
  wanted_day BIGINT NOT NULL, hand_over_day BIGINT NOT NULL, languages TEXT NOT NULL,
  remote BOOLEAN NOT NULL, urgency BIGINT NOT NULL, open BOOLEAN NOT NULL,
  asked_ms BIGINT NOT NULL, closed_ms BIGINT, reason TEXT, handed_over_ms BIGINT,
  helped_ms BIGINT, answered_yes BOOLEAN, answered_amount BIGINT, asked_by BYTEA,
  asked_about BYTEA, stars BIGINT, word TEXT, rated_received BIGINT, rated_by BYTEA,
  last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS requests_2_open ON requests_2 (open, wanted_day, id);
CREATE INDEX IF NOT EXISTS requests_2_area ON requests_2 (area, open, wanted_day, id);
CREATE INDEX IF NOT EXISTS requests_2_hand ON requests_2 (handed_over_ms, hand_over_day, id);
CREATE INDEX IF NOT EXISTS requests_2_number ON requests_2 (number);
CREATE INDEX IF NOT EXISTS requests_2_about ON requests_2 (asked_about);
