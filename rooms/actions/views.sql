CREATE TABLE IF NOT EXISTS tasks_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, what TEXT NOT NULL, kind TEXT NOT NULL,
  area BYTEA, decision BYTEA, needs BYTEA NOT NULL, body BYTEA, due_day BIGINT NOT NULL,
  status TEXT NOT NULL, open BOOLEAN NOT NULL, holder BYTEA, set_ms BIGINT NOT NULL,
  done_ms BIGINT, done_day BIGINT, arrived TEXT, much TEXT, how TEXT, reason TEXT,
  referred_to TEXT, asked BIGINT, yes BIGINT, no BIGINT, promised BOOLEAN NOT NULL,
  last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS tasks_1_open ON tasks_1 (open, due_day, id);
CREATE INDEX IF NOT EXISTS tasks_1_area ON tasks_1 (area, open, due_day, id);
CREATE INDEX IF NOT EXISTS tasks_1_holder ON tasks_1 (holder, open, due_day, id);
CREATE INDEX IF NOT EXISTS tasks_1_body ON tasks_1 (body, open, due_day, id);
CREATE INDEX IF NOT EXISTS tasks_1_done ON tasks_1 (open, done_ms, id);
CREATE INDEX IF NOT EXISTS tasks_1_number ON tasks_1 (number);
CREATE INDEX IF NOT EXISTS tasks_1_decision ON tasks_1 (decision);
