-- no-transaction
-- jobs_ready stays for programs from before, which claim by it while they are replaced; a later release drops it.
UPDATE platform.jobs SET due = false WHERE due AND state = 'ready' AND run_at > now();
-- Claims walk tenant by tenant, so that one institution's thousand jobs do not stand in front of another's one.
DROP INDEX CONCURRENTLY IF EXISTS platform.jobs_due;
CREATE INDEX CONCURRENTLY jobs_due ON platform.jobs (due, tenant_id, priority, run_at) WHERE state = 'ready';
-- Whose time has come is looked for by the clock alone.
DROP INDEX CONCURRENTLY IF EXISTS platform.jobs_later;
CREATE INDEX CONCURRENTLY jobs_later ON platform.jobs (run_at) WHERE state = 'ready' AND NOT due;
