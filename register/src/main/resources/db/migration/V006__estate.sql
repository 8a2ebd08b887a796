-- A council's own: seen by its people and nobody else, not even the coordinator.
CREATE TABLE service (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisation,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    area text REFERENCES service_area,
    criticality smallint NOT NULL DEFAULT 3 CHECK (criticality BETWEEN 1 AND 4),
    UNIQUE (organisation_id, name)
);
CALL guard('service');
GRANT SELECT, INSERT, UPDATE, DELETE ON service TO reeve_web;
CREATE POLICY own ON service TO reeve_web
    USING (organisation_id = asking_organisation() AND asking_kind() = 'council')
    WITH CHECK (organisation_id = asking_organisation() AND asking_kind() = 'council');

CREATE TABLE system (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ref text NOT NULL UNIQUE DEFAULT reference('S'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    product_id uuid REFERENCES product,
    release_id uuid REFERENCES release,
    service_id uuid REFERENCES service,
    hosting text NOT NULL DEFAULT 'own' CHECK (hosting IN ('own', 'supplier', 'other')),
    exposure text NOT NULL DEFAULT 'unknown' CHECK (exposure IN ('internet', 'network', 'isolated', 'unknown')),
    personal_data text NOT NULL DEFAULT 'unknown' CHECK (personal_data IN ('none', 'personal', 'special', 'unknown')),
    owner text CHECK (length(owner) <= 200),
    added_at timestamptz NOT NULL DEFAULT now(),
    summed_up_at timestamptz, -- when its council was told what came of adding it
    retired_on date
);
CREATE INDEX system_of_organisation ON system (organisation_id, name, id);
CREATE INDEX system_to_sum_up ON system (organisation_id) WHERE summed_up_at IS NULL;
CREATE INDEX system_by_release ON system (release_id, organisation_id) WHERE retired_on IS NULL;
CREATE INDEX system_by_product ON system (product_id, organisation_id) WHERE retired_on IS NULL;
CALL guard('system');
GRANT SELECT, INSERT, UPDATE ON system TO reeve_web;
CREATE POLICY own ON system TO reeve_web
    USING (organisation_id = asking_organisation() AND asking_kind() = 'council')
    WITH CHECK (organisation_id = asking_organisation() AND asking_kind() = 'council');

-- A list that someone pasted and has not confirmed yet; gone once it is, or after a week.
CREATE TABLE system_draft (
    ref text PRIMARY KEY DEFAULT reference('D'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    list text NOT NULL CHECK (length(list) <= 100000),
    begun_at timestamptz NOT NULL DEFAULT now()
);
CALL guard('system_draft');
GRANT SELECT, INSERT, DELETE ON system_draft TO reeve_web;
CREATE POLICY own ON system_draft TO reeve_web
    USING (person_id = asking_person() AND organisation_id = asking_organisation() AND asking_kind() = 'council')
    WITH CHECK (person_id = asking_person() AND organisation_id = asking_organisation() AND asking_kind() = 'council');
