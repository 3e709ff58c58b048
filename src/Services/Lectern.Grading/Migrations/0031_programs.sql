-- How the tests of a program went that was handed in as an answer.
ALTER TABLE question_marks ADD COLUMN results jsonb;
