-- Work that graders assess for themselves to see how near they come to a reference. None of it is ever a grade.
CREATE TABLE calibration_works (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    user_id bigint NOT NULL,
    submission_id bigint NOT NULL,
    score numeric(14, 4) NOT NULL,
    assessment jsonb,
    -- Why: read by who has answered.
    note text NOT NULL,
    author_id bigint NOT NULL,
    added_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, assignment_id, user_id)
);
SELECT platform.protect('calibration_works');

-- What each grader said before seeing the reference; it stays as it was said.
CREATE TABLE calibration_answers (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    user_id bigint NOT NULL,
    grader_id bigint NOT NULL,
    score numeric(14, 4) NOT NULL,
    assessment jsonb,
    comment text NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, assignment_id, user_id, grader_id)
);
SELECT platform.protect('calibration_answers', 'SELECT, INSERT, DELETE');
