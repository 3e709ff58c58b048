-- What a course calls late and missing work for everybody in it, and the statuses of its own. A grade keeps the number of one.
CREATE TABLE grade_labels (
    tenant_id int NOT NULL,
    course_id bigint NOT NULL,
    -- Words, colours and what is switched off, of the course and of single assignments.
    labels jsonb NOT NULL,
    version int NOT NULL,
    PRIMARY KEY (tenant_id, course_id)
);
SELECT platform.protect('grade_labels');
ALTER TABLE grade_entries ADD COLUMN label smallint;
ALTER TABLE grades ADD COLUMN label smallint;
