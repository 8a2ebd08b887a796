-- The roles of Reeve's register. Run it in the register's own database, as a superuser or as a role that may create
-- roles and owns the database; again does no harm:
--
--     createdb reeve
--     psql -d reeve -v ON_ERROR_STOP=1 -f roles.sql
--     psql -d reeve -c '\password reeve_migrator' -c '\password reeve_web' -c '\password reeve_jobs'
--
-- reeve_owner     owns tables and functions; does not log in
-- reeve_migrator  logs in at start and for backup and restore; acts only after SET ROLE reeve_owner
-- reeve_web       what people's requests connect as
-- reeve_jobs      what jobs connect as
-- reeve_counter   owns the counting functions; does not log in

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN VALUES ('reeve_owner', 'NOLOGIN'), ('reeve_counter', 'NOLOGIN'),
                         ('reeve_migrator', 'LOGIN NOINHERIT'), ('reeve_web', 'LOGIN'), ('reeve_jobs', 'LOGIN') LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.column1) THEN
            EXECUTE format('CREATE ROLE %I %s', wanted.column1, wanted.column2);
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname IN ('reeve_owner', 'reeve_counter', 'reeve_migrator', 'reeve_web', 'reeve_jobs')
                                      AND (rolsuper OR rolbypassrls OR rolcreaterole)) THEN
        RAISE EXCEPTION 'A role of the register is a superuser, may create roles, or passes row security: take that from it.';
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND NOT rolsuper) THEN
        EXECUTE format('GRANT reeve_owner TO %I', current_user); -- to give the database away
    END IF;
    EXECUTE format('ALTER DATABASE %I OWNER TO reeve_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO reeve_migrator, reeve_web, reeve_jobs', current_database());
END $$;

GRANT reeve_owner TO reeve_migrator;
GRANT reeve_counter TO reeve_owner;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO reeve_web, reeve_jobs;
GRANT USAGE, CREATE ON SCHEMA public TO reeve_owner, reeve_counter;
