-- Several people mark it, each for themselves, and a moderator decides.
ALTER TABLE assignments ADD COLUMN several_markers boolean NOT NULL DEFAULT false;

-- How marks become one.
CREATE TABLE marking_plans (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    markers int NOT NULL CHECK (markers BETWEEN 1 AND 5),
    rule text NOT NULL CHECK (rule IN ('average', 'median', 'highest', 'moderator')),
    tolerance numeric(14, 4) NOT NULL CHECK (tolerance >= 0),
    tolerance_unit text NOT NULL CHECK (tolerance_unit IN ('points', 'percent')),
    -- Learners read what markers said once the grade is posted.
    shows_comments boolean NOT NULL,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, assignment_id)
);
SELECT platform.protect('marking_plans');

-- Who marks whose work, and the mark once there is one.
CREATE TABLE provisional_marks (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    user_id bigint NOT NULL,
    marker_id bigint NOT NULL,
    score numeric(14, 4),
    -- As it was when the marker could not see the others' yet: what agreement is measured by.
    blind_score numeric(14, 4),
    comment text NOT NULL DEFAULT '',
    marked_at timestamptz,
    -- Passed over: it comes after what was not.
    skipped_at timestamptz,
    version int NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, assignment_id, user_id, marker_id)
);
-- What one marker still has to mark.
CREATE INDEX provisional_marks_of_marker ON provisional_marks (tenant_id, assignment_id, marker_id, user_id);
SELECT platform.protect('provisional_marks');

-- What a mark became, with the marks it was made from; only ever added to.
CREATE TABLE mark_decisions (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    user_id bigint NOT NULL,
    version int NOT NULL CHECK (version > 0),
    way text NOT NULL CHECK (way IN ('rule', 'chosen', 'entered')),
    score numeric(14, 4) NOT NULL,
    marker_id bigint,
    -- Marker and score of each.
    marks jsonb NOT NULL,
    note text NOT NULL,
    actor_id bigint,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, assignment_id, user_id, version)
);
SELECT platform.protect('mark_decisions', 'SELECT, INSERT');
