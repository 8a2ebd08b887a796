-- Invented tables with what is hard to carry: a cycle, a self-reference, forced row security, a trigger, generated columns.
CREATE TABLE council (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    name_folded text GENERATED ALWAYS AS (lower(name)) STORED,
    main_system uuid,
    successor bigint REFERENCES council
);
CREATE TABLE a_system (
    id uuid PRIMARY KEY,
    council_id bigint NOT NULL REFERENCES council,
    facts jsonb NOT NULL,
    document bytea,
    seen timestamptz NOT NULL,
    local_time timestamp,
    score double precision,
    open_for interval,
    tags text[] NOT NULL DEFAULT '{}'
);
ALTER TABLE council ADD FOREIGN KEY (main_system) REFERENCES a_system;
ALTER TABLE a_system ENABLE ROW LEVEL SECURITY;
ALTER TABLE a_system FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON a_system TO reeve_owner USING (true) WITH CHECK (true);
CREATE POLICY own ON a_system TO reeve_web USING (council_id = 1);
GRANT SELECT ON a_system TO reeve_web;

CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.seen = now(); RETURN NEW; END $$;
CREATE TRIGGER stamp BEFORE INSERT ON a_system FOR EACH ROW EXECUTE FUNCTION stamp();
