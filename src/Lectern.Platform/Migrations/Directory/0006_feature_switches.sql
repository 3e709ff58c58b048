-- What an operator has switched off, and why. Institution 0: for everybody.
CREATE TABLE platform.feature_switches (
    feature text NOT NULL,
    tenant_id int NOT NULL,
    because text NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (feature, tenant_id)
);
GRANT SELECT ON platform.feature_switches TO lectern_worker;
