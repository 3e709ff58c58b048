-- What learners were told of reviews among peers, so that each is told once.
CREATE TABLE peer_notices (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    user_id bigint NOT NULL,
    -- Due: reviews are still theirs to write. Shown: reviews of their own work can be read.
    notice text NOT NULL CHECK (notice IN ('due', 'shown')),
    told_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, assignment_id, user_id, notice)
);
SELECT platform.protect('peer_notices', 'SELECT, INSERT');
