-- Work of others with the most fingerprints in common, as before, found by one short search of the index a fingerprint. Asked for all of them
-- at once the planner believed that most of the table has one of them, and read the table.
-- Of works that share one fingerprint 200 are looked at, and the fewer share it the more it says: what everybody was given names nobody. The
-- hundred that most is said of are then counted exactly.
CREATE OR REPLACE FUNCTION similar_work(wanted int[], of_assignment bigint, not_of bigint[], at_least int, at_most int)
RETURNS TABLE (submission_id bigint, shared int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH hits AS (
        SELECT hit.submission_id, hit.authors, 1.0::float8 / hit.works AS says
        FROM unnest(wanted) AS w(print) CROSS JOIN LATERAL (
            SELECT few.submission_id, few.authors, count(*) OVER () AS works FROM (
                SELECT p.submission_id, p.authors FROM similarity_prints p
                WHERE p.tenant_id = current_setting('lectern.tenant')::int AND p.prints @> ARRAY[w.print]
                    AND (of_assignment IS NULL OR p.assignment_id = of_assignment) AND NOT p.authors && not_of
                LIMIT 200) few) hit),
    candidates AS (
        SELECT best.submission_id FROM (
            SELECT DISTINCT ON (h.authors) h.submission_id, sum(h.says) AS says FROM hits h
            GROUP BY h.authors, h.submission_id ORDER BY h.authors, sum(h.says) DESC, h.submission_id DESC) best
        ORDER BY best.says DESC, best.submission_id LIMIT 5 * at_most)
    SELECT c.submission_id, counted.shared FROM candidates c CROSS JOIN LATERAL (
        SELECT count(*)::int AS shared FROM similarity_prints p CROSS JOIN unnest(p.prints) AS one(print)
        WHERE p.tenant_id = current_setting('lectern.tenant')::int AND p.submission_id = c.submission_id
            AND one.print = ANY (wanted)) counted
    WHERE counted.shared >= at_least ORDER BY counted.shared DESC, c.submission_id LIMIT at_most;
END $$;
