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
    sha256 bytea, -- the document that said it; null where it was said on a page
    superseded_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_reason text,
    CHECK (status <> 'not_affected' OR justification IS NOT NULL OR impact IS NOT NULL),
    CHECK (status <> 'affected' OR action IS NOT NULL)
);
CREATE UNIQUE INDEX statement_in_force ON statement (organisation_id, release_id, vulnerability_id)
    WHERE superseded_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX statement_by_vulnerability ON statement (vulnerability_id, release_id);
CREATE INDEX statement_by_release ON statement (release_id, vulnerability_id);
CALL guard('statement');
GRANT SELECT, INSERT, UPDATE ON statement TO reeve_web;
CREATE POLICY read ON statement FOR SELECT TO reeve_web
    USING (EXISTS (SELECT FROM release r WHERE r.id = release_id)); -- as the release is seen
CREATE POLICY own_write ON statement FOR INSERT TO reeve_web
    WITH CHECK (organisation_id = asking_organisation() AND asking_kind() IN ('supplier', 'assessor'));
CREATE POLICY own_change ON statement FOR UPDATE TO reeve_web USING (organisation_id = asking_organisation());
