-- What advisories that alias each other describe. Its id stays ours for good; names regroup (RULINGS 11).
CREATE TABLE vulnerability (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,              -- the one by which it goes: CVE, else GHSA, else the source's own
    merged_into uuid REFERENCES vulnerability, -- where groups merged, the oldest survives
    split_from uuid REFERENCES vulnerability,  -- where a group split, what this one came out of
    title text,                      -- a sentence of our own; sources' prose is not carried
    severity text NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'none', 'unrated')),
    score numeric(3, 1),
    vector text,
    rated_by text,
    malicious boolean NOT NULL DEFAULT false,
    kev_added date,
    kev_ransomware boolean NOT NULL DEFAULT false,
    epss real,
    automatable boolean,             -- null: not told (RULINGS 14)
    total_impact boolean,
    known_at timestamptz NOT NULL DEFAULT now(),
    -- what advisories, KEV and their vectors tell; above stands what a trigger makes of it and of the CVE's record
    own_severity text,
    own_score numeric(3, 1),
    own_vector text,
    own_rated_by text,
    own_kev_added date,
    own_automatable boolean,
    own_total_impact boolean,
    number integer GENERATED ALWAYS AS IDENTITY UNIQUE, -- by which those are kept that are many (set_finding)
    changed xid8 NOT NULL DEFAULT pg_current_xact_id()  -- by what last wrote it: so a reader finds what is new to it
);
CREATE INDEX vulnerability_changed ON vulnerability (changed);
CREATE FUNCTION now_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := pg_current_xact_id();
    RETURN NEW;
END $$;
CREATE TRIGGER changed BEFORE UPDATE ON vulnerability FOR EACH ROW EXECUTE FUNCTION now_changed();
CREATE UNIQUE INDEX vulnerability_by_name ON vulnerability (name) WHERE merged_into IS NULL;
GRANT SELECT ON vulnerability TO reeve_web;
GRANT SELECT, INSERT, UPDATE ON vulnerability TO reeve_jobs;
CREATE TABLE vulnerability_name (
    name text PRIMARY KEY,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability
);
CREATE INDEX vulnerability_name_of ON vulnerability_name (vulnerability_id);
GRANT SELECT ON vulnerability_name TO reeve_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON vulnerability_name TO reeve_jobs;

-- Names that were a vulnerability's until its group split, and of which nothing was found since.
CREATE TABLE vulnerability_split (
    name text PRIMARY KEY,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability
);
GRANT SELECT, INSERT, UPDATE, DELETE ON vulnerability_split TO reeve_jobs;
CALL guard('vulnerability_split');

-- A record as its source wrote it, for those that came one by one; the bulk feeds' originals are in the index.
CREATE TABLE advisory (
    id text PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now(),
    sha256 bytea NOT NULL,
    body jsonb NOT NULL,
    -- whether components were held against it; else who took it died before, and another does so
    told boolean NOT NULL DEFAULT false
);
CREATE INDEX advisory_waiting ON advisory (received_at) WHERE NOT told;
GRANT SELECT ON advisory TO reeve_web;
GRANT SELECT, INSERT, UPDATE ON advisory TO reeve_jobs;

-- Names whose records are kept from everyone until they are published; findings on them are not written.
CREATE TABLE held_back (
    name text PRIMARY KEY
);
GRANT SELECT, INSERT, DELETE ON held_back TO reeve_jobs;
CALL guard('held_back');

-- Whether any of these names is held back; which are, nobody is told.
CREATE FUNCTION is_held_back(names text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM held_back WHERE name = ANY (names))
$$;
REVOKE EXECUTE ON FUNCTION is_held_back(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_held_back(text[]) TO reeve_web, reeve_jobs;
CREATE INDEX vulnerability_newest ON vulnerability (known_at DESC, name) WHERE merged_into IS NULL;
CREATE INDEX vulnerability_exploited ON vulnerability (kev_added DESC, name)
    WHERE merged_into IS NULL AND kev_added IS NOT NULL;

CREATE TABLE feed (
    name text PRIMARY KEY,
    title text NOT NULL,
    as_of date,
    records integer NOT NULL DEFAULT 0,
    checked_at timestamptz,  -- the last try
    fetched_at timestamptz,  -- the last that went well
    last_error text
);
GRANT SELECT ON feed TO reeve_web;
GRANT SELECT, INSERT, UPDATE ON feed TO reeve_jobs;

-- What came first, of editions and findings: a clock may be set back.
CREATE SEQUENCE came_first;
GRANT USAGE ON SEQUENCE came_first TO reeve_jobs;
-- Of the copies of the advisories that nodes have, the one that findings are held against.
CREATE TABLE edition (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    stamp text NOT NULL,     -- changes with any advisory or score (advisory.AdvisoryLibrary)
    node uuid NOT NULL,      -- whose copy it is
    since bigint NOT NULL,   -- of came_first: a finding of a record that came alone from here on may not be in it
    seen_at timestamptz NOT NULL DEFAULT now() -- when a node last evaluated with it
);
GRANT SELECT ON edition TO reeve_web;
GRANT SELECT, INSERT, UPDATE ON edition TO reeve_jobs;
CREATE TABLE edition_source (
    name text PRIMARY KEY,
    records integer,
    as_of date               -- null: nobody said
);
GRANT SELECT ON edition_source TO reeve_web;
GRANT SELECT, INSERT, DELETE ON edition_source TO reeve_jobs;

-- What a record of the CVE Program tells that no advisory does: CISA's facts (Vulnrichment) and a score.
CREATE TABLE cve_record (
    name text PRIMARY KEY,
    rejected boolean NOT NULL,
    updated_at timestamptz NOT NULL, -- as it says itself
    automatable boolean,
    total_impact boolean,
    kev_added date,
    severity text CHECK (severity IN ('critical', 'high', 'medium', 'low', 'none')),
    score numeric(3, 1),
    vector text,
    rated_by text                    -- the CNA, else CISA
);
GRANT SELECT ON cve_record TO reeve_web;
GRANT SELECT, INSERT, UPDATE ON cve_record TO reeve_jobs;

-- CISA tells what works by itself and of which impact, before it is read off a vector; the CVE's record rates before an
-- advisory does (DOMAIN 9). A record that was rejected tells nothing any more.
CREATE FUNCTION vulnerability_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cve cve_record;
BEGIN
    IF NEW.own_severity IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO cve FROM cve_record WHERE name = NEW.name AND NOT rejected;
    NEW.automatable := coalesce(cve.automatable, NEW.own_automatable);
    NEW.total_impact := coalesce(cve.total_impact, NEW.own_total_impact);
    NEW.kev_added := coalesce(NEW.own_kev_added, cve.kev_added);
    IF cve.severity IS NULL THEN
        NEW.severity := NEW.own_severity;
        NEW.score := NEW.own_score;
        NEW.vector := NEW.own_vector;
        NEW.rated_by := NEW.own_rated_by;
    ELSE
        NEW.severity := cve.severity;
        NEW.score := cve.score;
        NEW.vector := cve.vector;
        NEW.rated_by := cve.name || coalesce(' (' || cve.rated_by || ')', '');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER facts BEFORE UPDATE OF name, own_severity ON vulnerability
    FOR EACH ROW EXECUTE FUNCTION vulnerability_facts();
CREATE TRIGGER first_facts BEFORE INSERT ON vulnerability FOR EACH ROW
    WHEN (NEW.rated_by IS NULL AND NEW.automatable IS NULL AND NEW.total_impact IS NULL AND NEW.kev_added IS NULL)
    EXECUTE FUNCTION vulnerability_facts(); -- one that is restored from a backup has its facts
