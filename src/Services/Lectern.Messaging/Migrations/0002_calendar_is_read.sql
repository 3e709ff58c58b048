-- A calendar is read from courses and assignments as they are, so that no copy can be behind a date that was moved for one person.
-- The copy stays for programs from before, which go on writing it while they are replaced one by one; a later release drops it.
COMMENT ON TABLE calendar_events IS 'Written by programs from before calendars were read from courses and assignments; read by none since.';
