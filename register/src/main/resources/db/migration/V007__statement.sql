-- VEX documents as their organisation sent them; nobody else reads them. Until one is published it says nothing.
CREATE TABLE vex_document (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ref text NOT NULL UNIQUE DEFAULT reference('VEX'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    received_at timestamptz NOT NULL DEFAULT now(),
    received_from uuid REFERENCES person,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    format text NOT NULL, -- OpenVEX 0.2.0
    sha256 bytea NOT NULL,
    size bigint NOT NULL,
    gzip bytea NOT NULL,  -- the original
    published_at timestamptz,
    left_out jsonb,       -- [{line, what, why}] once published
    UNIQUE (organisation_id, sha256)
);
ALTER TABLE vex_document ALTER COLUMN gzip SET STORAGE EXTERNAL;
CALL guard('vex_document');
GRANT SELECT, INSERT, UPDATE, DELETE ON vex_document TO reeve_web;
CREATE POLICY own_read ON vex_document FOR SELECT TO reeve_web USING (organisation_id = asking_organisation());
CREATE POLICY own_write ON vex_document FOR INSERT TO reeve_web
    WITH CHECK (organisation_id = asking_organisation() AND received_from = asking_person() AND published_at IS NULL
        AND asking_kind() IN ('supplier', 'assessor'));
CREATE POLICY own_publish ON vex_document FOR UPDATE TO reeve_web
    USING (organisation_id = asking_organisation() AND published_at IS NULL)
    WITH CHECK (organisation_id = asking_organisation());
CREATE POLICY own_drop ON vex_document FOR DELETE TO reeve_web
    USING (organisation_id = asking_organisation() AND published_at IS NULL);

-- What a party says of a release and a vulnerability, kept as it said it (DOMAIN 7).
CREATE TABLE statement (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ref text NOT NULL UNIQUE DEFAULT reference('ST'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    release_id uuid NOT NULL REFERENCES release,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability,
    status text NOT NULL CHECK (status IN ('affected', 'not_affected', 'fixed', 'under_investigation')),
    justification text CHECK (justification IN ('component_not_present', 'vulnerable_code_not_present',
        'vulnerable_code_not_in_execute_path', 'vulnerable_code_cannot_be_controlled_by_adversary',
        'inline_mitigations_already_exist')),
    impact text,
    action text,
    -- 'hosting': true of what the supplier runs itself, not of a council's own installation
    reach text NOT NULL DEFAULT 'any' CHECK (reach IN ('any', 'hosting')),
    fixed_release_id uuid REFERENCES release,
    next_word_by timestamptz,
    said_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    received_from uuid REFERENCES person,
    -- the document that said it and its digest; null where it was said on a page
    document_id uuid REFERENCES vex_document,
    sha256 bytea,
    superseded_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_reason text,
    CHECK (status <> 'not_affected' OR justification IS NOT NULL OR impact IS NOT NULL),
    CHECK (status <> 'affected' OR action IS NOT NULL)
);
CREATE UNIQUE INDEX statement_in_force ON statement (organisation_id, release_id, vulnerability_id)
    WHERE superseded_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX statement_by_vulnerability ON statement (vulnerability_id, release_id);
CREATE INDEX statement_by_document ON statement (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX statement_by_release ON statement (release_id, vulnerability_id);
CALL guard('statement');
GRANT SELECT, INSERT, UPDATE ON statement TO reeve_web;
CREATE POLICY read ON statement FOR SELECT TO reeve_web
    USING (EXISTS (SELECT FROM release r WHERE r.id = release_id)); -- as the release is seen
CREATE POLICY own_write ON statement FOR INSERT TO reeve_web
    WITH CHECK (organisation_id = asking_organisation() AND asking_kind() IN ('supplier', 'assessor'));
CREATE POLICY own_change ON statement FOR UPDATE TO reeve_web USING (organisation_id = asking_organisation());

-- Two releases that are one (RULINGS 1, 2): what was said, sent and run of the one is of the other from now on. The
-- coordinator's curator decides; runs as the owner, since the systems are councils' own. Who reads a list stays who read
-- it: what was granted goes along only where the supplier's list does.
CREATE FUNCTION merge_release(gone uuid, stays uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    dates release;
    before uuid[] := ARRAY(SELECT DISTINCT f.vulnerability_id
                             FROM release_contents c
                             JOIN set_component USING (component_set_id)
                             JOIN component_finding f USING (component_id)
                            WHERE c.release_id IN (gone, stays) AND f.withdrawn_at IS NULL);
BEGIN
    IF asking_kind() IS DISTINCT FROM 'coordinator' OR gone = stays
       OR EXISTS (SELECT FROM release r WHERE r.id IN (gone, stays) AND r.merged_into IS NOT NULL)
       OR EXISTS (SELECT FROM release g JOIN product p ON p.id = g.product_id, release s JOIN product q ON q.id = s.product_id
                   WHERE g.id = gone AND s.id = stays AND p.supplier_id <> coalesce(q.supplier_id, p.id)) THEN
        RAISE EXCEPTION 'these releases cannot be merged';
    END IF;
    UPDATE system SET release_id = stays, product_id = (SELECT product_id FROM release WHERE id = stays)
     WHERE release_id = gone;
    IF NOT EXISTS (SELECT FROM sbom_document WHERE release_id = stays AND origin = 'declared') THEN
        UPDATE reader_grant g SET release_id = stays WHERE release_id = gone
           AND NOT EXISTS (SELECT FROM reader_grant o WHERE o.release_id = stays AND o.council_id = g.council_id);
    END IF;
    DELETE FROM reader_grant WHERE release_id = gone;
    -- of each source the newer one counts
    UPDATE sbom_document d SET state = 'superseded'
     WHERE release_id IN (gone, stays) AND state = 'current' AND EXISTS (
           SELECT FROM sbom_document o
            WHERE o.release_id IN (gone, stays) AND o.state = 'current' AND o.source_id = d.source_id
              AND o.origin = d.origin AND (o.received_at, o.id) > (d.received_at, d.id));
    UPDATE sbom_document SET release_id = stays WHERE release_id = gone;
    UPDATE statement d SET superseded_at = now()
     WHERE release_id IN (gone, stays) AND superseded_at IS NULL AND withdrawn_at IS NULL AND EXISTS (
           SELECT FROM statement o
            WHERE o.release_id IN (gone, stays) AND o.superseded_at IS NULL AND o.withdrawn_at IS NULL
              AND o.organisation_id = d.organisation_id AND o.vulnerability_id = d.vulnerability_id
              AND (o.said_at, o.id) > (d.said_at, d.id));
    UPDATE statement SET release_id = stays WHERE release_id = gone;
    UPDATE statement SET fixed_release_id = stays WHERE fixed_release_id = gone;
    UPDATE release SET support_of = stays WHERE support_of = gone;
    SELECT * INTO dates FROM release WHERE id = gone;
    UPDATE release SET source_key = NULL, support_of = NULL WHERE id = gone;
    UPDATE release s SET released_on = coalesce(s.released_on, dates.released_on),
           support_ends_on = dates.support_ends_on, support_over = dates.support_over,
           source_key = dates.source_key, support_of = nullif(dates.support_of, s.id)
     WHERE s.id = stays AND s.support_ends_on IS NULL AND NOT s.support_over;
    UPDATE release SET merged_into = stays WHERE id = gone OR merged_into = gone;
    -- who runs either is told in one sentence, and by what is withdrawn where a flaw is left in neither
    INSERT INTO outbox (cause, release_id) VALUES ('merge', stays);
    INSERT INTO outbox (cause, vulnerability_id)
    SELECT 'withdrawal', was FROM unnest(before) AS was
    EXCEPT
    SELECT 'withdrawal', f.vulnerability_id
      FROM release_contents c
      JOIN set_component USING (component_set_id)
      JOIN component_finding f USING (component_id)
     WHERE c.release_id = stays AND f.withdrawn_at IS NULL;
END $$;
REVOKE EXECUTE ON FUNCTION merge_release(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION merge_release(uuid, uuid) TO reeve_web;

-- The same of two products: releases of one version are merged, the others move.
CREATE FUNCTION merge_product(gone uuid, stays uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved record;
BEGIN
    IF asking_kind() IS DISTINCT FROM 'coordinator' OR gone = stays
       OR EXISTS (SELECT FROM product p WHERE p.id IN (gone, stays) AND p.merged_into IS NOT NULL)
       OR EXISTS (SELECT FROM product g, product s
                   WHERE g.id = gone AND s.id = stays AND g.supplier_id <> coalesce(s.supplier_id, g.id)) THEN
        RAISE EXCEPTION 'these products cannot be merged';
    END IF;
    FOR moved IN
        SELECT r.id, (SELECT coalesce(o.merged_into, o.id) FROM release o
                       WHERE o.product_id = stays AND o.version_key = r.version_key
                       ORDER BY o.merged_into IS NOT NULL, o.published_at IS NULL, o.id LIMIT 1) AS same
          FROM release r WHERE r.product_id = gone AND r.merged_into IS NULL
    LOOP
        IF moved.same IS NULL THEN
            UPDATE release SET product_id = stays WHERE id = moved.id;
        ELSE
            PERFORM merge_release(moved.id, moved.same);
        END IF;
    END LOOP;
    UPDATE system SET product_id = stays WHERE product_id = gone;
    UPDATE product SET merged_into = stays WHERE id = gone OR merged_into = gone;
END $$;
REVOKE EXECUTE ON FUNCTION merge_product(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION merge_product(uuid, uuid) TO reeve_web;
