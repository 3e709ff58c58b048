-- The last time a gradebook's totals were worked out anew from their entries, up to which version of it, and what came of it.
CREATE TABLE gradebook_checks (
    tenant_id int NOT NULL,
    course_id bigint NOT NULL,
    version bigint NOT NULL,
    compared bigint NOT NULL,
    different bigint NOT NULL,
    checked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, course_id)
);
SELECT platform.protect('gradebook_checks');
