CREATE TABLE IF NOT EXISTS windows_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, published BOOLEAN NOT NULL,
  closes_day BIGINT NOT NULL, shared_ms BIGINT, detail BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS windows_1_number ON windows_1 (number);
CREATE TABLE IF NOT EXISTS applications_2 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, under BYTEA NOT NULL, code BYTEA NOT NULL,
  detail BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS applications_2_under ON applications_2 (under, number);
CREATE INDEX IF NOT EXISTS applications_2_number ON applications_2 (number);
CREATE INDEX IF NOT EXISTS applications_2_code ON applications_2 (code);
CREATE TABLE IF NOT EXISTS purses_2 (
  id BYTEA PRIMARY KEY, under BYTEA, red_day BIGINT, last_payment BIGINT NOT NULL,
  detail BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS purses_2_red ON purses_2 (red_day);
CREATE INDEX IF NOT EXISTS purses_2_last ON purses_2 (last_payment)
