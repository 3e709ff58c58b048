-- Since when each learner takes a course: what fell due before is not theirs to have missed. A seat that was taken back counts, so that
-- a move from one section to another is no arrival.
CREATE VIEW course_arrivals WITH (security_invoker = true) AS
SELECT tenant_id, course_id, user_id, min(created_at) AS arrived_at FROM enrollments WHERE role = 'learner'
GROUP BY tenant_id, course_id, user_id;
SELECT platform.publish('course_arrivals');
