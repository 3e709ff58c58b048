-- Who has taken equal answers to a question, and until when unless they say that they are still at it.
CREATE TABLE answer_claims (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    question_id text NOT NULL,
    answer_sha256 bytea NOT NULL,
    claimed_by bigint,
    claimed_until timestamptz,
    -- Passed over: they come after what nobody has passed over.
    skipped_at timestamptz,
    PRIMARY KEY (tenant_id, assignment_id, question_id, answer_sha256)
);
SELECT platform.protect('answer_claims');
