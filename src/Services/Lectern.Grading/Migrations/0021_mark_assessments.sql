-- A marker's assessment by the rubric, as the ledger keeps assessments.
ALTER TABLE provisional_marks ADD COLUMN assessment jsonb;
