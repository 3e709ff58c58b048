-- What others may know of sections. Course and term are those a section came from, by which its student information system knows it,
-- wherever it is taught.
CREATE VIEW section_cards WITH (security_invoker = true) AS
SELECT s.tenant_id, s.course_id, s.section_id, s.name, s.sis_id, c.code AS course_code, c.title AS course_title,
    c.sis_id AS course_sis_id, t.sis_id AS term_sis_id
FROM sections s
JOIN courses c ON c.tenant_id = s.tenant_id AND c.course_id = s.home_course_id
LEFT JOIN terms t ON t.tenant_id = c.tenant_id AND t.term_id = c.term_id
WHERE s.state = 'active';
SELECT platform.publish('section_cards');
