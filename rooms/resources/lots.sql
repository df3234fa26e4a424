CREATE TABLE IF NOT EXISTS lots_2 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, item TEXT NOT NULL, area BYTEA,
  amount BIGINT NOT NULL, here BIGINT NOT NULL, handed BIGINT NOT NULL, lost BIGINT NOT NULL,
  good_until_day BIGINT, source TEXT NOT NULL, came_by BYTEA, request BYTEA, wanted_at BYTEA,
  hands BYTEA NOT NULL,
  there BOOLEAN NOT NULL, stocked_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS lots_2_there ON lots_2 (there, area, item, id);
CREATE INDEX IF NOT EXISTS lots_2_item ON lots_2 (item, there, id);
