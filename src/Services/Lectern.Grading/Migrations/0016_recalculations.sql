-- Why a course's totals were worked out anew, each time they were: who trusts a total can ask what moved it.
CREATE TABLE recalculations (
    tenant_id int NOT NULL,
    course_id bigint NOT NULL,
    structure_version int NOT NULL,
    cause text NOT NULL,
    subject_id bigint,
    actor_id bigint,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, course_id, structure_version)
);
SELECT platform.protect('recalculations');
