-- Uploads that go straight to a store elsewhere: how the store calls them, that they are being read, and why one was refused.
ALTER TABLE files ADD COLUMN upload_id text;
ALTER TABLE files ADD COLUMN refusal text;
ALTER TABLE files DROP CONSTRAINT files_state_check;
ALTER TABLE files ADD CONSTRAINT files_state_check CHECK (state IN ('uploading', 'checking', 'stored', 'deleted'));
CREATE INDEX files_gone ON files (tenant_id, file_id) WHERE state = 'deleted';
