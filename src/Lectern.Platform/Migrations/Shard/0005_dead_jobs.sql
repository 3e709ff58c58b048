-- Counted every few seconds among everything that was done in a month.
CREATE INDEX jobs_dead ON platform.jobs (tenant_id) WHERE state = 'dead';
