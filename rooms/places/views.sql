CREATE TABLE IF NOT EXISTS cities_1 (
  id BYTEA PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, languages TEXT NOT NULL,
  emergency TEXT NOT NULL, sms_number TEXT NOT NULL, offset_minutes BIGINT NOT NULL,
  demo BOOLEAN NOT NULL, hidden BOOLEAN NOT NULL, hidden_reason TEXT NOT NULL);
-- areas
CREATE TABLE IF NOT EXISTS areas_1 (
  id BYTEA PRIMARY KEY, name TEXT NOT NULL, other_name TEXT, code TEXT NOT NULL,
  parent_name TEXT NOT NULL, population BIGINT, source TEXT NOT NULL, standing TEXT NOT NULL,
  body BYTEA, rings BYTEA, changed BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS areas_1_body ON areas_1 (body)
