-- Which version of the grade the import wrote: what is taken back is only what is still that one.
ALTER TABLE gradebook_import_rows ADD COLUMN made_version int;
