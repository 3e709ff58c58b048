-- The oldest version of a set whose programs can still serve this schema. A migration that takes something away raises it.
ALTER TABLE platform.schema_state ADD COLUMN serves_from int NOT NULL DEFAULT 0;
