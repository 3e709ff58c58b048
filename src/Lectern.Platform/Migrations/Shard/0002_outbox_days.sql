-- Events of one day share a partition, so that what has been delivered is dropped in one step instead of deleted row by row.
-- The worker may not make tables; this one function does it for the owner.
ALTER TABLE platform.outbox OWNER TO lectern_owner;
ALTER TABLE platform.outbox_default OWNER TO lectern_owner;
-- Reached through its parent only; these keep everybody out who names it directly.
ALTER TABLE platform.outbox_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.outbox_default FORCE ROW LEVEL SECURITY;
GRANT SELECT ON platform.outbox_cursors TO lectern_owner;

CREATE FUNCTION platform.tend_outbox(today date, keep_days int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platform, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    part text;
    wanted date;
    old record;
    undelivered boolean;
    dropped int := 0;
    delivered xid8 := (SELECT from_tx FROM outbox_cursors WHERE reader = 'relay');
BEGIN
    FOR ahead IN 0..3 LOOP
        wanted := today + ahead;
        part := 'outbox_' || to_char(wanted, 'YYYYMMDD');
        -- A day whose first events fell into the default partition stays there.
        IF to_regclass('platform.' || part) IS NULL AND NOT EXISTS (SELECT FROM outbox_default WHERE day = wanted) THEN
            EXECUTE format('CREATE TABLE platform.%I (LIKE platform.outbox INCLUDING DEFAULTS)', part);
            EXECUTE format('ALTER TABLE platform.%I ENABLE ROW LEVEL SECURITY', part);
            EXECUTE format('ALTER TABLE platform.%I FORCE ROW LEVEL SECURITY', part);
            EXECUTE format('ALTER TABLE platform.outbox ATTACH PARTITION platform.%I FOR VALUES FROM (%L) TO (%L)', part, wanted, wanted + 1);
        END IF;
    END LOOP;

    FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = 'platform.outbox'::regclass AND c.relname ~ '^outbox_[0-9]{8}$'
                 AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - keep_days LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM platform.%I WHERE tx >= $1)', old.relname) INTO undelivered USING delivered;
        IF NOT undelivered THEN
            EXECUTE format('DROP TABLE platform.%I', old.relname);
            dropped := dropped + 1;
        END IF;
    END LOOP;

    DELETE FROM outbox_default WHERE day < today - keep_days AND tx < delivered;
    RETURN dropped;
END $$;
ALTER FUNCTION platform.tend_outbox(date, int) OWNER TO lectern_owner;
REVOKE ALL ON FUNCTION platform.tend_outbox(date, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.tend_outbox(date, int) TO lectern_worker;
SELECT platform.tend_outbox((now() AT TIME ZONE 'UTC')::date, 7);
