-- A changed family replaces the links it gave, which are found by their source.
CREATE INDEX observers_by_source ON observers (tenant_id, source) WHERE source <> 'observer';
