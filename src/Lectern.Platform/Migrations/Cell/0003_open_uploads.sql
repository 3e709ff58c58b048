-- What has been announced and has not ended counts against the institution's room: its parts may have arrived.
CREATE INDEX files_open ON files (tenant_id) INCLUDE (owner_id, size_bytes) WHERE state IN ('uploading', 'checking');
