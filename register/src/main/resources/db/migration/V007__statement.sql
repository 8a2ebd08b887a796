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
