-- What assignments of questions ask, and what answers are judged by. Versions are never changed: a mark names the one it was made with.
CREATE TABLE question_sets (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    version int NOT NULL CHECK (version > 0),
    -- What all of them earn together.
    points_possible numeric(14, 4) NOT NULL,
    questions jsonb NOT NULL,
    actor_id bigint,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, assignment_id, version)
);
SELECT platform.protect('question_sets', 'SELECT, INSERT');

-- Answers by the ids of their questions.
ALTER TABLE submissions ADD COLUMN answers jsonb;
ALTER TABLE submission_drafts ADD COLUMN answers jsonb;
ALTER TABLE group_drafts ADD COLUMN answers jsonb;
ALTER TABLE submissions DROP CONSTRAINT submissions_type_check;
ALTER TABLE submissions ADD CONSTRAINT submissions_type_check CHECK (type IN ('text', 'file', 'url', 'media', 'questions')) NOT VALID;
ALTER TABLE assignments DROP CONSTRAINT assignments_submission_types_check;
ALTER TABLE assignments ADD CONSTRAINT assignments_submission_types_check CHECK (
    submission_types <@ ARRAY['text', 'file', 'url', 'media', 'on_paper', 'none', 'questions'] AND cardinality(submission_types) > 0)
    NOT VALID;

-- What each answer of an attempt earned.
CREATE TABLE question_marks (
    tenant_id int NOT NULL,
    submission_id bigint NOT NULL,
    question_id text NOT NULL,
    course_id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    user_id bigint NOT NULL,
    -- What the question was worth.
    points numeric(14, 4) NOT NULL,
    -- None: a person has to say.
    score numeric(14, 4),
    outcome text NOT NULL,
    feedback text NOT NULL DEFAULT '',
    -- The version of the questions it was judged by.
    key_version int NOT NULL,
    by_person boolean NOT NULL DEFAULT false,
    actor_id bigint,
    -- Over the answer as it was typed, so that the same answers lie together.
    answer_sha256 bytea NOT NULL,
    -- The learner has handed in again.
    superseded boolean NOT NULL DEFAULT false,
    at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, submission_id, question_id)
);
-- The answers to one question, the same ones together.
CREATE INDEX question_marks_by_answer ON question_marks (tenant_id, assignment_id, question_id, answer_sha256, submission_id);
SELECT platform.protect('question_marks');

-- A score that is the sum of marks says so, and whether a person had a part in it.
ALTER TABLE grade_entries DROP CONSTRAINT grade_entries_kind_check;
ALTER TABLE grade_entries ADD CONSTRAINT grade_entries_kind_check
    CHECK (kind IN ('score', 'status', 'posting', 'rubric', 'undo', 'marks')) NOT VALID;
ALTER TABLE grade_entries DROP CONSTRAINT grade_entries_source_check;
ALTER TABLE grade_entries ADD CONSTRAINT grade_entries_source_check
    CHECK (source IN ('person', 'quiz', 'import', 'policy', 'api', 'ai', 'automatic')) NOT VALID;
