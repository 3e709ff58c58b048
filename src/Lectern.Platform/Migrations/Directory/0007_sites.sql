-- A site is a copy of the whole installation, as a rule in a region of its own; one of them writes. Where each database is in each site.
CREATE TABLE platform.database_places (
    database_id int NOT NULL REFERENCES platform.databases ON DELETE CASCADE,
    site text NOT NULL,
    host text NOT NULL,
    port int NOT NULL,
    pooler_host text,
    pooler_port int,
    PRIMARY KEY (database_id, site)
);

-- Which site was told to write, turn by turn; the last one counts. None: nobody has been told, and whoever is no standby may.
CREATE TABLE platform.site_turns (
    turn int PRIMARY KEY,
    site text NOT NULL,
    -- What was known of what the change of sites lost.
    lost text NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    -- When its nodes had been started and names led to them.
    finished_at timestamptz
);

GRANT SELECT ON platform.database_places, platform.site_turns TO lectern_worker, lectern_sealer;
