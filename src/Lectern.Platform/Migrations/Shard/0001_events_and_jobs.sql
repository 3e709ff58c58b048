-- What every database that holds cells needs: events on their way out, work to be done, and what has been migrated.

-- Written in the tenant's transaction, read in order by the relay, dropped by partition. Never updated, so no dead rows pile up.
CREATE TABLE platform.outbox (
    position bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id int NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    aggregate text NOT NULL,
    body jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    trace text,
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    day date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date
) PARTITION BY RANGE (day);
CREATE TABLE platform.outbox_default PARTITION OF platform.outbox DEFAULT;
-- The relay reads a window of transactions in order of position.
CREATE INDEX outbox_by_tx ON platform.outbox (tx, position);

CREATE TABLE platform.outbox_cursors (
    reader text PRIMARY KEY,
    from_tx xid8 NOT NULL,
    to_tx xid8 NOT NULL,
    position bigint NOT NULL
);

CREATE TABLE platform.inbox (
    tenant_id int NOT NULL,
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    handled_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, consumer, event_id)
);

CREATE TABLE platform.jobs (
    job_id uuid PRIMARY KEY,
    tenant_id int NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    actor_id bigint,
    priority smallint NOT NULL,
    state text NOT NULL CHECK (state IN ('ready', 'running', 'done', 'dead', 'cancelled')),
    order_key text,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    run_at timestamptz NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    max_attempts int NOT NULL,
    lease uuid,
    lease_until timestamptz,
    leased_by text,
    progress bigint NOT NULL DEFAULT 0,
    total bigint,
    result jsonb,
    error text,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    trace text
) WITH (fillfactor = 70);
-- Claims walk tenant by tenant, so that one institution's thousand jobs do not stand in front of another's one.
CREATE INDEX jobs_ready ON platform.jobs (tenant_id, priority, run_at) WHERE state = 'ready';
CREATE INDEX jobs_running ON platform.jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_in_order ON platform.jobs (order_key, seq) WHERE order_key IS NOT NULL AND state IN ('ready', 'running');
CREATE INDEX jobs_by_tenant ON platform.jobs (tenant_id, created_at DESC);

CREATE TABLE platform.schedules (
    name text PRIMARY KEY,
    next_run_at timestamptz NOT NULL,
    last_run_at timestamptz,
    last_error text
);

-- How far the audit sealer has come in each cell: everything before this transaction is sealed.
CREATE TABLE platform.audit_marks (
    schema_name text PRIMARY KEY,
    tx xid8 NOT NULL
);


ALTER TABLE platform.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.outbox FORCE ROW LEVEL SECURITY;
ALTER TABLE platform.inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.inbox FORCE ROW LEVEL SECURITY;
ALTER TABLE platform.jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.outbox TO lectern_app USING (tenant_id = (SELECT current_setting('lectern.tenant')::int));
CREATE POLICY tenant ON platform.inbox TO lectern_app USING (tenant_id = (SELECT current_setting('lectern.tenant')::int));
CREATE POLICY tenant ON platform.jobs TO lectern_app USING (tenant_id = (SELECT current_setting('lectern.tenant')::int));
CREATE POLICY relay ON platform.outbox TO lectern_worker USING (true);
CREATE POLICY relay ON platform.inbox TO lectern_worker USING (true);
CREATE POLICY relay ON platform.jobs TO lectern_worker USING (true);

GRANT SELECT, INSERT ON platform.outbox TO lectern_app;
GRANT SELECT, INSERT ON platform.inbox TO lectern_app;
GRANT SELECT, INSERT ON platform.jobs TO lectern_app;
-- A job's own transaction marks it done, and a person may cancel or replay one; nothing else of a job changes.
GRANT UPDATE (state, result, error, finished_at, lease, lease_until, attempts, run_at) ON platform.jobs TO lectern_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.outbox, platform.outbox_cursors, platform.inbox, platform.jobs, platform.schedules TO lectern_worker;
GRANT SELECT, INSERT, UPDATE ON platform.audit_marks TO lectern_sealer;
INSERT INTO platform.outbox_cursors (reader, from_tx, to_tx, position) VALUES ('relay', '0', '0', 0);
GRANT SELECT ON platform.schema_state, platform.applied_migrations TO lectern_worker;

-- Puts a tenant table under its row policy and grants the cell's role what it may do there. A table without this line is
-- readable by nobody but its owner, and a test says so.
CREATE FUNCTION platform.protect(table_name text, rights text DEFAULT 'SELECT, INSERT, UPDATE, DELETE') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    cell_role text := current_setting('lectern.cell_role');
    own regclass := table_name::regclass;
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', own);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', own);
    EXECUTE format('CREATE POLICY tenant ON %s TO lectern_app USING (tenant_id = (SELECT current_setting(''lectern.tenant'')::int))', own);
    EXECUTE format('GRANT %s ON %s TO %I', rights, own, cell_role);
END $$;

-- Publishes a view to the services that come after its owner: read-only, under the reader's own row policies.
CREATE FUNCTION platform.publish(view_name text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER VIEW %s SET (security_invoker = true)', view_name::regclass);
    EXECUTE format('GRANT SELECT ON %s TO %I', view_name::regclass, current_setting('lectern.cell_role'));
END $$;
