-- What others may know of groups: the sets a course has, and which of its learners works with whom. An instructor's groups and those
-- learners chose themselves are the same; who is no active learner any more is in none.
CREATE VIEW group_set_cards WITH (security_invoker = true) AS
SELECT tenant_id, course_id, group_set_id, name FROM group_sets WHERE state = 'active' AND course_id IS NOT NULL;
SELECT platform.publish('group_set_cards');

CREATE VIEW group_seats WITH (security_invoker = true) AS
SELECT m.tenant_id, s.course_id, m.group_set_id, m.group_id, g.name AS group_name, m.user_id
FROM group_members m
JOIN groups g ON g.tenant_id = m.tenant_id AND g.group_id = m.group_id AND g.state = 'active'
JOIN group_sets s ON s.tenant_id = m.tenant_id AND s.group_set_id = m.group_set_id AND s.state = 'active'
WHERE EXISTS (
    SELECT 1 FROM enrollments e
    WHERE e.tenant_id = m.tenant_id AND e.course_id = s.course_id AND e.user_id = m.user_id AND e.role = 'learner'
        AND e.state = 'active');
SELECT platform.publish('group_seats');
