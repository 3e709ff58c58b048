-- Which score stands when more than one attempt was graded. An entry of the ledger holds what each attempt was scored with by then, where
-- there was more than one, as it holds everything else that stood after it.
ALTER TABLE assignments ADD COLUMN attempts_kept text NOT NULL DEFAULT 'latest' CHECK (attempts_kept IN ('latest', 'highest', 'average'));
ALTER TABLE grade_entries ADD COLUMN attempt_scores jsonb;
ALTER TABLE grades ADD COLUMN attempt_scores jsonb;
