-- What stood beside a kept comment each time it was said, as its owner's page told: of nobody's work in particular.
ALTER TABLE saved_comments ADD COLUMN scored_count int NOT NULL DEFAULT 0;
ALTER TABLE saved_comments ADD COLUMN percent_sum numeric(14, 4) NOT NULL DEFAULT 0;
