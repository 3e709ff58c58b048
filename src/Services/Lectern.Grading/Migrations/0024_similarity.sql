-- Whether an assignment's work is compared with other work, with what, and what does not count. No row: it is not.
CREATE TABLE similarity_policies (
    tenant_id int NOT NULL,
    assignment_id bigint NOT NULL,
    course_id bigint NOT NULL,
    enabled boolean NOT NULL,
    reach text NOT NULL CHECK (reach IN ('assignment', 'institution')),
    without_quotations boolean NOT NULL,
    -- What everybody was given and may therefore have.
    template text NOT NULL DEFAULT '',
    shown_to_learners text NOT NULL CHECK (shown_to_learners IN ('never', 'after_hand_in', 'after_due')),
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, assignment_id)
);
SELECT platform.protect('similarity_policies');

-- One attempt as text, and how much of it stands elsewhere. Offsets count UTF-16 units, as browsers do. What a group handed in stands here
-- once, under the first of its members' attempts.
CREATE TABLE similarity_checks (
    tenant_id int NOT NULL,
    submission_id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    course_id bigint NOT NULL,
    user_id bigint NOT NULL,
    -- Who made it: one, or the members of a group as they were.
    authors bigint[] NOT NULL,
    attempt int NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'comparing', 'ready', 'nothing')),
    body text NOT NULL DEFAULT '',
    -- Beginnings and ends of what does not count: template and quotations.
    left_out int[] NOT NULL DEFAULT '{}',
    -- Files that could not be read, and why.
    unread jsonb NOT NULL DEFAULT '{"files": []}',
    words int NOT NULL DEFAULT 0,
    left_out_words int NOT NULL DEFAULT 0,
    matched_words int NOT NULL DEFAULT 0,
    -- Hundredths of a percent of the words that count.
    share int NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 10000),
    checked_at timestamptz,
    PRIMARY KEY (tenant_id, submission_id)
);
-- A list of an assignment's checks begins with the most alike.
CREATE INDEX similarity_checks_by_share ON similarity_checks (tenant_id, assignment_id, share DESC, submission_id DESC);
SELECT platform.protect('similarity_checks');

-- What stands in a piece of work and in a source, from the side of the work. Two pieces of work that match have a row each.
CREATE TABLE similarity_matches (
    tenant_id int NOT NULL,
    submission_id bigint NOT NULL,
    source text NOT NULL,
    -- None: the source is no work of this institution.
    other_submission_id bigint,
    title text,
    address text,
    matched_words int NOT NULL,
    -- Four numbers a passage: where it begins and ends here, and there.
    passages int[] NOT NULL,
    PRIMARY KEY (tenant_id, submission_id, source)
);
SELECT platform.protect('similarity_matches');

-- Sources that somebody found to be none: they no longer count in this work, however often it is compared anew.
CREATE TABLE similarity_exclusions (
    tenant_id int NOT NULL,
    submission_id bigint NOT NULL,
    source text NOT NULL,
    excluded_by bigint,
    excluded_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, submission_id, source)
);
SELECT platform.protect('similarity_exclusions');

-- Fingerprints of texts, made by winnowing.
CREATE TABLE similarity_prints (
    tenant_id int NOT NULL,
    submission_id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    authors bigint[] NOT NULL,
    prints int[] NOT NULL,
    PRIMARY KEY (tenant_id, submission_id)
);
-- Written at once and not kept aside for later: what is kept aside is read whole by every search.
CREATE INDEX similarity_prints_by_print ON similarity_prints USING gin (prints) WITH (fastupdate = off);
SELECT platform.protect('similarity_prints');

-- Work of others with the most fingerprints in common, at most one attempt of the same people. It runs above the row policies because the
-- operator of the index may not be asked below them; so the institution is the one of the transaction and cannot be named by the
-- caller. Of no assignment: of all of the institution.
CREATE FUNCTION similar_work(wanted int[], of_assignment bigint, not_of bigint[], at_least int, at_most int)
RETURNS TABLE (submission_id bigint, shared int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT best.submission_id, best.shared FROM (
        SELECT DISTINCT ON (f.authors) f.authors, f.submission_id, f.shared FROM (
            SELECT p.authors, p.submission_id,
                (SELECT count(*)::int FROM unnest(p.prints) AS one(print) WHERE one.print = ANY (wanted)) AS shared
            FROM similarity_prints p
            WHERE p.tenant_id = current_setting('lectern.tenant')::int AND p.prints && wanted
                AND (of_assignment IS NULL OR p.assignment_id = of_assignment) AND NOT p.authors && not_of) f
        WHERE f.shared >= at_least ORDER BY f.authors, f.shared DESC, f.submission_id DESC) best
    ORDER BY best.shared DESC, best.submission_id LIMIT at_most;
END $$;
REVOKE ALL ON FUNCTION similar_work(int[], bigint, bigint[], int, int) FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION similar_work(int[], bigint, bigint[], int, int) TO %I',
        current_setting('lectern.cell_role'));
END $$;
