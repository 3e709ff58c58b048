-- What others may know of assignments. Nobody sees one here before it is published.
CREATE VIEW assignment_cards WITH (security_invoker = true) AS
SELECT tenant_id, course_id, assignment_id, title, due_at FROM assignments WHERE status = 'published';
SELECT platform.publish('assignment_cards');

-- The assignments each learner has, due at the learner's own date. Who has no line in the gradebook yet has them by everybody's dates.
-- 1024 is the flag of work that is not assigned; in own_dues the smallest bigint says "as everybody", the largest "at no time".
CREATE VIEW learner_assignments WITH (security_invoker = true) AS
SELECT DISTINCT a.tenant_id, a.course_id, m.user_id, a.assignment_id, a.title,
    CASE COALESCE(r.own_dues[a.slot + 1], -9223372036854775808)
        WHEN -9223372036854775808 THEN a.due_at
        WHEN 9223372036854775807 THEN NULL
        ELSE to_timestamp(r.own_dues[a.slot + 1] / 1000.0) END AS due_at
FROM course_members m
JOIN assignments a ON a.tenant_id = m.tenant_id AND a.course_id = m.course_id
LEFT JOIN gradebook_rows r ON r.tenant_id = m.tenant_id AND r.course_id = m.course_id AND r.user_id = m.user_id
WHERE m.role = 'learner' AND m.state = 'active' AND a.status = 'published'
    AND COALESCE(r.flags[a.slot + 1], 0) & 1024 = 0 AND (NOT a.only_named OR r.flags[a.slot + 1] IS NOT NULL);
SELECT platform.publish('learner_assignments');
