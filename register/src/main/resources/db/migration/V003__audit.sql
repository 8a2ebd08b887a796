-- Entries are sealed in batches, each seal over the one before (audit.Seals): a chain row by row would make all who
-- record wait in line.
CREATE TABLE audit_seal (
    id bigint PRIMARY KEY,
    sealed_at timestamptz NOT NULL DEFAULT now(),
    entries integer NOT NULL,
    hash bytea NOT NULL,
    signature bytea NOT NULL
);
CALL guard('audit_seal');
REVOKE UPDATE, DELETE ON audit_seal FROM reeve_jobs;

-- Who saw, said and changed what. Names of people live in `person`: here stand ids.
CREATE TABLE audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    person_id uuid,
    organisation_id uuid,
    -- whose thing it was: that organisation reads the entry, too
    about_organisation_id uuid,
    act text NOT NULL,
    subject text NOT NULL,
    reason text,
    seal_id bigint
);
CREATE INDEX audit_entry_about ON audit_entry (about_organisation_id, id);
CREATE INDEX audit_entry_by ON audit_entry (organisation_id, id);
CREATE INDEX audit_entry_under ON audit_entry (seal_id, id);
CALL guard('audit_entry');
REVOKE UPDATE, DELETE ON audit_entry FROM reeve_jobs;
GRANT UPDATE (seal_id) ON audit_entry TO reeve_jobs;
GRANT SELECT, INSERT ON audit_entry TO reeve_web;
CREATE POLICY own_read ON audit_entry FOR SELECT TO reeve_web
    USING (organisation_id = asking_organisation() OR about_organisation_id = asking_organisation());
CREATE POLICY all_write ON audit_entry FOR INSERT TO reeve_web
    WITH CHECK (person_id IS NOT DISTINCT FROM asking_person()
        AND organisation_id IS NOT DISTINCT FROM asking_organisation()
        AND seal_id IS NULL);
