CREATE TABLE IF NOT EXISTS waybills_2 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, lot BYTEA NOT NULL, from_area BYTEA,
  to_area BYTEA, item TEXT NOT NULL, amount BIGINT NOT NULL, carrier BYTEA, request BYTEA,
  wanted_at BYTEA, good_until_day BIGINT, status TEXT NOT NULL, sent_by BYTEA, sent_ms BIGINT NOT NULL,
  came BIGINT, difference TEXT, came_day BIGINT, reason TEXT, last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS waybills_2_status ON waybills_2 (status, sent_ms, id);
CREATE INDEX IF NOT EXISTS waybills_2_number ON waybills_2 (number);
