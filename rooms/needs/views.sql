CREATE TABLE IF NOT EXISTS needs_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, title TEXT NOT NULL, area BYTEA,
  sector TEXT NOT NULL, severity BIGINT NOT NULL, people_min BIGINT, people_max BIGINT,
  people_ms BIGINT, since_day BIGINT, source TEXT NOT NULL, status TEXT NOT NULL,
  published BOOLEAN NOT NULL, confirmed_by BYTEA, confirmed_how TEXT, assembly BYTEA,
  decision BYTEA, task BYTEA, body TEXT, due_day BIGINT, reason TEXT, stated_ms BIGINT NOT NULL,
  last_ms BIGINT NOT NULL, deliveries BIGINT NOT NULL, reopenings BIGINT NOT NULL,
  standing BOOLEAN NOT NULL, agenda BOOLEAN NOT NULL);
CREATE INDEX IF NOT EXISTS needs_1_number ON needs_1 (number);
CREATE INDEX IF NOT EXISTS needs_1_list ON needs_1 (standing, severity DESC, stated_ms, id);
CREATE INDEX IF NOT EXISTS needs_1_area ON needs_1 (area, standing, severity DESC, stated_ms, id);
CREATE INDEX IF NOT EXISTS needs_1_status ON needs_1 (status, severity DESC, stated_ms, id);
CREATE INDEX IF NOT EXISTS needs_1_sector ON needs_1 (sector, standing, severity DESC, stated_ms, id);
CREATE INDEX IF NOT EXISTS needs_1_public ON needs_1 (published, severity DESC, stated_ms, id);
CREATE INDEX IF NOT EXISTS needs_1_public_area ON needs_1 (area, published, severity DESC, stated_ms, id);
CREATE INDEX IF NOT EXISTS needs_1_agenda ON needs_1 (agenda, severity DESC, stated_ms, id);
CREATE INDEX IF NOT EXISTS needs_1_agenda_area ON needs_1 (area, agenda, severity DESC, stated_ms, id)
