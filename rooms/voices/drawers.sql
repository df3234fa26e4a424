CREATE TABLE IF NOT EXISTS outbound (
  id BYTEA PRIMARY KEY, person BYTEA NOT NULL, voice BYTEA NOT NULL, urgency BIGINT NOT NULL,
  made_ms BIGINT NOT NULL, sealed BYTEA, lease BYTEA, lease_until BIGINT NOT NULL,
  tries BIGINT NOT NULL, refusals BIGINT NOT NULL, handed_ms BIGINT);
CREATE INDEX IF NOT EXISTS outbound_queue ON outbound (handed_ms, urgency, made_ms);
CREATE INDEX IF NOT EXISTS outbound_person ON outbound (person);
CREATE TABLE IF NOT EXISTS number_states (
  number BYTEA NOT NULL, state TEXT NOT NULL, until_ms BIGINT NOT NULL,
  PRIMARY KEY (number, state));
CREATE TABLE IF NOT EXISTS choices (
  person BYTEA NOT NULL, choice TEXT NOT NULL, value BYTEA NOT NULL,
  PRIMARY KEY (person, choice));
CREATE TABLE IF NOT EXISTS erasures_due (
  person BYTEA NOT NULL, voice BYTEA NOT NULL, due_ms BIGINT NOT NULL,
  PRIMARY KEY (person, voice));
CREATE TABLE IF NOT EXISTS sensitive_log (
  writer BYTEA NOT NULL, place BIGINT NOT NULL, id BYTEA NOT NULL, day BIGINT NOT NULL,
  sealed BYTEA NOT NULL, keys BYTEA NOT NULL, before BYTEA NOT NULL, hash BYTEA NOT NULL,
  code TEXT NOT NULL, state TEXT NOT NULL, hint BIGINT, PRIMARY KEY (writer, place));
CREATE INDEX IF NOT EXISTS sensitive_log_id ON sensitive_log (id);
CREATE TABLE IF NOT EXISTS public_counts (
  day BIGINT NOT NULL, area BYTEA NOT NULL, key TEXT NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (day, area, key));
CREATE TABLE IF NOT EXISTS alarms (voice BYTEA PRIMARY KEY, rung_ms BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS choices_value ON choices (choice, value);
CREATE TABLE IF NOT EXISTS notices (
  id BYTEA PRIMARY KEY, need BYTEA NOT NULL, notice BYTEA NOT NULL, made_ms BIGINT NOT NULL,
  after_ms BIGINT NOT NULL, after_id BYTEA NOT NULL, lease BYTEA, lease_until BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS to_settle (
  need BYTEA PRIMARY KEY, said_ms BIGINT NOT NULL, due_ms BIGINT NOT NULL, mark BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS notes (voice BYTEA PRIMARY KEY, sealed BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS dialogues (
  number BYTEA PRIMARY KEY, turn BYTEA NOT NULL, person BYTEA NOT NULL, until_ms BIGINT NOT NULL,
  sealed BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS dialogues_person ON dialogues (person);
CREATE TABLE IF NOT EXISTS followed (
  entity BYTEA PRIMARY KEY, person BYTEA NOT NULL, made_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL, sealed BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS followed_person ON followed (person);
