-- When each grader last looked at a gradebook, so that they can be told what others changed since.
CREATE TABLE gradebook_looks (
    tenant_id int NOT NULL,
    course_id bigint NOT NULL,
    user_id bigint NOT NULL,
    looked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, course_id, user_id)
);
SELECT platform.protect('gradebook_looks');

-- What was written in a course since an instant.
CREATE INDEX grade_entries_by_time ON grade_entries (tenant_id, course_id, at);
