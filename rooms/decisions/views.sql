CREATE TABLE IF NOT EXISTS assemblies_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, body BYTEA NOT NULL, area BYTEA,
  starts_ms BIGINT NOT NULL, status TEXT NOT NULL, whole BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS assemblies_1_number ON assemblies_1 (number);
CREATE INDEX IF NOT EXISTS assemblies_1_body ON assemblies_1 (body, starts_ms);
CREATE INDEX IF NOT EXISTS assemblies_1_starts ON assemblies_1 (starts_ms, id);
CREATE TABLE IF NOT EXISTS proposals_1 (
  id BYTEA PRIMARY KEY, number BIGINT NOT NULL, area BYTEA, status TEXT NOT NULL,
  supporters BIGINT NOT NULL, made_ms BIGINT NOT NULL, by_women BOOLEAN NOT NULL,
  whole BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS proposals_1_number ON proposals_1 (number);
CREATE INDEX IF NOT EXISTS proposals_1_status ON proposals_1 (status, made_ms, id);
CREATE INDEX IF NOT EXISTS proposals_1_by_women ON proposals_1 (by_women, status);
CREATE TABLE IF NOT EXISTS body_rules_1 (
  id BYTEA PRIMARY KEY, body BYTEA NOT NULL, women_share_min_percent BIGINT NOT NULL,
  attendance_min BIGINT NOT NULL, support_min BIGINT NOT NULL,
  agenda_voices_min BIGINT NOT NULL, set_ms BIGINT NOT NULL, by_decision BYTEA);
CREATE TABLE IF NOT EXISTS attendance_1 (
  id BYTEA PRIMARY KEY, assembly BYTEA NOT NULL, told TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS attendance_1_assembly ON attendance_1 (assembly, told)
