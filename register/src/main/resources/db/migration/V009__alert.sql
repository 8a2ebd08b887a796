-- A cause commits one row here, in its own transaction; jobs find out whom it concerns (RULINGS 16).
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause text NOT NULL CHECK (cause IN ('advisory', 'statement', 'withdrawal', 'raised', 'due', 'malicious',
                                         'sbom', 'first-sbom', 'merge')),
    vulnerability_id uuid,
    release_id uuid, -- of the last three causes; the last two are summed up and told in one sentence
    caused_at timestamptz NOT NULL DEFAULT now(),
    due_at timestamptz NOT NULL DEFAULT now(), -- later where a try failed
    done_at timestamptz,
    tries integer NOT NULL DEFAULT 0,
    last_error text,
    CHECK ((cause IN ('sbom', 'first-sbom', 'merge')) = (release_id IS NOT NULL)),
    CHECK ((vulnerability_id IS NULL) = (release_id IS NOT NULL))
);
CREATE INDEX outbox_by_time ON outbox (caused_at, vulnerability_id);
CREATE INDEX outbox_waiting ON outbox (id) WHERE done_at IS NULL;
CREATE INDEX outbox_waiting_of ON outbox (vulnerability_id) WHERE done_at IS NULL;
CALL guard('outbox');
GRANT INSERT ON outbox TO reeve_web;
CREATE POLICY all_write ON outbox FOR INSERT TO reeve_web WITH CHECK (true);

-- What becomes known of a flaw that was known already: attacks, ransomware, likelier attacks, a higher score. That it
-- becomes less is told nobody. A likelihood where there was none is a feed's first load, which is silent (RULINGS 17).
CREATE FUNCTION vulnerability_rose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('reeve.first_load', true), '') <> 'on' THEN
        INSERT INTO outbox (cause, vulnerability_id) VALUES ('raised', NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rose AFTER UPDATE ON vulnerability FOR EACH ROW WHEN (NEW.merged_into IS NULL AND (
        (NEW.malicious AND NOT OLD.malicious)
        OR (NEW.kev_added IS NOT NULL AND OLD.kev_added IS NULL)
        OR (NEW.kev_ransomware AND NOT OLD.kev_ransomware)
        OR (NEW.epss >= 0.5 AND OLD.epss < 0.5)
        OR (NEW.automatable IS TRUE AND OLD.automatable IS NOT TRUE)
        OR (NEW.total_impact IS TRUE AND OLD.total_impact IS NOT TRUE)
        OR (NEW.score >= 7 AND OLD.score < 7)))
    EXECUTE FUNCTION vulnerability_rose();

-- One per council and vulnerability, however many systems it touches; again only on a higher class, a fix, its
-- supplier's word or a due time; a retraction where nothing of it is left.
CREATE TABLE alert (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ref text NOT NULL UNIQUE DEFAULT reference('AL'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    vulnerability_id uuid NOT NULL REFERENCES vulnerability,
    kind text NOT NULL CHECK (kind IN ('exposed', 'retracted')),
    news text NOT NULL CHECK (news IN ('exposed', 'rise', 'fix', 'statement', 'due', 'retracted')),
    class text NOT NULL CHECK (class IN ('instant', 'same-day', 'daily', 'weekly')), -- DOMAIN 10
    days smallint NOT NULL,
    fixable boolean NOT NULL, -- whether there was a release to move to
    ce_due date,              -- the last day by Cyber Essentials, until it has been looked at
    reasons jsonb NOT NULL,
    systems jsonb NOT NULL,   -- as they stood: [{ref, name, service, release, moveTo}]
    statements uuid[] NOT NULL DEFAULT '{}', -- the suppliers' words that it knew of
    raised_at timestamptz NOT NULL DEFAULT now(),
    caused_at timestamptz NOT NULL,
    superseded_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid REFERENCES person
);
CREATE UNIQUE INDEX alert_in_force ON alert (organisation_id, vulnerability_id) WHERE superseded_at IS NULL;
CREATE INDEX alert_of_organisation ON alert (organisation_id, raised_at DESC, id);
CREATE INDEX alert_of_flaw ON alert (organisation_id, vulnerability_id);
CREATE INDEX alert_due ON alert (ce_due) WHERE superseded_at IS NULL AND ce_due IS NOT NULL;
CALL guard('alert');
GRANT SELECT ON alert TO reeve_web;
GRANT UPDATE (acknowledged_at, acknowledged_by) ON alert TO reeve_web;
CREATE POLICY own ON alert FOR SELECT TO reeve_web USING (organisation_id = asking_organisation());
CREATE POLICY own_acknowledge ON alert FOR UPDATE TO reeve_web USING (organisation_id = asking_organisation());

-- What a person wants to be told, and how: at once, joined into one mail at a fixed hour, or not. Who has no row gets
-- mail as an editor does, and none as a reader.
CREATE TABLE alert_preference (
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisation,
    instant text NOT NULL DEFAULT 'now' CHECK (instant IN ('now', 'none')),
    same_day text NOT NULL DEFAULT 'digest' CHECK (same_day IN ('now', 'digest', 'none')),
    daily text NOT NULL DEFAULT 'digest' CHECK (daily IN ('now', 'digest', 'none')),
    weekly text NOT NULL DEFAULT 'digest' CHECK (weekly IN ('digest', 'none')),
    digest_hour smallint NOT NULL DEFAULT 8 CHECK (digest_hour BETWEEN 6 AND 18),
    detail text NOT NULL DEFAULT 'full' CHECK (detail IN ('full', 'neutral')),
    on_call_phone text CHECK (length(on_call_phone) BETWEEN 5 AND 30),
    PRIMARY KEY (person_id, organisation_id)
);
CALL guard('alert_preference');
GRANT SELECT, INSERT, UPDATE ON alert_preference TO reeve_web;
-- colleagues see who is on call
CREATE POLICY own_read ON alert_preference FOR SELECT TO reeve_web USING (organisation_id = asking_organisation());
CREATE POLICY own_write ON alert_preference FOR INSERT TO reeve_web
    WITH CHECK (person_id = asking_person() AND organisation_id = asking_organisation());
CREATE POLICY own_change ON alert_preference FOR UPDATE TO reeve_web
    USING (person_id = asking_person() AND organisation_id = asking_organisation())
    WITH CHECK (person_id = asking_person() AND organisation_id = asking_organisation());

-- a link of a summary ends summaries, see digest_stop
CREATE POLICY gate_stop ON alert_preference TO reeve_web
    USING (asking_kind() = 'gate') WITH CHECK (asking_kind() = 'gate');

-- Links that end a person's summaries: sent in each, good once and for that alone, kept as a hash.
CREATE TABLE digest_stop (
    hash bytea PRIMARY KEY, -- SHA-256 of 256 random bits
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisation,
    made_at timestamptz NOT NULL DEFAULT now(),
    spent_at timestamptz
);
CREATE INDEX digest_stop_by_age ON digest_stop (made_at);
CALL guard('digest_stop');
GRANT SELECT, UPDATE (spent_at) ON digest_stop TO reeve_web;
CREATE POLICY gate ON digest_stop TO reeve_web USING (asking_kind() = 'gate') WITH CHECK (asking_kind() = 'gate');

-- Addresses at which a feed reader finds a person's alerts: shown once, kept as a hash.
CREATE TABLE alert_feed (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisation,
    hash bytea NOT NULL UNIQUE, -- SHA-256 of 256 random bits
    made_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX alert_feed_of ON alert_feed (person_id, organisation_id) WHERE revoked_at IS NULL;
CALL guard('alert_feed');
GRANT SELECT, INSERT, UPDATE (last_used_at, revoked_at) ON alert_feed TO reeve_web;
CREATE POLICY own ON alert_feed TO reeve_web
    USING (person_id = asking_person() AND organisation_id = asking_organisation() OR asking_kind() = 'gate')
    WITH CHECK (person_id = asking_person() AND organisation_id = asking_organisation() OR asking_kind() = 'gate');

-- What a council is told in one sentence a cause, never at once: see Notices.
CREATE TABLE notice (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    key text NOT NULL, -- what it is about: told once
    text text NOT NULL,
    path text NOT NULL, -- where more stands
    raised_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organisation_id, key)
);
CREATE INDEX notice_of_organisation ON notice (organisation_id, raised_at DESC);
CALL guard('notice');
GRANT SELECT ON notice TO reeve_web;
CREATE POLICY own ON notice FOR SELECT TO reeve_web USING (organisation_id = asking_organisation());

-- Where an organisation's own machines are told. The secret signs, so it is sealed and no hash; no page's role
-- reads it.
CREATE TABLE webhook (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ref text NOT NULL UNIQUE DEFAULT reference('W'),
    organisation_id uuid NOT NULL REFERENCES organisation,
    url text NOT NULL CHECK (length(url) <= 2000),
    detail text NOT NULL DEFAULT 'neutral' CHECK (detail IN ('neutral', 'full')),
    secret bytea NOT NULL CHECK (length(secret) BETWEEN 32 AND 100), -- see Seal; 32: plain, until the next start
    made_by uuid REFERENCES person ON DELETE SET NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhook_of ON webhook (organisation_id, made_at);
CALL guard('webhook');
GRANT SELECT (id, ref, organisation_id, url, detail, made_by, made_at), INSERT, DELETE ON webhook TO reeve_web;
CREATE POLICY own ON webhook TO reeve_web
    USING (organisation_id = asking_organisation()) WITH CHECK (organisation_id = asking_organisation());

-- One message to one person or machine by one way. What goes together into one digest shares `message`; by it the
-- other side knows again what is sent twice.
CREATE TABLE delivery (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisation,
    alert_id uuid REFERENCES alert, -- null: a notice, or a test
    notice_id uuid REFERENCES notice,
    person_id uuid REFERENCES person ON DELETE SET NULL,
    webhook_id uuid REFERENCES webhook ON DELETE CASCADE,
    channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
    address text NOT NULL,
    digest boolean NOT NULL DEFAULT false,
    message uuid,                   -- said once, when it is first taken to be sent
    first_due_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    leased_until timestamptz,       -- whoever took it has until then; after that it is anyone's again
    tries integer NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    last_error text,
    sent_at timestamptz,
    CHECK ((channel = 'webhook') = (webhook_id IS NOT NULL))
);
CREATE UNIQUE INDEX delivery_by_mail ON delivery (alert_id, address) WHERE channel = 'email';
CREATE UNIQUE INDEX delivery_by_webhook ON delivery (alert_id, webhook_id) WHERE channel = 'webhook';
CREATE INDEX delivery_waiting ON delivery (channel, due_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_of_message ON delivery (message) WHERE message IS NOT NULL;
CREATE INDEX delivery_of_webhook ON delivery (webhook_id, first_due_at DESC) WHERE webhook_id IS NOT NULL;
CREATE INDEX delivery_of_organisation ON delivery (organisation_id, first_due_at DESC, id);
CALL guard('delivery');
GRANT SELECT ON delivery TO reeve_web;
GRANT INSERT (organisation_id, webhook_id, channel, address, first_due_at, due_at) ON delivery TO reeve_web;
GRANT UPDATE (state, first_due_at, due_at, tries, last_error) ON delivery TO reeve_web;
CREATE POLICY own ON delivery FOR SELECT TO reeve_web USING (organisation_id = asking_organisation());
-- a test of its own webhook
CREATE POLICY own_test ON delivery FOR INSERT TO reeve_web
    WITH CHECK (organisation_id = asking_organisation() AND alert_id IS NULL
        AND EXISTS (SELECT FROM webhook w WHERE w.id = webhook_id AND w.url = address));
CREATE POLICY own_retry ON delivery FOR UPDATE TO reeve_web
    USING (organisation_id = asking_organisation() AND (state = 'failed' OR channel = 'webhook' AND state = 'sent'))
    WITH CHECK (organisation_id = asking_organisation() AND state = 'waiting');
