-- A cause commits one row here, in its own transaction; jobs find out whom it concerns (RULINGS 16).
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause text NOT NULL CHECK (cause IN ('advisory', 'statement', 'withdrawal', 'raised')),
    vulnerability_id uuid NOT NULL,
    caused_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz,
    tries integer NOT NULL DEFAULT 0,
    last_error text
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE done_at IS NULL;
CALL guard('outbox');
GRANT INSERT ON outbox TO reeve_web;
CREATE POLICY all_write ON outbox FOR INSERT TO reeve_web WITH CHECK (true);

-- One per council and vulnerability, however many systems it touches; again only on a higher class; a retraction where
-- nothing of it is left.
CREATE TABLE alert (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ref text NOT NULL UNIQUE DEFAULT reference('AL'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability,
    kind text NOT NULL CHECK (kind IN ('exposed', 'retracted')),
    days smallint NOT NULL,
    reasons jsonb NOT NULL,
    systems jsonb NOT NULL,   -- as they stood: [{ref, name, service, release, path, moveTo}]
    raised_at timestamptz NOT NULL DEFAULT now(),
    caused_at timestamptz NOT NULL,
    superseded_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid REFERENCES person
);
CREATE UNIQUE INDEX alert_in_force ON alert (organisation_id, vulnerability_id) WHERE superseded_at IS NULL;
CREATE INDEX alert_of_organisation ON alert (organisation_id, raised_at DESC, id);
CALL guard('alert');
GRANT SELECT ON alert TO reeve_web;
GRANT UPDATE (acknowledged_at, acknowledged_by) ON alert TO reeve_web;
CREATE POLICY own ON alert FOR SELECT TO reeve_web USING (organisation_id = asking_organisation());
CREATE POLICY own_acknowledge ON alert FOR UPDATE TO reeve_web USING (organisation_id = asking_organisation());

-- One message to one person by one way. `message_id` stays the same however often it is tried.
CREATE TABLE delivery (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisation,
    alert_id uuid NOT NULL REFERENCES alert,
    person_id uuid REFERENCES person ON DELETE SET NULL,
    channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
    address text NOT NULL,
    due_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    last_error text,
    sent_at timestamptz,
    UNIQUE (alert_id, channel, address)
);
CREATE INDEX delivery_waiting ON delivery (due_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_of_organisation ON delivery (organisation_id, due_at DESC, id);
CALL guard('delivery');
GRANT SELECT ON delivery TO reeve_web;
GRANT UPDATE (state, due_at, last_error) ON delivery TO reeve_web;
CREATE POLICY own ON delivery FOR SELECT TO reeve_web USING (organisation_id = asking_organisation());
CREATE POLICY own_retry ON delivery FOR UPDATE TO reeve_web
    USING (organisation_id = asking_organisation() AND state = 'failed')
    WITH CHECK (organisation_id = asking_organisation() AND state = 'waiting');
