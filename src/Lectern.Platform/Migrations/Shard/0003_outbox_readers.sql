-- Several readers follow the outbox, each by a cursor of its own. A day is dropped when the slowest of them has passed it: an outside
-- broker that is away for a week must find everything when it returns.
CREATE OR REPLACE FUNCTION platform.tend_outbox(today date, keep_days int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = platform, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    part text;
    wanted date;
    old record;
    undelivered boolean;
    dropped int := 0;
    delivered xid8 := (SELECT from_tx FROM outbox_cursors ORDER BY from_tx LIMIT 1);
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
