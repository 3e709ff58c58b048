-- Reviewers first review works that have a reference; how near they come says how much their reviews count where they are weighted.
ALTER TABLE peer_plans ADD COLUMN calibrates boolean NOT NULL DEFAULT false;
ALTER TABLE peer_reviews DROP CONSTRAINT peer_reviews_kind_check;
ALTER TABLE peer_reviews ADD CONSTRAINT peer_reviews_kind_check CHECK (kind IN ('peer', 'self', 'sample')) NOT VALID;
