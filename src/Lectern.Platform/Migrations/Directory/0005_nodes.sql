-- Which processes there are, as each says of itself every few seconds. Nothing is decided by it: operators look at it.
CREATE TABLE platform.nodes (
    name text PRIMARY KEY,
    target text NOT NULL,
    version text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    draining boolean NOT NULL,
    cores_used numeric(8, 3) NOT NULL,
    memory_bytes bigint NOT NULL,
    disk_free_bytes bigint NOT NULL,
    live_streams int NOT NULL,
    -- What it cannot reach at the moment and does without.
    away text[] NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.nodes TO lectern_worker;
