CREATE TABLE IF NOT EXISTS members_1 (
  id BYTEA PRIMARY KEY, name BYTEA, roles TEXT NOT NULL, steward BOOLEAN NOT NULL,
  joined_ms BIGINT NOT NULL, here BOOLEAN NOT NULL);
CREATE INDEX IF NOT EXISTS members_1_stewards ON members_1 (steward, here);
CREATE TABLE IF NOT EXISTS bodies_1 (
  id BYTEA PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, area BYTEA,
  constituency TEXT, contact TEXT NOT NULL, formed_ms BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS memberships_1 (
  id BYTEA PRIMARY KEY, body BYTEA NOT NULL, member BYTEA NOT NULL, holds BOOLEAN NOT NULL,
  since_ms BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS memberships_1_member ON memberships_1 (member, holds);
CREATE INDEX IF NOT EXISTS memberships_1_body ON memberships_1 (body, holds);
CREATE TABLE IF NOT EXISTS mandates_2 (
  id BYTEA PRIMARY KEY, body BYTEA NOT NULL, subject TEXT NOT NULL, area BYTEA,
  amount_minor BIGINT, currency TEXT, expiry_day BIGINT NOT NULL, instrument TEXT,
  given_ms BIGINT NOT NULL, ended_ms BIGINT, ended_why TEXT, by_body BYTEA);
CREATE INDEX IF NOT EXISTS mandates_2_body ON mandates_2 (body);
CREATE TABLE IF NOT EXISTS focals_1 (
  id BYTEA PRIMARY KEY, member BYTEA NOT NULL, woman BOOLEAN NOT NULL, outside BOOLEAN NOT NULL,
  public BYTEA NOT NULL, confirmed_ms BIGINT NOT NULL, stands BOOLEAN NOT NULL);
CREATE TABLE IF NOT EXISTS sealed_doors_1 (
  id BYTEA PRIMARY KEY, outside_number TEXT NOT NULL, referral_list TEXT NOT NULL,
  confirmed_ms BIGINT NOT NULL)
