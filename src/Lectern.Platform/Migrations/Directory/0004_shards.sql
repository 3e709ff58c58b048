-- Databases as shards: where each is, for whom, and whether it takes new institutions.
ALTER TABLE platform.databases
    ADD COLUMN label text UNIQUE,
    -- The PostgreSQL cluster it belongs to; an institution may be pinned to one.
    ADD COLUMN cluster text NOT NULL DEFAULT 'main',
    -- Which size of institution it is meant for; null takes those nobody else takes.
    ADD COLUMN tier text CHECK (tier IN ('small', 'medium', 'large')),
    ADD COLUMN draining boolean NOT NULL DEFAULT false,
    -- Made for one institution: nobody else is placed there.
    ADD COLUMN dedicated boolean NOT NULL DEFAULT false,
    ADD COLUMN pooler_host text,
    ADD COLUMN pooler_port int;
UPDATE platform.databases SET dedicated = true WHERE database_id <> 1;

-- Standbys that answer reads which may lag, and for which purposes.
CREATE TABLE platform.replicas (
    database_id int NOT NULL REFERENCES platform.databases ON DELETE CASCADE,
    host text NOT NULL,
    port int NOT NULL,
    purposes text[] NOT NULL,
    PRIMARY KEY (database_id, host, port)
);

-- What an institution was promised: it lives nowhere else.
ALTER TABLE platform.tenants ADD COLUMN cluster text, ADD COLUMN tier text CHECK (tier IN ('small', 'medium', 'large'));

-- serving: the target answers and takes writes; only rows at the source are left to tidy.
ALTER TABLE platform.tenant_moves DROP CONSTRAINT tenant_moves_step_check;
ALTER TABLE platform.tenant_moves ADD CONSTRAINT tenant_moves_step_check CHECK (step IN ('frozen', 'switched', 'serving'));

GRANT SELECT ON platform.replicas TO lectern_worker, lectern_sealer;
