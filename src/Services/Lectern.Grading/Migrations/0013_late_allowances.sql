-- What a learner is allowed beside the course's late policy: all that stood from then on, so that any day's is the newest entry of that day.
CREATE TABLE late_allowances (
    tenant_id int NOT NULL,
    course_id bigint NOT NULL,
    user_id bigint NOT NULL,
    version int NOT NULL CHECK (version > 0),
    allowance jsonb NOT NULL,
    actor_id bigint,
    reason text,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, course_id, user_id, version)
);
SELECT platform.protect('late_allowances', 'SELECT, INSERT');

-- The newest of them, where the row is folded from it.
ALTER TABLE gradebook_rows ADD COLUMN allowance jsonb;
