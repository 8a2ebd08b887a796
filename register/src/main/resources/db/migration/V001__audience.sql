-- Who asks: set by each transaction before its first statement (audience.AskingTransactions). After a transaction a
-- local setting reads as an empty string, hence NULLIF.
CREATE FUNCTION asking_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('reeve.kind', true), '');
CREATE FUNCTION asking_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('reeve.person', true), '')::uuid;
CREATE FUNCTION asking_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('reeve.organisation', true), '')::uuid;

-- Row security on a table that somebody owns: closed until a policy opens it. The owner (migrations, backup) and the
-- jobs see all rows; what people see, each table's own policies say.
CREATE PROCEDURE guard(guarded regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner_all ON %s TO reeve_owner USING (true) WITH CHECK (true)', guarded);
    EXECUTE format('CREATE POLICY jobs_all ON %s TO reeve_jobs USING (true) WITH CHECK (true)', guarded);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO reeve_jobs', guarded);
END $$;

-- A short reference that people see: random, without vowels and look-alikes, so it tells no volume and no word.
CREATE FUNCTION reference(prefix text) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT prefix || '-' || string_agg(substr('23456789BCDFGHJKMNPQRSTVWXZ', 1 + (get_byte(r, i) % 27), 1), '')
      FROM (SELECT uuid_send(gen_random_uuid()) AS r) AS random, generate_series(0, 10) AS i
     WHERE i NOT IN (6, 8)
$$;
