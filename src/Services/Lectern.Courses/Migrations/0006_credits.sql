-- What a course is worth in a grade point average; null: nothing has been said, and it counts in none.
ALTER TABLE courses ADD COLUMN credits numeric(6, 2) CHECK (credits >= 0);

CREATE OR REPLACE VIEW course_cards WITH (security_invoker = true) AS
SELECT tenant_id, course_id, account_id, term_id, code, title, status, time_zone, color, opens_at, closes_at, version, credits
FROM courses WHERE status <> 'deleted';

CREATE VIEW term_cards WITH (security_invoker = true) AS
SELECT tenant_id, term_id, name, starts_at, ends_at FROM terms WHERE state = 'active';
SELECT platform.publish('term_cards');
