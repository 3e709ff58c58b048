-- Every node holds the whole catalogue and asks for what has changed. One writer at a time takes numbers, and keeps its turn until it
-- has committed: a number that is seen is never followed by a smaller one that appears late.
CREATE SEQUENCE platform.catalogue_changes;
ALTER TABLE platform.tenants ADD COLUMN changed bigint NOT NULL DEFAULT 0;
CREATE INDEX tenants_by_change ON platform.tenants (changed);

CREATE FUNCTION platform.take_catalogue_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7205760);
    RETURN NULL;
END $$;

CREATE FUNCTION platform.number_tenant_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := nextval('platform.catalogue_changes');
    RETURN NEW;
END $$;

-- Before any row is locked, so that two statements over several institutions cannot wait for each other.
CREATE TRIGGER take_turn BEFORE INSERT OR UPDATE ON platform.tenants
    FOR EACH STATEMENT EXECUTE FUNCTION platform.take_catalogue_turn();
CREATE TRIGGER number_change BEFORE INSERT OR UPDATE ON platform.tenants
    FOR EACH ROW EXECUTE FUNCTION platform.number_tenant_change();

-- An institution's domains are told together with it.
CREATE FUNCTION platform.change_tenant_of_domain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE platform.tenants SET tenant_id = tenant_id
    WHERE tenant_id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.tenant_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.tenant_id END);
    RETURN NULL;
END $$;
CREATE TRIGGER take_turn BEFORE INSERT OR UPDATE OR DELETE ON platform.tenant_domains
    FOR EACH STATEMENT EXECUTE FUNCTION platform.take_catalogue_turn();
CREATE TRIGGER change_tenant AFTER INSERT OR UPDATE OR DELETE ON platform.tenant_domains
    FOR EACH ROW EXECUTE FUNCTION platform.change_tenant_of_domain();

UPDATE platform.tenants SET tenant_id = tenant_id;
