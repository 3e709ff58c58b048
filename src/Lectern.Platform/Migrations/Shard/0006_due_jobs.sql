-- Whether a job's time has come. Who claims walks the institutions that have work now, and passes over none for the sake of ten thousand
-- that have work tomorrow. Programs that do not know the column leave it true, and their jobs are found as before.
ALTER TABLE platform.jobs ADD COLUMN due boolean NOT NULL DEFAULT true;
