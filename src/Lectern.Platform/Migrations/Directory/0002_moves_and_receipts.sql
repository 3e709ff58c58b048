-- How far a move of an institution has come, so that one cut short is taken up again or undone, and what deletions left behind.
CREATE TABLE platform.tenant_moves (
    tenant_id int PRIMARY KEY REFERENCES platform.tenants,
    from_cell_id int NOT NULL REFERENCES platform.cells,
    to_cell_id int NOT NULL REFERENCES platform.cells,
    -- frozen: only read, being copied; switched: served from the target, rows still at the source.
    step text NOT NULL CHECK (step IN ('frozen', 'switched')),
    started_at timestamptz NOT NULL
);

-- What was erased, when, and how much of it. The institution itself is gone; this is the proof that it is.
CREATE TABLE platform.tenant_receipts (
    tenant_id int PRIMARY KEY,
    slug text NOT NULL,
    deleted_at timestamptz,
    erased_at timestamptz NOT NULL,
    receipt jsonb NOT NULL,
    sha256 text NOT NULL
);
