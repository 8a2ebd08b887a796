-- A component is in a vulnerability's range: once for the sector, never per council.
CREATE TABLE component_finding (
    component_id integer NOT NULL REFERENCES component,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability,
    exact boolean NOT NULL,
    reasons jsonb NOT NULL,  -- [{record, source, range, compared}]; the first decided
    fixed_in text[] NOT NULL,
    found_at timestamptz NOT NULL DEFAULT now(),
    found_after bigint NOT NULL DEFAULT nextval('came_first'),
    withdrawn_at timestamptz,
    PRIMARY KEY (component_id, vulnerability_id)
);
CREATE INDEX component_finding_by_vulnerability ON component_finding (vulnerability_id, component_id);
GRANT SELECT ON component_finding TO reeve_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON component_finding TO reeve_jobs;

-- How far an edition was held against the components that an earlier one was held against: to the last of them by id.
CREATE TABLE held_through (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    stamp text NOT NULL,
    component_id integer NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON held_through TO reeve_jobs;
CALL guard('held_through');

-- Which vulnerabilities are in a set of components, by number, reckoned once, so that a council's list needs one row a
-- release. Whoever changes findings of components changes the rows of the sets that hold them, in the same transaction
-- (exposure.SetFindings); where there is no row yet, it is reckoned from the components when asked.
CREATE TABLE set_finding (
    component_set_id integer PRIMARY KEY REFERENCES component_set,
    exact integer[] NOT NULL,
    possible integer[] NOT NULL, -- those of which only a weak match is known
    changed xid8 NOT NULL DEFAULT pg_current_xact_id() -- a reader who knows the row as of this need not read it again
);
GRANT SELECT, INSERT, UPDATE, DELETE ON set_finding TO reeve_jobs;

-- The sets that have a flaw. By its components, where it is in few of them; by what is known of the sets, where it is in
-- many: one list may have a flaw in tens of thousands of components. Of a set that nobody has reckoned yet its components
-- tell, either way.
CREATE FUNCTION sets_with(of_vulnerability uuid) RETURNS TABLE (component_set_id integer, exact boolean)
LANGUAGE plpgsql STABLE ROWS 1000 AS $$
DECLARE
    few CONSTANT integer := 500;
    as_number integer := (SELECT number FROM vulnerability WHERE id = of_vulnerability);
BEGIN
    IF few > (SELECT count(*) FROM (SELECT FROM component_finding f
                                     WHERE f.vulnerability_id = of_vulnerability AND f.withdrawn_at IS NULL LIMIT few) AS up_to) THEN
        RETURN QUERY
            SELECT s.id, bool_or(f.exact)
              FROM component_finding f JOIN component_set s ON s.components @> ARRAY[f.component_id]
             WHERE f.vulnerability_id = of_vulnerability AND f.withdrawn_at IS NULL
             GROUP BY s.id;
    ELSE
        RETURN QUERY
            SELECT f.component_set_id, as_number = ANY (f.exact)
              FROM set_finding f WHERE as_number = ANY (f.exact) OR as_number = ANY (f.possible)
            UNION ALL
            SELECT s.component_set_id, bool_or(f.exact)
              FROM set_component s
              JOIN component_finding f ON f.component_id = s.component_id AND f.vulnerability_id = of_vulnerability
                                      AND f.withdrawn_at IS NULL
             WHERE NOT EXISTS (SELECT FROM set_finding r WHERE r.component_set_id = s.component_set_id)
             GROUP BY s.component_set_id;
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION sets_with(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sets_with(uuid) TO reeve_jobs, reeve_counter;

-- To be asked for one flaw.
CREATE VIEW set_flaw AS
    SELECT f.component_set_id, k.id AS vulnerability_id, f.exact
      FROM vulnerability k CROSS JOIN LATERAL sets_with(k.id) AS f;

-- Days within which to act (DOMAIN 9.1): 3, 14, 60; 0 = with the next upgrade. What is not told counts as the worse
-- where attacks are known, else as the milder (RULINGS 14).
CREATE FUNCTION urgency_days(malicious boolean, kev boolean, exposed boolean, automatable boolean, total boolean)
RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    CASE
        WHEN malicious THEN 3
        WHEN kev THEN
            CASE WHEN (coalesce(total, true) AND (exposed OR coalesce(automatable, true)))
                   OR (exposed AND coalesce(automatable, true)) THEN 3 ELSE 14 END
        WHEN exposed AND coalesce(automatable, false) THEN
            CASE WHEN coalesce(total, false) THEN 3 ELSE 14 END
        WHEN exposed THEN CASE WHEN coalesce(total, false) THEN 14 ELSE 60 END
        WHEN coalesce(automatable, false) THEN 60
        ELSE 0
    END);

-- The word of a release's own supplier, where one is in force (DOMAIN 7.4: it decides).
CREATE VIEW supplier_statement AS
    SELECT s.*
      FROM statement s
      JOIN release r ON r.id = s.release_id
      JOIN product p ON p.id = r.product_id AND p.supplier_id = s.organisation_id
     WHERE s.superseded_at IS NULL AND s.withdrawn_at IS NULL;
GRANT SELECT ON supplier_statement TO reeve_jobs;

-- RULINGS 7 to 9. Only the supplier's affected, not_affected and fixed decide; silence and looking into it do not.
-- `found`: an exact match in what the supplier declared, or in what this council or two others observed (RULINGS 5).
CREATE FUNCTION verdict(found boolean, status text, reach text, hosting text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    CASE
        WHEN status = 'not_affected' AND (reach = 'any' OR hosting = 'supplier') THEN 'not-affected'
        WHEN status = 'fixed' THEN 'fixed'
        WHEN status = 'affected' OR found THEN 'affected'
        ELSE 'possible'
    END);

-- What counts as inside the releases that the asking council runs. These three run as the owner of counts, since an SBOM
-- that its supplier shows to nobody counts all the same; of observations they tell only whose it is: one's own, or not.
CREATE FUNCTION estate_contents()
RETURNS TABLE (release_id uuid, declared boolean, own boolean, component_set_id integer, changed xid8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.release_id, c.origin = 'declared', c.source_id = asking_organisation(), c.component_set_id, f.changed
      FROM (SELECT DISTINCT s.release_id FROM system s
             WHERE s.retired_on IS NULL AND s.organisation_id = asking_organisation()) AS runs
      JOIN release_contents c USING (release_id)
      LEFT JOIN set_finding f USING (component_set_id)
$$;
REVOKE EXECUTE ON FUNCTION estate_contents() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION estate_contents() TO reeve_web;

-- What is in these sets, as far as they count for what the asking council runs. `changed` is null where it was reckoned
-- just now.
CREATE FUNCTION estate_findings(of_sets integer[])
RETURNS TABLE (component_set_id integer, exact integer[], possible integer[], changed xid8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH counting AS (
        SELECT DISTINCT component_set_id FROM estate_contents() WHERE component_set_id = ANY (of_sets))
    SELECT f.component_set_id, f.exact, f.possible, f.changed FROM counting JOIN set_finding f USING (component_set_id)
    UNION ALL
    SELECT component_set_id, coalesce(array_agg(number) FILTER (WHERE exact), '{}'),
           coalesce(array_agg(number) FILTER (WHERE NOT exact), '{}'), NULL
      FROM (SELECT c.component_set_id, k.number, bool_or(f.exact) AS exact
              FROM counting c
              JOIN set_component s USING (component_set_id)
              JOIN component_finding f ON f.component_id = s.component_id AND f.withdrawn_at IS NULL
              JOIN vulnerability k ON k.id = f.vulnerability_id
             WHERE NOT EXISTS (SELECT FROM set_finding r WHERE r.component_set_id = c.component_set_id)
             GROUP BY c.component_set_id, k.number) AS reckoned
     GROUP BY component_set_id
$$;
REVOKE EXECUTE ON FUNCTION estate_findings(integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION estate_findings(integer[]) TO reeve_web;

-- What suppliers say of the releases that the asking council runs, and the verdict that follows: where it was found or
-- not, and where the supplier hosts the system or not.
CREATE FUNCTION estate_statements()
RETURNS TABLE (release_id uuid, number integer, statement_id uuid, fixed_release_id uuid,
    found text, not_found text, found_hosted text, not_found_hosted text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT st.release_id, k.number, st.id, st.fixed_release_id,
           verdict(true, st.status, st.reach, 'own'), verdict(false, st.status, st.reach, 'own'),
           verdict(true, st.status, st.reach, 'supplier'), verdict(false, st.status, st.reach, 'supplier')
      FROM (SELECT DISTINCT s.release_id FROM system s
             WHERE s.retired_on IS NULL AND s.organisation_id = asking_organisation()) AS runs
      JOIN supplier_statement st USING (release_id)
      JOIN vulnerability k ON k.id = st.vulnerability_id
$$;
REVOKE EXECUTE ON FUNCTION estate_statements() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION estate_statements() TO reeve_web;

-- Where to move from a release: its product's next published one that has an SBOM without the flaw (RULINGS 10).
CREATE FUNCTION next_without(of_vulnerability uuid, of_releases uuid[])
RETURNS TABLE (release_id uuid, version text, released_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_nestloop TO off AS $$ -- nobody knows beforehand how many sets have a flaw: by hash
    WITH with_it AS MATERIALIZED ( -- what one council alone observed is no more than possible, and its own (RULINGS 5)
        SELECT c.release_id
          FROM set_flaw f
          JOIN release_contents c USING (component_set_id)
         WHERE f.vulnerability_id = of_vulnerability
         GROUP BY c.release_id
        HAVING bool_or(c.origin = 'declared' OR c.source_id = asking_organisation())
            OR count(DISTINCT c.source_id) FILTER (WHERE f.exact) >= 2)
    SELECT DISTINCT ON (old.id) old.id, r.version, r.released_on
      FROM release old
      JOIN release r ON r.product_id = old.product_id AND r.published_at IS NOT NULL
           AND r.released_on > coalesce(old.released_on, '-infinity')
     WHERE old.id = ANY (of_releases)
       AND EXISTS (SELECT FROM release_contents c WHERE c.release_id = r.id AND c.origin = 'declared')
       AND NOT EXISTS (SELECT FROM with_it w WHERE w.release_id = r.id)
     ORDER BY old.id, r.released_on
$$;
REVOKE EXECUTE ON FUNCTION next_without(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_without(uuid, uuid[]) TO reeve_web, reeve_jobs;

-- What a council does about an exposure. History stays: the newest is in force.
CREATE TABLE decision (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisation,
    system_id uuid NOT NULL REFERENCES system,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability,
    kind text NOT NULL CHECK (kind IN ('fix', 'work-around', 'accept', 'not-us')),
    until date,
    owner text CHECK (length(owner) <= 200),
    reason text CHECK (length(reason) <= 4000),
    justification text CHECK (justification IN ('component_not_present', 'vulnerable_code_not_present',
        'vulnerable_code_not_in_execute_path', 'vulnerable_code_cannot_be_controlled_by_adversary',
        'inline_mitigations_already_exist')),
    agreed_by text CHECK (length(agreed_by) <= 200),
    urgency_days smallint NOT NULL,
    urgency_reasons jsonb NOT NULL,
    decided_by uuid NOT NULL REFERENCES person,
    decided_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    CHECK (kind = 'not-us' OR until IS NOT NULL),
    CHECK (kind <> 'accept' OR (reason IS NOT NULL AND agreed_by IS NOT NULL)),
    CHECK ((kind = 'not-us') = (justification IS NOT NULL))
);
CREATE UNIQUE INDEX decision_in_force ON decision (organisation_id, system_id, vulnerability_id)
    WHERE superseded_at IS NULL;
CREATE INDEX decision_by_system ON decision (system_id, vulnerability_id);
CREATE INDEX decision_by_vulnerability ON decision (vulnerability_id) WHERE superseded_at IS NULL;
CALL guard('decision');
GRANT SELECT, INSERT, UPDATE ON decision TO reeve_web;
CREATE POLICY own ON decision TO reeve_web
    USING (organisation_id = asking_organisation() AND asking_kind() = 'council')
    WITH CHECK (organisation_id = asking_organisation() AND asking_kind() = 'council'
        AND EXISTS (SELECT FROM system s WHERE s.id = system_id));

-- Whether a council's word that it is not affected still holds: no longer once the flaw is more urgent than when it was
-- said. Then the system counts as before, and is told of, until somebody looks again.
CREATE FUNCTION not_us(kind text, days_then smallint, days_now smallint)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    coalesce(kind = 'not-us' AND (days_now + 999) % 1000 >= (days_then + 999) % 1000, false));

-- What was found in a release, and its supplier's word.
CREATE VIEW release_fact AS
    SELECT release_id, vulnerability_id, bool_or(declared_exact) AS declared_exact,
           array_agg(DISTINCT observer) FILTER (WHERE observer IS NOT NULL) AS observers,
           (array_agg(statement_id) FILTER (WHERE statement_id IS NOT NULL))[1] AS statement_id
      FROM (SELECT c.release_id, f.vulnerability_id, f.exact AND c.origin = 'declared' AS declared_exact,
                   CASE WHEN f.exact AND c.origin = 'observed' THEN c.source_id END AS observer, NULL::uuid AS statement_id
              FROM set_flaw f
              JOIN release_contents c USING (component_set_id)
            UNION ALL
            SELECT release_id, vulnerability_id, false, NULL, id FROM supplier_statement) AS each
     GROUP BY release_id, vulnerability_id;
GRANT SELECT ON release_fact TO reeve_jobs;

-- The same for all councils at once, where one flaw is counted, parted or told by name (what tells councils joins in
-- alert.Hits): `facts` is what the facts say, `verdict` what is left
-- of it after the council's own word (RULINGS 9).
CREATE VIEW system_verdict AS
    SELECT v.organisation_id, v.system_id, v.release_id, v.vulnerability_id,
           CASE WHEN v.facts IN ('affected', 'possible') AND not_us(d.kind, d.urgency_days, v.days)
                THEN 'not-affected' ELSE v.facts END AS verdict,
           v.facts, v.days, v.fixed_release_id, v.statement_id
      FROM (SELECT s.organisation_id, s.id AS system_id, s.release_id, k.id AS vulnerability_id,
                   verdict(coalesce(f.declared_exact OR s.organisation_id = ANY (f.observers)
                               OR cardinality(f.observers) >= 2, false), st.status, st.reach, s.hosting) AS facts,
                   urgency_days(k.malicious, k.kev_added IS NOT NULL, s.exposure IN ('internet', 'unknown'),
                       k.automatable, k.total_impact) AS days,
                   st.fixed_release_id, st.id AS statement_id
              FROM release_fact f
              JOIN system s ON s.release_id = f.release_id AND s.retired_on IS NULL
              JOIN vulnerability k ON k.id = f.vulnerability_id
              LEFT JOIN statement st ON st.id = f.statement_id) AS v
      LEFT JOIN decision d ON d.system_id = v.system_id AND d.vulnerability_id = v.vulnerability_id
           AND d.superseded_at IS NULL;
GRANT SELECT ON system_verdict TO reeve_jobs;

-- The sector's picture: counts only, and for the coordinator. Counted by a job, since it takes the whole sector.
CREATE TABLE sector_count (
    vulnerability_id uuid PRIMARY KEY REFERENCES vulnerability,
    councils integer NOT NULL,  -- affected
    suppliers integer NOT NULL, -- of the releases that they run
    answered integer NOT NULL,  -- of those suppliers, how many have said something that decides
    counted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sector_count_most ON sector_count (councils DESC) WHERE councils > 0;
CALL guard('sector_count');
GRANT SELECT ON sector_count TO reeve_web;
CREATE POLICY coordinator_read ON sector_count FOR SELECT TO reeve_web USING (asking_kind() = 'coordinator');

-- What a free query tells beyond what who asks may read (RULINGS 21): published releases that hold it and whose list is
-- closed to who asks, published releases without an SBOM, and, to councils and the coordinator, how many councils run
-- it, in bands: of a vulnerability as it was counted last. `open` are the first of the releases whose list is open to
-- who asks, by product and version. Runs as the owner: no name leaves it.
CREATE FUNCTION sector_band(of_components integer[], of_vulnerability uuid, of_product uuid, most integer)
RETURNS TABLE (closed integer, unlisted integer, councils text, open uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH document AS MATERIALIZED (
        SELECT d.release_id, d.origin = 'declared' AS declared, d.source_id,
               d.audience = 'public' OR d.source_id = asking_organisation()
                   OR (d.audience = 'verified' AND asking_kind() IN ('council', 'coordinator'))
                   OR (d.audience = 'granted' AND EXISTS (
                       SELECT FROM reader_grant g WHERE g.release_id = d.release_id AND g.granted_by = d.source_id
                          AND g.council_id = asking_organisation())) AS open
          FROM sbom_document d
         WHERE d.state = 'current' AND d.component_set_id IN (
               SELECT s.id FROM unnest(of_components) AS c (id) JOIN component_set s ON s.components @> ARRAY[c.id]
               UNION ALL
               SELECT f.component_set_id FROM set_flaw f WHERE f.vulnerability_id = of_vulnerability AND f.exact)),
    holding AS MATERIALIZED (
        SELECT release_id, bool_or(declared) AS declared, bool_or(open) AS open FROM document GROUP BY release_id),
    held AS MATERIALIZED (
        SELECT h.release_id, h.declared, coalesce(h.open, false) AS open, r.published_at IS NOT NULL AS published,
               r.published_at IS NOT NULL OR r.listed_by IS NOT NULL OR p.supplier_id = asking_organisation() AS seen,
               p.name, r.version
          FROM holding h JOIN release r ON r.id = h.release_id JOIN product p ON p.id = r.product_id),
    running AS (
        SELECT s.organisation_id
          FROM (SELECT release_id, bool_or(declared) AS declared,
                       array_agg(DISTINCT source_id) FILTER (WHERE NOT declared) AS observers
                  FROM document WHERE of_vulnerability IS NULL GROUP BY release_id) h
          JOIN system s ON s.release_id = h.release_id AND s.retired_on IS NULL
         WHERE h.declared OR s.organisation_id = ANY (h.observers) OR cardinality(h.observers) >= 2
        UNION
        SELECT organisation_id FROM system_verdict
         WHERE vulnerability_id = of_vulnerability AND verdict = 'affected'
           AND NOT EXISTS (SELECT FROM sector_count WHERE vulnerability_id = of_vulnerability)
        UNION
        SELECT organisation_id FROM system WHERE product_id = of_product AND retired_on IS NULL
        UNION
        SELECT s.organisation_id FROM system s JOIN release r ON r.id = s.release_id AND r.product_id = of_product
         WHERE s.retired_on IS NULL),
    counted AS MATERIALIZED (
        SELECT coalesce((SELECT councils FROM sector_count WHERE vulnerability_id = of_vulnerability),
                        (SELECT count(DISTINCT organisation_id) FROM running)) AS n)
    SELECT (SELECT count(*) FROM held WHERE published AND declared AND NOT open)::int,
           (SELECT count(*) FROM release r WHERE r.published_at IS NOT NULL AND r.merged_into IS NULL AND NOT EXISTS (
               SELECT FROM sbom_document d WHERE d.release_id = r.id AND d.state = 'current'))::int,
           CASE WHEN asking_kind() IN ('council', 'coordinator') THEN
               CASE WHEN n = 0 THEN 'none' WHEN n < 5 THEN 'fewer than 5' WHEN n < 25 THEN '5 to 24'
                    WHEN n < 100 THEN '25 to 99' ELSE '100 and more' END END,
           array(SELECT release_id FROM held WHERE open AND seen ORDER BY name COLLATE "C", version COLLATE "C", release_id LIMIT most)
      FROM counted
$$;
REVOKE EXECUTE ON FUNCTION sector_band(integer[], uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sector_band(integer[], uuid, uuid, integer) TO reeve_web;

-- Counts of a whole that is told, too (RULINGS 22): one to four become -1, and with them the next smallest, until what is
-- hidden could be made up in several ways. Null where nothing can be told of the parts.
CREATE FUNCTION withheld(counts integer[]) RETURNS integer[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    told integer[] := counts;
    hidden integer := 0;
    total integer := 0;
    next integer;
BEGIN
    FOR i IN 1 .. coalesce(array_length(counts, 1), 0) LOOP
        IF counts[i] BETWEEN 1 AND 4 THEN
            told[i] := -1;
            hidden := hidden + 1;
            total := total + counts[i];
        END IF;
    END LOOP;
    WHILE hidden > 0 AND (hidden < 2 OR total < 8 OR total = hidden) LOOP
        SELECT i INTO next FROM generate_subscripts(told, 1) AS i WHERE told[i] > 0 ORDER BY told[i], i LIMIT 1;
        IF next IS NULL THEN
            RETURN NULL;
        END IF;
        total := total + told[next];
        hidden := hidden + 1;
        told[next] := -1;
    END LOOP;
    RETURN told;
END $$;

-- What one vulnerability is to the sector, in counts and for the coordinator, who may not see whose systems: councils that
-- it affects; how many of them decided for every affected system, for some, for none yet; councils by region; products.
-- Of a breakdown by product one to four councils are told as -1 (RULINGS 22).
CREATE FUNCTION sector_of(of_vulnerability uuid)
RETURNS TABLE (councils integer, decided integer[], regions text[], in_regions integer[], products jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH affected AS MATERIALIZED (
        SELECT v.organisation_id, v.release_id, v.statement_id, d.id IS NOT NULL AS decided
          FROM system_verdict v
          LEFT JOIN decision d ON d.system_id = v.system_id AND d.vulnerability_id = v.vulnerability_id
                              AND d.superseded_at IS NULL
         WHERE v.vulnerability_id = of_vulnerability AND v.verdict = 'affected' AND asking_kind() = 'coordinator'),
    by_council AS MATERIALIZED (
        SELECT organisation_id, count(*) AS systems, count(*) FILTER (WHERE decided) AS decided
          FROM affected GROUP BY organisation_id),
    by_region AS (
        SELECT array_agg(name ORDER BY name) AS names, withheld(array_agg(n ORDER BY name)) AS counts
          FROM (SELECT coalesce(o.region, o.nation, 'Not told') AS name, count(*)::int AS n
                  FROM by_council c JOIN organisation o ON o.id = c.organisation_id GROUP BY 1) AS each),
    by_product AS (
        SELECT p.name AS product, p.slug, o.name AS supplier,
               CASE WHEN a.councils BETWEEN 1 AND 4 THEN -1 ELSE a.councils END AS councils, a.status
          FROM (SELECT r.product_id, count(DISTINCT a.organisation_id)::int AS councils,
                       (array_agg(st.status ORDER BY st.said_at DESC NULLS LAST))[1] AS status
                  FROM affected a
                  JOIN release r ON r.id = a.release_id
                  LEFT JOIN statement st ON st.id = a.statement_id
                 GROUP BY r.product_id) AS a
          JOIN product p ON p.id = a.product_id AND p.published_at IS NOT NULL
          LEFT JOIN organisation o ON o.id = p.supplier_id
         ORDER BY a.status IS NOT NULL, 4 DESC, p.name LIMIT 500)
    SELECT (SELECT count(*)::int FROM by_council),
           (SELECT withheld(ARRAY[count(*) FILTER (WHERE c.decided = systems),
                                  count(*) FILTER (WHERE c.decided BETWEEN 1 AND systems - 1),
                                  count(*) FILTER (WHERE c.decided = 0)]::int[]) FROM by_council c),
           CASE WHEN counts IS NOT NULL THEN names END, counts,
           (SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM by_product p)
      FROM by_region
$$;
REVOKE EXECUTE ON FUNCTION sector_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sector_of(uuid) TO reeve_web;

-- By a grant the coordinator learns which councils are exposed: for a reason, to one vulnerability, for 24 hours.
CREATE TABLE names_grant (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid REFERENCES person ON DELETE SET NULL,
    organisation_id uuid NOT NULL REFERENCES organisation,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    granted_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '24 hours',
    CHECK (expires_at <= granted_at + interval '24 hours')
);
CREATE INDEX names_grant_of ON names_grant (vulnerability_id, organisation_id, expires_at);
CALL guard('names_grant');
GRANT SELECT, INSERT ON names_grant TO reeve_web;
CREATE POLICY own ON names_grant FOR SELECT TO reeve_web
    USING (organisation_id = asking_organisation() AND asking_kind() = 'coordinator');
CREATE POLICY own_take ON names_grant FOR INSERT TO reeve_web
    WITH CHECK (organisation_id = asking_organisation() AND person_id = asking_person()
        AND asking_kind() = 'coordinator' AND granted_at = now());

-- The councils named under a grant, as they stood. Each sees that it was.
CREATE TABLE named_council (
    grant_id uuid NOT NULL REFERENCES names_grant,
    organisation_id uuid NOT NULL REFERENCES organisation,
    coordinator_id uuid NOT NULL REFERENCES organisation,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability,
    systems integer NOT NULL,
    named_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (grant_id, organisation_id)
);
CREATE INDEX named_council_of ON named_council (organisation_id, named_at);
CALL guard('named_council');
GRANT SELECT ON named_council TO reeve_web;
CREATE POLICY named_or_coordinator ON named_council FOR SELECT TO reeve_web
    USING (organisation_id = asking_organisation()
        OR (coordinator_id = asking_organisation() AND asking_kind() = 'coordinator'));

-- Names those who are affected now, once the grant stands: one of a transaction that has not ended names nobody.
CREATE FUNCTION take_names(of_grant uuid) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO named_council (grant_id, organisation_id, coordinator_id, vulnerability_id, systems)
    SELECT g.id, v.organisation_id, g.organisation_id, g.vulnerability_id, count(*)
      FROM names_grant g JOIN system_verdict v ON v.vulnerability_id = g.vulnerability_id AND v.verdict = 'affected'
     WHERE g.id = of_grant AND g.person_id = asking_person() AND asking_kind() = 'coordinator'
       AND g.granted_at < now() AND g.expires_at > now()
     GROUP BY g.id, v.organisation_id
    ON CONFLICT DO NOTHING
    RETURNING organisation_id
$$;
REVOKE EXECUTE ON FUNCTION take_names(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_names(uuid) TO reeve_web;

-- What counts across councils runs as a role that can read what it counts, and nothing else (RULINGS 24).
GRANT SELECT ON system, decision, organisation, product, release, sbom_document, set_component, component_set, component,
    vulnerability, release_fact, release_contents, component_finding, set_finding, set_flaw, statement, supplier_statement,
    system_verdict TO reeve_counter;
GRANT SELECT ON reader_grant TO reeve_counter;
CREATE POLICY counter_reads ON reader_grant FOR SELECT TO reeve_counter USING (true);
CREATE POLICY counter_reads ON system FOR SELECT TO reeve_counter USING (true);
CREATE POLICY counter_reads ON statement FOR SELECT TO reeve_counter USING (true);
CREATE POLICY counter_reads ON decision FOR SELECT TO reeve_counter USING (true);
CREATE POLICY counter_reads ON organisation FOR SELECT TO reeve_counter USING (true);
CREATE POLICY counter_reads ON product FOR SELECT TO reeve_counter USING (true);
CREATE POLICY counter_reads ON release FOR SELECT TO reeve_counter USING (true);
CREATE POLICY counter_reads ON sbom_document FOR SELECT TO reeve_counter USING (true);
GRANT SELECT ON held_back TO reeve_counter;
CREATE POLICY counter_reads ON held_back FOR SELECT TO reeve_counter USING (true);
ALTER FUNCTION checkable(uuid) OWNER TO reeve_counter;
ALTER FUNCTION declared_audience(uuid) OWNER TO reeve_counter;
ALTER FUNCTION is_held_back(text[]) OWNER TO reeve_counter;
ALTER FUNCTION estate_contents() OWNER TO reeve_counter;
ALTER FUNCTION estate_findings(integer[]) OWNER TO reeve_counter;
ALTER FUNCTION estate_statements() OWNER TO reeve_counter;
ALTER FUNCTION next_without(uuid, uuid[]) OWNER TO reeve_counter;
ALTER FUNCTION sector_band(integer[], uuid, uuid, integer) OWNER TO reeve_counter;
GRANT SELECT ON sector_count TO reeve_counter;
CREATE POLICY counter_reads ON sector_count FOR SELECT TO reeve_counter USING (true);
ALTER FUNCTION sector_of(uuid) OWNER TO reeve_counter;
