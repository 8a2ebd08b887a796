CREATE TABLE service_area (
    key text PRIMARY KEY,
    name text NOT NULL,
    -- 1 is the gravest; a default for the council to change (DOMAIN 12)
    criticality smallint NOT NULL CHECK (criticality BETWEEN 1 AND 4)
);
GRANT SELECT ON service_area TO reeve_web, reeve_jobs;

-- Seen by all once published; before that by its supplier. What a council listed is seen by verified councils, the
-- supplier and the coordinator only, without the council's name (RULINGS 2).
CREATE TABLE product (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    supplier_id uuid REFERENCES organisation,
    slug text UNIQUE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key text NOT NULL, -- letters and digits only, in lower case: how names are compared
    service_area text REFERENCES service_area,
    description text,
    published_at timestamptz,
    listed_by uuid REFERENCES organisation,
    merged_into uuid REFERENCES product,
    -- its name at endoflife.date, where the catalogue has it from there, and as of which day; nobody's product
    source_key text UNIQUE,
    source_as_of date,
    CHECK (supplier_id IS NOT NULL OR listed_by IS NOT NULL OR published_at IS NOT NULL)
);
CREATE INDEX product_by_name_key ON product (name_key text_pattern_ops);
CREATE INDEX product_by_name ON product (name, id);
CREATE INDEX product_by_supplier ON product (supplier_id, name);
CALL guard('product');
GRANT SELECT, INSERT, UPDATE ON product TO reeve_web;
CREATE POLICY read ON product FOR SELECT TO reeve_web
    USING (published_at IS NOT NULL OR supplier_id = asking_organisation() OR listed_by = asking_organisation()
        OR (listed_by IS NOT NULL AND asking_kind() IN ('council', 'coordinator')));
CREATE POLICY own_write ON product FOR INSERT TO reeve_web
    WITH CHECK (supplier_id = asking_organisation()
        OR (listed_by = asking_organisation() AND published_at IS NULL AND asking_kind() = 'council'));
CREATE POLICY own_change ON product FOR UPDATE TO reeve_web
    USING (supplier_id = asking_organisation() OR asking_kind() = 'coordinator');

CREATE TABLE release (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    product_id uuid NOT NULL REFERENCES product,
    version text NOT NULL CHECK (length(version) BETWEEN 1 AND 100),
    version_key text NOT NULL, -- without case, outer blanks and a leading v (RULINGS 1)
    released_on date,
    support_ends_on date,
    support_over boolean NOT NULL DEFAULT false, -- it is over, and no day is told
    source_key text UNIQUE,            -- postgresql/13 of endoflife.date, whose facts these are
    support_of uuid REFERENCES release, -- 13.4 is supported as long as that release of endoflife.date
    published_at timestamptz,
    listed_by uuid REFERENCES organisation,
    merged_into uuid REFERENCES release,
    -- a clash with what the asker may not see is not told (RULINGS 3): each lister may have its own until it is confirmed
    UNIQUE NULLS NOT DISTINCT (product_id, version_key, listed_by)
);
CALL guard('release');
GRANT SELECT, INSERT, UPDATE ON release TO reeve_web;
CREATE POLICY read ON release FOR SELECT TO reeve_web
    USING (EXISTS (SELECT FROM product p WHERE p.id = product_id
        AND (release.published_at IS NOT NULL OR p.supplier_id = asking_organisation()
            OR release.listed_by = asking_organisation()
            OR (release.listed_by IS NOT NULL AND asking_kind() IN ('council', 'coordinator')))));
CREATE POLICY own_write ON release FOR INSERT TO reeve_web
    WITH CHECK (EXISTS (SELECT FROM product p WHERE p.id = product_id AND p.supplier_id = asking_organisation())
        OR (listed_by = asking_organisation() AND published_at IS NULL AND asking_kind() = 'council'));
CREATE POLICY own_change ON release FOR UPDATE TO reeve_web
    USING (EXISTS (SELECT FROM product p WHERE p.id = product_id AND p.supplier_id = asking_organisation())
        OR asking_kind() = 'coordinator');

-- Whose word the dates of support are; null: of who made it.
CREATE FUNCTION support_source(r release) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE RETURN
    CASE WHEN r.source_key IS NOT NULL OR r.support_of IS NOT NULL THEN 'endoflife.date'
         WHEN r.listed_by IS NOT NULL AND r.published_at IS NULL THEN 'a council' END;

-- A package at a version, known once for the sector. `digest` is SHA-256 of the package URL, else of name and version.
CREATE TABLE component (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    purl text,
    type text NOT NULL,      -- of the package URL; empty where there is none
    namespace text NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    -- which advisories it was first held against (advisory.AdvisoryLibrary.stamp); null: none yet
    evaluated_with text,
    -- whether it could be held against them: looked-at, no-identity, not-covered, unknown-version, unknown-release …
    coverage text
);
-- Which source package a distribution's package was built from, in lower case; null where its package URL does not tell.
CREATE FUNCTION source_name(purl text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    lower(regexp_replace(replace(substring(purl FROM '[?&]upstream=([^&#]+?)(?:%40[^&#]*)?(?:[&#]|$)'), '%2B', '+'),
                         '-[^-]+-[^-]+[.]src[.]rpm$', ''));
CREATE INDEX component_by_source ON component (source_name(purl)) WHERE source_name(purl) IS NOT NULL;
CREATE INDEX component_unevaluated ON component (id) WHERE evaluated_with IS NULL;
GRANT UPDATE ON component TO reeve_jobs;
CREATE INDEX component_by_name ON component (lower(name) text_pattern_ops, type, namespace);
GRANT SELECT, INSERT ON component TO reeve_web, reeve_jobs;

-- Equal sets of components are stored once.
CREATE TABLE component_set (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    size integer NOT NULL CHECK (size = cardinality(components)),
    types text[] NOT NULL, -- of package URLs that occur in it
    -- ids, ascending: a row each took 75 bytes, and the sector's largest table by far. None is ever deleted.
    components integer[] NOT NULL
);
-- Which sets hold it: components @> ARRAY[id], an id at a time: && with many compares each with each where PostgreSQL
-- would rather read all sets. Written at once: what waits would be searched one by one.
CREATE INDEX component_set_by_component ON component_set USING gin (components) WITH (fastupdate = off);
GRANT SELECT, INSERT ON component_set TO reeve_web, reeve_jobs;
-- What is in a set. Asked which sets hold a component it would read all of them: ask component_set.
CREATE VIEW set_component AS
    SELECT s.id AS component_set_id, c.id AS component_id FROM component_set s CROSS JOIN LATERAL unnest(s.components) AS c (id);
GRANT SELECT ON set_component TO reeve_web, reeve_jobs;

-- How each component gets in: settled when the SBOM is stored. Equal graphs are stored once.
CREATE TABLE component_graph (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    -- one entry each for every component of the set: a row each would take ten times the room
    components integer[] NOT NULL,
    via integer[] NOT NULL,    -- which entry, from 1, brings it in by a shortest way; 0: direct; -1: nothing is known to
    parents integer[] NOT NULL -- how many components bring it in
);
GRANT SELECT, INSERT ON component_graph TO reeve_web, reeve_jobs;

-- The shortest of the ways to any of the first twenty of these components, a direct one first, that component last; at
-- most fifty steps. Empty where none is in the graph.
CREATE FUNCTION path_to(of_components integer[], of_graph integer) RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    ids integer[]; -- variables of their own: of a row's field each step would unpack the whole array
    ways integer[];
    component integer;
    step integer;
    path integer[];
    shortest integer[] := '{}';
BEGIN
    SELECT components, via INTO ids, ways FROM component_graph WHERE id = of_graph;
    FOREACH component IN ARRAY of_components[1:20] LOOP
        step := array_position(ids, component);
        path := '{}';
        WHILE step > 0 AND cardinality(path) < 50 LOOP
            path := ids[step] || path;
            step := ways[step];
        END LOOP;
        IF shortest = '{}' OR cardinality(path) < cardinality(shortest) THEN
            shortest := path;
        END IF;
    END LOOP;
    RETURN shortest;
END $$;

-- Original bytes, compressed (gzip), outside the hot tables.
CREATE TABLE document_bytes (
    sha256 bytea PRIMARY KEY,
    size bigint NOT NULL,
    gzip bytea NOT NULL
);
ALTER TABLE document_bytes ALTER COLUMN gzip SET STORAGE EXTERNAL;
CALL guard('document_bytes');
GRANT SELECT, INSERT ON document_bytes TO reeve_web;

CREATE TABLE sbom_document (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ref text NOT NULL UNIQUE DEFAULT reference('SBOM'),
    release_id uuid NOT NULL REFERENCES release,
    source_id uuid NOT NULL REFERENCES organisation,
    origin text NOT NULL CHECK (origin IN ('declared', 'observed')),
    state text NOT NULL DEFAULT 'current' CHECK (state IN ('current', 'superseded', 'withdrawn', 'taken-down')),
    state_reason text,
    audience text NOT NULL DEFAULT 'verified' CHECK (audience IN ('public', 'verified', 'granted', 'nobody')),
    received_at timestamptz NOT NULL DEFAULT now(),
    received_from uuid REFERENCES person,
    sha256 bytea NOT NULL,
    format text NOT NULL,        -- CycloneDX 1.6 JSON
    serial text,                 -- its own number, by which VEX documents name it; null where it has none
    made_at text,
    component_set_id integer NOT NULL REFERENCES component_set,
    graph_id integer NOT NULL REFERENCES component_graph,
    components integer NOT NULL,
    checkable integer NOT NULL,  -- how many have an identity that advisories can be held against
    quality jsonb NOT NULL,      -- [{check, passed, note}] (DOMAIN 8)
    warnings jsonb NOT NULL      -- [sentence]
);
-- Councils to which a supplier shows the components of a release, where its SBOM's audience is 'granted' (RULINGS 6).
-- A council's own word opens nothing.
CREATE TABLE reader_grant (
    release_id uuid NOT NULL REFERENCES release,
    council_id uuid NOT NULL REFERENCES organisation,
    granted_by uuid NOT NULL REFERENCES organisation,
    granted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (release_id, council_id)
);
CREATE INDEX reader_grant_by_council ON reader_grant (council_id);
CALL guard('reader_grant');
GRANT SELECT, INSERT, DELETE ON reader_grant TO reeve_web;
CREATE POLICY read ON reader_grant FOR SELECT TO reeve_web
    USING (granted_by = asking_organisation() OR council_id = asking_organisation());
CREATE POLICY own_write ON reader_grant FOR INSERT TO reeve_web
    WITH CHECK (granted_by = asking_organisation() AND asking_kind() = 'supplier'
        AND EXISTS (SELECT FROM release r JOIN product p ON p.id = r.product_id
                     WHERE r.id = release_id AND p.supplier_id = asking_organisation())
        AND EXISTS (SELECT FROM organisation o WHERE o.id = council_id AND o.kind = 'council'));
CREATE POLICY own_revoke ON reader_grant FOR DELETE TO reeve_web
    USING (granted_by = asking_organisation() AND asking_kind() = 'supplier');

CREATE UNIQUE INDEX sbom_document_current ON sbom_document (release_id, source_id, origin) WHERE state = 'current';
CREATE INDEX sbom_document_by_set ON sbom_document (component_set_id) WHERE state = 'current';
CREATE INDEX sbom_document_by_release ON sbom_document (release_id, received_at);
CREATE INDEX sbom_document_by_serial ON sbom_document (source_id, serial) WHERE serial IS NOT NULL;
CREATE INDEX sbom_document_by_sha256 ON sbom_document (sha256);
CALL guard('sbom_document');
GRANT SELECT, INSERT, UPDATE ON sbom_document TO reeve_web;
CREATE POLICY read ON sbom_document FOR SELECT TO reeve_web
    USING (source_id = asking_organisation()
        OR (EXISTS (SELECT FROM release r WHERE r.id = release_id) AND state <> 'taken-down'
            AND (audience = 'public' OR (audience = 'verified' AND asking_kind() IN ('council', 'coordinator'))
                OR (audience = 'granted' AND asking_kind() = 'council' AND EXISTS (
                    SELECT FROM reader_grant g
                     WHERE g.release_id = sbom_document.release_id AND g.granted_by = sbom_document.source_id
                       AND g.council_id = asking_organisation())))));
CREATE POLICY own_write ON sbom_document FOR INSERT TO reeve_web
    WITH CHECK (source_id = asking_organisation() AND received_from = asking_person()
        AND ((origin = 'observed' AND asking_kind() = 'council') OR EXISTS (
            SELECT FROM release r JOIN product p ON p.id = r.product_id
             WHERE r.id = release_id AND p.supplier_id = asking_organisation())));
CREATE POLICY own_change ON sbom_document FOR UPDATE TO reeve_web
    USING (source_id = asking_organisation() OR asking_kind() = 'coordinator');
-- the original stays with who sent it where it was observed (host names, paths: RULINGS 5)
CREATE POLICY read ON document_bytes FOR SELECT TO reeve_web
    USING (EXISTS (SELECT FROM sbom_document d WHERE d.sha256 = document_bytes.sha256
        AND (d.origin = 'declared' OR d.source_id = asking_organisation())));
CREATE POLICY write ON document_bytes FOR INSERT TO reeve_web WITH CHECK (asking_organisation() IS NOT NULL);

-- Which set of components counts for a release, whoever may read the list: a finding reaches who runs the release even
-- where its supplier shows the list to nobody (RULINGS 4 to 6). By whom observed is told to no one through this.
CREATE VIEW release_contents AS
    SELECT d.release_id, d.component_set_id, d.origin, d.source_id
      FROM sbom_document d
     WHERE d.state = 'current';
GRANT SELECT ON release_contents TO reeve_jobs;

-- Whether anything can be said of a release to who asks: a list that its supplier shows to nobody counts all the same.
CREATE FUNCTION checkable(of_release uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sbom_document d
                    WHERE d.release_id = of_release AND d.state = 'current'
                      AND (d.origin = 'declared' OR d.audience <> 'nobody' OR d.source_id = asking_organisation()))
$$;
REVOKE EXECUTE ON FUNCTION checkable(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION checkable(uuid) TO reeve_web;

-- With whom a supplier shares the list of a release: known to all who see the release, as is that there is one.
CREATE FUNCTION declared_audience(of_release uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT audience FROM sbom_document
     WHERE release_id = of_release AND origin = 'declared' AND state = 'current'
     ORDER BY received_at DESC LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION declared_audience(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION declared_audience(uuid) TO reeve_web;
