CREATE TABLE IF NOT EXISTS lots_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, item TEXT NOT NULL, area BYTEA,
  amount BIGINT NOT NULL, here BIGINT NOT NULL, handed BIGINT NOT NULL, lost BIGINT NOT NULL,
  good_until_day BIGINT, source TEXT NOT NULL, came_by BYTEA, request BYTEA, hands BYTEA NOT NULL,
  there BOOLEAN NOT NULL, stocked_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS lots_1_there ON lots_1 (there, area, item, id);
CREATE INDEX IF NOT EXISTS lots_1_item ON lots_1 (item, there, id);
