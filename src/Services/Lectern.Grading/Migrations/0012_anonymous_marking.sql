-- Graders do not see whose work it is from when there is a key until it is lifted. Pseudonyms are worked out from the key.
ALTER TABLE assignments ADD COLUMN anonymity_key bytea;
ALTER TABLE assignments ADD COLUMN anonymity_lifted_at timestamptz;
ALTER TABLE assignments ADD COLUMN anonymity_lifted_by bigint;
