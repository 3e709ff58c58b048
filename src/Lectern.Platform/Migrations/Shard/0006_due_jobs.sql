-- Whether a job's time has come. Who claims walks the institutions that have work now, and passes over none for the sake of ten thousand
-- that have work tomorrow. Programs that do not know the column leave it true, and their jobs are found as before.
ALTER TABLE platform.jobs ADD COLUMN due boolean NOT NULL DEFAULT true;
UPDATE platform.jobs SET due = false WHERE state = 'ready' AND run_at > now();
DROP INDEX platform.jobs_ready;
-- Claims walk tenant by tenant, so that one institution's thousand jobs do not stand in front of another's one.
CREATE INDEX jobs_ready ON platform.jobs (due, tenant_id, priority, run_at) WHERE state = 'ready';
-- Whose time has come is looked for by the clock alone.
CREATE INDEX jobs_later ON platform.jobs (run_at) WHERE state = 'ready' AND NOT due;
