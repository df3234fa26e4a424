CREATE TABLE IF NOT EXISTS voices_2 (
  id BYTEA PRIMARY KEY, code TEXT NOT NULL, area BYTEA, channel TEXT NOT NULL,
  language TEXT NOT NULL, confidence BIGINT NOT NULL, said_ms BIGINT NOT NULL,
  heard_ms BIGINT NOT NULL, person BYTEA, kind TEXT, sectors TEXT NOT NULL,
  urgency BIGINT NOT NULL, held BOOLEAN NOT NULL, reachable BOOLEAN NOT NULL,
  on_behalf BOOLEAN NOT NULL, area_suggested BOOLEAN NOT NULL, status TEXT NOT NULL,
  waiting BOOLEAN NOT NULL, read_ms BIGINT, answered_ms BIGINT, outcome TEXT, body TEXT,
  due_day BIGINT, asked_ms BIGINT, noes BIGINT NOT NULL, linked_to BYTEA,
  number_seen BOOLEAN NOT NULL, erased BOOLEAN NOT NULL, sorted BOOLEAN NOT NULL,
  last_ms BIGINT NOT NULL, about BYTEA, need BYTEA, grouped_ms BIGINT, told BYTEA,
  consented BOOLEAN NOT NULL, quoted BOOLEAN NOT NULL);
CREATE INDEX IF NOT EXISTS voices_2_queue ON voices_2 (waiting, held, urgency DESC, heard_ms, id);
CREATE INDEX IF NOT EXISTS voices_2_area ON voices_2 (area, heard_ms, id);
CREATE INDEX IF NOT EXISTS voices_2_time ON voices_2 (heard_ms, id);
CREATE INDEX IF NOT EXISTS voices_2_person ON voices_2 (person);
CREATE INDEX IF NOT EXISTS voices_2_linked ON voices_2 (linked_to);
CREATE INDEX IF NOT EXISTS voices_2_need ON voices_2 (need, grouped_ms, id);
CREATE INDEX IF NOT EXISTS voices_2_quoted ON voices_2 (need, quoted, grouped_ms, id);
