CREATE TABLE IF NOT EXISTS waybills_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, lot BYTEA NOT NULL, from_area BYTEA,
  to_area BYTEA, item TEXT NOT NULL, amount BIGINT NOT NULL, carrier BYTEA, request BYTEA,
  good_until_day BIGINT, status TEXT NOT NULL, sent_by BYTEA, sent_ms BIGINT NOT NULL,
  came BIGINT, difference TEXT, came_day BIGINT, reason TEXT, last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS waybills_1_status ON waybills_1 (status, sent_ms, id);
CREATE INDEX IF NOT EXISTS waybills_1_number ON waybills_1 (number);
