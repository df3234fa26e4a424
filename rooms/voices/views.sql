CREATE TABLE IF NOT EXISTS voices_1 (
  id BYTEA PRIMARY KEY, code TEXT NOT NULL, area BYTEA, channel TEXT NOT NULL,
  language TEXT NOT NULL, confidence BIGINT NOT NULL, said_ms BIGINT NOT NULL,
  heard_ms BIGINT NOT NULL, person BYTEA, kind TEXT, sectors TEXT NOT NULL,
  urgency BIGINT NOT NULL, held BOOLEAN NOT NULL, reachable BOOLEAN NOT NULL,
  on_behalf BOOLEAN NOT NULL, area_suggested BOOLEAN NOT NULL, status TEXT NOT NULL,
  waiting BOOLEAN NOT NULL, read_ms BIGINT, answered_ms BIGINT, outcome TEXT, body TEXT,
  due_day BIGINT, asked_ms BIGINT, noes BIGINT NOT NULL, linked_to BYTEA,
  number_seen BOOLEAN NOT NULL, erased BOOLEAN NOT NULL, sorted BOOLEAN NOT NULL,
  last_ms BIGINT NOT NULL, about BYTEA);
CREATE INDEX IF NOT EXISTS voices_1_queue ON voices_1 (waiting, held, urgency DESC, heard_ms, id);
CREATE INDEX IF NOT EXISTS voices_1_area ON voices_1 (area, heard_ms, id);
CREATE INDEX IF NOT EXISTS voices_1_time ON voices_1 (heard_ms, id);
CREATE INDEX IF NOT EXISTS voices_1_person ON voices_1 (person);
CREATE INDEX IF NOT EXISTS voices_1_linked ON voices_1 (linked_to);
