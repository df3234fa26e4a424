CREATE TABLE IF NOT EXISTS offers_3 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, item TEXT NOT NULL, area BYTEA,
  amount BIGINT NOT NULL, price_minor BIGINT NOT NULL, currency TEXT NOT NULL,
  from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, languages TEXT NOT NULL,
  remote BOOLEAN NOT NULL, giver TEXT NOT NULL, body BYTEA, voice BYTEA,
  conflicts BYTEA NOT NULL, excluded BYTEA NOT NULL, vouches BYTEA NOT NULL, trigger_said TEXT,
  trigger_day BIGINT, standing BOOLEAN NOT NULL, takes BYTEA NOT NULL, left_amount BIGINT NOT NULL,
  withdrawn BOOLEAN NOT NULL, open BOOLEAN NOT NULL, made_ms BIGINT NOT NULL,
  last_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS offers_3_open ON offers_3 (open, made_ms, id);
CREATE INDEX IF NOT EXISTS offers_3_item ON offers_3 (item, open, until_day, id);
CREATE INDEX IF NOT EXISTS offers_3_voice ON offers_3 (voice);
CREATE INDEX IF NOT EXISTS offers_3_number ON offers_3 (number);
CREATE INDEX IF NOT EXISTS offers_3_standing ON offers_3 (standing, area, until_day, id);
