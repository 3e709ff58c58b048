-- What a grader says of work is read once the grade is posted. Some things are meant to be read at once, whatever is posted.
ALTER TABLE submission_comments ADD COLUMN at_once boolean NOT NULL DEFAULT false;
-- Said while the learner was not to see it, and nobody has told them since.
ALTER TABLE submission_comments ADD COLUMN waits boolean NOT NULL DEFAULT false;
-- What is told after a posting.
CREATE INDEX submission_comments_waiting ON submission_comments (tenant_id, assignment_id, user_id) WHERE waits;
