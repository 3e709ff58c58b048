-- What graders look at a gradebook through, saved under a name; shared ones are seen by all graders of the course.
CREATE TABLE gradebook_views (
    tenant_id int NOT NULL,
    course_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    name text NOT NULL,
    -- Search, section, group, state and order.
    filters jsonb NOT NULL,
    shared boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, course_id, owner_id, name)
);
SELECT platform.protect('gradebook_views');
