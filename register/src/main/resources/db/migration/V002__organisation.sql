-- Every kind of party. Its name and kind are public; who works there is not.
CREATE TABLE organisation (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN
        ('council', 'supplier', 'researcher', 'assessor', 'operator', 'coordinator', 'administrator')),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    council_type text,
    nation text CHECK (nation IN ('England', 'Wales', 'Scotland', 'Northern Ireland')),
    region text,
    gss_code text UNIQUE,
    invented boolean NOT NULL DEFAULT false,
    -- a council's word counts, and its pages open, once somebody who was checked has joined
    verified_at timestamptz,
    security_mailbox text,
    exists_from date,
    exists_to date
);
CREATE INDEX organisation_by_kind ON organisation (kind, name, id);
CALL guard('organisation');
GRANT SELECT, INSERT, UPDATE ON organisation TO reeve_web;
CREATE POLICY all_read ON organisation FOR SELECT TO reeve_web USING (true);
CREATE POLICY administrators_write ON organisation FOR INSERT TO reeve_web
    WITH CHECK (asking_kind() = 'administrator');
CREATE POLICY administrators_or_own_change ON organisation FOR UPDATE TO reeve_web
    USING (asking_kind() IN ('administrator', 'gate') OR id = asking_organisation());

-- Which council becomes which: mergers and splits, with their day.
CREATE TABLE organisation_successor (
    predecessor_id uuid NOT NULL REFERENCES organisation,
    successor_id uuid NOT NULL REFERENCES organisation,
    on_day date NOT NULL,
    PRIMARY KEY (predecessor_id, successor_id)
);
CALL guard('organisation_successor');
GRANT SELECT, INSERT ON organisation_successor TO reeve_web;
CREATE POLICY all_read ON organisation_successor FOR SELECT TO reeve_web USING (true);
CREATE POLICY administrators_write ON organisation_successor FOR INSERT TO reeve_web
    WITH CHECK (asking_kind() = 'administrator');

-- Mail domains: by them an invitation's address is matched, and mail may tell in full.
CREATE TABLE organisation_domain (
    domain text PRIMARY KEY CHECK (domain = lower(domain) AND length(domain) <= 253),
    organisation_id uuid NOT NULL REFERENCES organisation
);
CALL guard('organisation_domain');
GRANT SELECT, INSERT, DELETE ON organisation_domain TO reeve_web;
CREATE POLICY own_read ON organisation_domain FOR SELECT TO reeve_web
    USING (organisation_id = asking_organisation() OR asking_kind() IN ('administrator', 'gate'));
CREATE POLICY administrators_write ON organisation_domain FOR INSERT TO reeve_web
    WITH CHECK (asking_kind() = 'administrator');
CREATE POLICY administrators_delete ON organisation_domain FOR DELETE TO reeve_web
    USING (asking_kind() = 'administrator');

CREATE TABLE person (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) <= 254),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    joined_at timestamptz NOT NULL DEFAULT now(),
    proven_at timestamptz, -- when they first showed that the address is theirs: a link by mail, or the provider's word
    last_seen_at timestamptz
);
-- Apart from `person`, which colleagues read.
CREATE TABLE password (
    person_id uuid PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    hash text NOT NULL -- Argon2id
);

CREATE TABLE membership (
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisation,
    role text NOT NULL CHECK (role IN ('reader', 'editor', 'administrator', 'curator')),
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, organisation_id, role)
);
CREATE INDEX membership_by_organisation ON membership (organisation_id, person_id);
CALL guard('membership');
GRANT SELECT, INSERT, DELETE ON membership TO reeve_web;
CREATE POLICY own_read ON membership FOR SELECT TO reeve_web
    USING (organisation_id = asking_organisation() OR person_id = asking_person() OR asking_kind() = 'gate');
CREATE POLICY own_write ON membership FOR INSERT TO reeve_web
    WITH CHECK (organisation_id = asking_organisation() OR asking_kind() = 'gate');
CREATE POLICY own_delete ON membership FOR DELETE TO reeve_web USING (organisation_id = asking_organisation());
CALL guard('person');
GRANT SELECT, INSERT, UPDATE ON person TO reeve_web;
-- colleagues, oneself, and the gate while it looks who knocks
CREATE POLICY own_read ON person FOR SELECT TO reeve_web
    USING (id = asking_person() OR asking_kind() = 'gate'
        OR EXISTS (SELECT FROM membership m WHERE m.person_id = person.id AND m.organisation_id = asking_organisation()));
CREATE POLICY gate_write ON person FOR INSERT TO reeve_web WITH CHECK (asking_kind() = 'gate');
CREATE POLICY own_change ON person FOR UPDATE TO reeve_web
    USING (id = asking_person() OR asking_kind() = 'gate');

-- Keys for machines: shown once, kept as a hash, scoped, expiring.
CREATE TABLE api_key (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisation,
    made_by uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    scope text NOT NULL CHECK (scope IN ('read', 'publish')),
    hash bytea NOT NULL UNIQUE, -- SHA-256 of a key of 256 random bits
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_key_of ON api_key (organisation_id, made_at);
CALL guard('api_key');
GRANT SELECT, INSERT, UPDATE ON api_key TO reeve_web;
CREATE POLICY own ON api_key TO reeve_web
    USING (organisation_id = asking_organisation() OR asking_kind() = 'gate')
    WITH CHECK (organisation_id = asking_organisation() OR asking_kind() = 'gate');

-- What a call with an Idempotency-Key was answered, for 24 hours; without an answer while it is done.
CREATE TABLE api_answer (
    organisation_id uuid NOT NULL REFERENCES organisation,
    key text NOT NULL,
    digest bytea NOT NULL, -- SHA-256 of address and body
    status integer,
    location text,
    content_type text,
    body text,
    answered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, key)
);
CREATE INDEX api_answer_by_age ON api_answer (answered_at);
CALL guard('api_answer');
GRANT SELECT, INSERT, UPDATE ON api_answer TO reeve_web;
CREATE POLICY own ON api_answer TO reeve_web
    USING (organisation_id = asking_organisation()) WITH CHECK (organisation_id = asking_organisation());

-- Whether an organisation has somebody who lets its people in: then nobody else does.
CREATE FUNCTION has_administrator(of_organisation uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM membership WHERE organisation_id = of_organisation AND role = 'administrator')
$$;
REVOKE EXECUTE ON FUNCTION has_administrator(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION has_administrator(uuid) TO reeve_web;
GRANT SELECT ON membership TO reeve_counter;
CREATE POLICY counter_reads ON membership FOR SELECT TO reeve_counter USING (true);
ALTER FUNCTION has_administrator(uuid) OWNER TO reeve_counter;

-- A way in for one person, sent as a link: single use, seven days.
CREATE TABLE invitation (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisation,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    roles text[] NOT NULL CHECK (roles <@ ARRAY['reader', 'editor', 'administrator', 'curator']),
    invited_by uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    hash bytea NOT NULL UNIQUE,
    mailed boolean NOT NULL DEFAULT false, -- whether the link went by mail, and nobody else saw it
    mailed_at timestamptz,                 -- when the mail server took it
    mail_error text,                       -- why it did not so far
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    spent_at timestamptz
);
CREATE INDEX invitation_of ON invitation (organisation_id, made_at);
CALL guard('invitation');
GRANT SELECT, INSERT, UPDATE ON invitation TO reeve_web;
CREATE POLICY own_read ON invitation FOR SELECT TO reeve_web
    USING (organisation_id = asking_organisation() OR asking_kind() IN ('gate', 'administrator'));
-- an administrator of the installation lets the first person of an organisation in; the others their own colleagues
CREATE POLICY own_write ON invitation FOR INSERT TO reeve_web
    WITH CHECK (invited_by = asking_person()
        AND (organisation_id = asking_organisation()
            OR (asking_kind() = 'administrator' AND NOT has_administrator(organisation_id))));
CREATE POLICY gate_spend ON invitation FOR UPDATE TO reeve_web
    USING (asking_kind() = 'gate' OR organisation_id = asking_organisation());
CREATE POLICY gate_first ON organisation FOR INSERT TO reeve_web
    WITH CHECK (asking_kind() = 'gate' AND kind = 'administrator');

-- Mail about an account that the mail server has not taken yet. Sealed, since it holds links that let somebody in. Whoever
-- asks may write one; the jobs alone read them, and the gate forgets them.
CREATE TABLE letter (
    id uuid PRIMARY KEY,
    address text NOT NULL,
    sealed bytea NOT NULL, -- subject, line feed, text
    invitation_id uuid REFERENCES invitation ON DELETE CASCADE,
    tries integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL -- from then on it is of no use
);
CALL guard('letter');
GRANT INSERT, DELETE, SELECT (address) ON letter TO reeve_web;
CREATE POLICY all_write ON letter FOR INSERT TO reeve_web WITH CHECK (true);
CREATE POLICY gate_forget ON letter TO reeve_web USING (asking_kind() = 'gate'); -- with whom it was meant for

-- Sessions, laid out as Spring Session wants them. A session's id is what lets somebody in, so only its SHA-256 is kept:
-- who reads the table, or a backup of it, cannot become anybody. The gate alone reads them: no person's query, no job.
CREATE FUNCTION session_key(id text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN encode(sha256(convert_to(id, 'UTF8')), 'hex');
CREATE TABLE session (
    primary_id char(36) PRIMARY KEY,
    session_id char(64) NOT NULL UNIQUE,
    creation_time bigint NOT NULL, -- ms since 1970, like the others
    last_access_time bigint NOT NULL,
    max_inactive_interval int NOT NULL, -- s
    expiry_time bigint NOT NULL,
    principal_name varchar(100) -- a person's id
);
CREATE INDEX session_by_expiry ON session (expiry_time);
CREATE INDEX session_by_person ON session (principal_name);
CREATE TABLE session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES session ON DELETE CASCADE,
    attribute_name varchar(200) NOT NULL,
    attribute_bytes bytea NOT NULL CHECK (length(attribute_bytes) <= 65536), -- text: see SessionValues
    PRIMARY KEY (session_primary_id, attribute_name)
);

-- What only the gate reads: what lets people in.
CREATE PROCEDURE guard_for_gate(guarded regclass) LANGUAGE plpgsql AS $$
BEGIN
    CALL guard(guarded);
    EXECUTE format('DROP POLICY jobs_all ON %s', guarded);
    EXECUTE format('REVOKE ALL ON %s FROM reeve_jobs', guarded);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO reeve_web', guarded);
    EXECUTE format('CREATE POLICY gate_only ON %s TO reeve_web USING (asking_kind() = ''gate'')', guarded);
END $$;
CALL guard_for_gate('session');
CALL guard_for_gate('password');
CALL guard_for_gate('session_attributes');
CREATE POLICY gate_delete ON membership FOR DELETE TO reeve_web USING (asking_kind() = 'gate');
GRANT DELETE ON invitation TO reeve_web;
CREATE POLICY gate_delete ON invitation FOR DELETE TO reeve_web USING (asking_kind() = 'gate');

-- How often somebody tried to come in, by digest of account and network: see Tries.
CREATE TABLE sign_in_try (
    what bytea PRIMARY KEY,
    level double precision NOT NULL,
    at timestamptz NOT NULL,
    came_in_at timestamptz
);
CALL guard_for_gate('sign_in_try');

-- An authenticator app beside the password, and codes for the day on which it is lost.
CREATE TABLE second_factor (
    person_id uuid PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    secret bytea NOT NULL, -- see Seal
    last_step bigint NOT NULL, -- of 30 s since 1970; a code is good once
    since timestamptz NOT NULL DEFAULT now()
);
CALL guard_for_gate('second_factor');
CREATE TABLE recovery_code (
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    hash bytea NOT NULL, -- SHA-256 of 80 random bits
    spent_at timestamptz,
    PRIMARY KEY (person_id, hash)
);
CALL guard_for_gate('recovery_code');

-- Back in without the password: a link sent by mail, and the word of an administrator of the person's organisation.
CREATE TABLE recovery (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    hash bytea NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    spent_at timestamptz
);
CREATE INDEX recovery_of ON recovery (person_id);
CALL guard_for_gate('recovery');
CREATE TABLE recovery_word (
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    given_by uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX recovery_word_for ON recovery_word (person_id);
CALL guard_for_gate('recovery_word');
CREATE POLICY administrators_write ON recovery_word FOR INSERT TO reeve_web
    WITH CHECK (given_by = asking_person()
        AND EXISTS (SELECT FROM membership a WHERE a.person_id = asking_person()
                       AND a.organisation_id = asking_organisation() AND a.role = 'administrator')
        AND EXISTS (SELECT FROM membership m WHERE m.person_id = recovery_word.person_id
                       AND m.organisation_id = asking_organisation()));

-- Passkeys, as the WebAuthn library keeps them; what is secret stays on the person's device.
CREATE TABLE passkey (
    credential_id bytea PRIMARY KEY CHECK (length(credential_id) BETWEEN 1 AND 1023),
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
    public_key bytea NOT NULL,
    signature_count bigint NOT NULL,
    verifies boolean NOT NULL,
    transports text NOT NULL, -- comma-separated
    backup_eligible boolean NOT NULL,
    backed_up boolean NOT NULL,
    attestation bytea NOT NULL CHECK (length(attestation) <= 65536),
    client_data bytea NOT NULL,
    made_at timestamptz NOT NULL,
    last_used_at timestamptz
);
CREATE INDEX passkey_of ON passkey (person_id, made_at);
CALL guard_for_gate('passkey');

-- Who a person is at an OpenID Connect provider: bound at their first sign-in by a verified address, and by the
-- provider's id for them from then on.
CREATE TABLE identity (
    issuer text NOT NULL,
    subject text NOT NULL CHECK (length(subject) <= 255),
    person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject),
    UNIQUE (person_id, issuer)
);
CALL guard_for_gate('identity');
