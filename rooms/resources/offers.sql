CREATE TABLE IF NOT EXISTS offers_2 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, item TEXT NOT NULL, area BYTEA,
  amount BIGINT NOT NULL, price_minor BIGINT NOT NULL, currency TEXT NOT NULL,
  from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, languages TEXT NOT NULL,
  remote BOOLEAN NOT NULL, giver TEXT NOT NULL, body BYTEA, voice BYTEA,
  conflicts BYTEA NOT NULL, excluded BYTEA NOT NULL, vouches BYTEA NOT NULL, trigger_said TEXT,
  trigger_day BIGINT, standing BOOLEAN NOT NULL, takes BYTEA NOT NULL, left_amount BIGINT NOT NULL,
  withdrawn BOOLEAN NOT NULL, open BOOLEAN NOT NULL, made_ms BIGINT NOT NULL,
  last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS offers_2_open ON offers_2 (open, made_ms, id);
CREATE INDEX IF NOT EXISTS offers_2_item ON offers_2 (item, open, until_day, id);
CREATE INDEX IF NOT EXISTS offers_2_voice ON offers_2 (voice);
CREATE INDEX IF NOT EXISTS offers_2_number ON offers_2 (number);
CREATE INDEX IF NOT EXISTS offers_2_standing ON offers_2 (standing, area, until_day, id);
