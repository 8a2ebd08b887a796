package uk.reeve.register.organisation;

import java.net.URI;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Passkeys (WebAuthn): kept on the person's device, of no use on another site, and two factors in one, since
/// the device asks who is there. All checks are the library's; here is where its records are kept, and who is
/// who.
@Service
public class Passkeys {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final People people;
    private final Environment settings;

    Passkeys(JdbcClient jdbc, TransactionTemplate transactions, People people, Environment settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.people = people;
        this.settings = settings;
    }

    /// @param id of the credential, as an address spells it
    public record Passkey(
            String id, String label, Instant made, @Nullable Instant lastUsed) {}

    /// The oldest first.
    List<Passkey> of(UUID person) {
        record Line(
                byte[] id,
                String label,
                Instant made,
                @Nullable Instant lastUsed) {}
        return gate(() ->
                        jdbc.sql("""
                        SELECT credential_id AS id, label, made_at AS made, last_used_at AS last_used FROM passkey
                         WHERE person_id = :person ORDER BY made_at LIMIT 100
                        """).param("person", person).query(Line.class).list())
                .stream()
                .map(line -> new Passkey(
                        new Bytes(line.id()).toBase64UrlString(), line.label(), line.made(), line.lastUsed()))
                .toList();
    }

    /// What the browser needs to make one.
    ///
    /// @param challenge 32 random bytes, to be given again to [#add]
    String optionsToAdd(People.Account person, Bytes challenge) {
        return JSON.writeValueAsString(library(challenge, person)
                .createPublicKeyCredentialCreationOptions(new ImmutablePublicKeyCredentialCreationOptionsRequest(
                        new Entered(person.id(), null, Instant.EPOCH))));
    }

    /// @param credential as the browser tells it
    /// @throws RuntimeException where it is none, or not the answer to this challenge at this address
    void add(People.Account person, Bytes challenge, String credential, String label) {
        var operations = library(challenge, person);
        PublicKeyCredential<AuthenticatorAttestationResponse> given =
                JSON.readValue(credential, new TypeReference<>() {});
        operations.registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                operations.createPublicKeyCredentialCreationOptions(
                        new ImmutablePublicKeyCredentialCreationOptionsRequest(
                                new Entered(person.id(), null, Instant.EPOCH))),
                new RelyingPartyPublicKey(given, label)));
    }

    /// What the browser needs to use one; it tells nothing of who has any.
    String optionsToEnter(Bytes challenge) {
        return JSON.writeValueAsString(library(challenge, null)
                .createCredentialRequestOptions(new ImmutablePublicKeyCredentialRequestOptionsRequest(null)));
    }

    /// @return whose it is
    /// @throws RuntimeException where it is none of ours, or not the answer to this challenge at this address
    UUID enter(Bytes challenge, String credential) {
        var operations = library(challenge, null);
        PublicKeyCredential<AuthenticatorAssertionResponse> given =
                JSON.readValue(credential, new TypeReference<>() {});
        return person(operations
                .authenticate(new RelyingPartyAuthenticationRequest(
                        operations.createCredentialRequestOptions(
                                new ImmutablePublicKeyCredentialRequestOptionsRequest(null)),
                        given))
                .getId());
    }

    /// @return false where there is no such passkey of theirs
    boolean remove(UUID person, String id) {
        return gate(() -> jdbc.sql("DELETE FROM passkey WHERE credential_id = :id AND person_id = :person")
                        .param("id", Bytes.fromBase64(id).getBytes())
                        .param("person", person)
                        .update())
                > 0;
    }

    /// @param maker who makes a passkey, perhaps before there is an account; null where one is used
    private WebAuthnRelyingPartyOperations library(Bytes challenge, People.@Nullable Account maker) {
        String origin = settings.getProperty(
                "reeve.address", "http://localhost:" + settings.getProperty("local.server.port", "8080"));
        var operations = new Webauthn4JRelyingPartyOperations(
                new Users(maker),
                new Credentials(),
                PublicKeyCredentialRpEntity.builder()
                        .id(URI.create(origin).getHost())
                        .name("Reeve")
                        .build(),
                Set.of(origin));
        operations.setCustomizeCreationOptions(options -> options.challenge(challenge)
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build()));
        operations.setCustomizeRequestOptions(
                options -> options.challenge(challenge).userVerification(UserVerificationRequirement.REQUIRED));
        return operations;
    }

    private static Bytes handle(UUID person) {
        return new Bytes(ByteBuffer.allocate(16)
                .putLong(person.getMostSignificantBits())
                .putLong(person.getLeastSignificantBits())
                .array());
    }

    private static UUID person(Bytes handle) {
        ByteBuffer bytes = ByteBuffer.wrap(handle.getBytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /// People, as the library wants them: known by their random id.
    private final class Users implements PublicKeyCredentialUserEntityRepository {

        private final People.@Nullable Account maker;

        Users(People.@Nullable Account maker) {
            this.maker = maker;
        }

        @Override
        public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
            return entity(people.account(person(id)));
        }

        @Override
        public @Nullable PublicKeyCredentialUserEntity findByUsername(String username) {
            return entity(Optional.ofNullable(maker).or(() -> people.account(UUID.fromString(username))));
        }

        private @Nullable PublicKeyCredentialUserEntity entity(Optional<People.Account> account) {
            return account.map(of -> ImmutablePublicKeyCredentialUserEntity.builder()
                            .id(handle(of.id()))
                            .name(of.email())
                            .displayName(of.name())
                            .build())
                    .orElse(null);
        }

        @Override
        public void save(PublicKeyCredentialUserEntity user) {
            throw new IllegalStateException("people come by invitation");
        }

        @Override
        public void delete(Bytes id) {
            throw new IllegalStateException("people leave by their own page");
        }
    }

    private final class Credentials implements UserCredentialRepository {

        private record Line(
                byte[] credentialId,
                UUID personId,
                String label,
                byte[] publicKey,
                long signatureCount,
                boolean verifies,
                String transports,
                boolean backupEligible,
                boolean backedUp,
                byte[] attestation,
                byte[] clientData,
                Instant madeAt,
                @Nullable Instant lastUsedAt) {}

        @Override
        public void save(CredentialRecord key) {
            byte[] attestation = key.getAttestationObject() == null
                    ? new byte[0]
                    : key.getAttestationObject().getBytes();
            byte[] client = key.getAttestationClientDataJSON() == null
                    ? new byte[0]
                    : key.getAttestationClientDataJSON().getBytes();
            gate(() -> jdbc.sql("""
                    INSERT INTO passkey AS p (credential_id, person_id, label, public_key, signature_count, verifies,
                                         transports, backup_eligible, backed_up, attestation, client_data, made_at)
                    VALUES (:id, :person, :label, :key, :count, :verifies, :transports, :eligible, :backed, :attestation,
                            :client, :made)
                    ON CONFLICT (credential_id) DO UPDATE
                       SET signature_count = excluded.signature_count, backed_up = excluded.backed_up,
                           last_used_at = :used
                     WHERE p.person_id = excluded.person_id
                    """)
                    .param("id", key.getCredentialId().getBytes())
                    .param("person", person(key.getUserEntityUserId()))
                    .param("label", key.getLabel())
                    .param("key", key.getPublicKey().getBytes())
                    .param("count", key.getSignatureCount())
                    .param("verifies", key.isUvInitialized())
                    .param(
                            "transports",
                            key.getTransports().stream()
                                    .map(AuthenticatorTransport::getValue)
                                    .collect(Collectors.joining(",")))
                    .param("eligible", key.isBackupEligible())
                    .param("backed", key.isBackupState())
                    .param("attestation", attestation)
                    .param("client", client)
                    .param("made", Timestamp.from(key.getCreated()))
                    .param("used", Timestamp.from(key.getLastUsed()))
                    .update());
        }

        @Override
        public @Nullable CredentialRecord findByCredentialId(Bytes id) {
            return gate(() -> jdbc.sql("SELECT * FROM passkey WHERE credential_id = :id")
                            .param("id", id.getBytes())
                            .query(Line.class)
                            .optional())
                    .map(Credentials::key)
                    .orElse(null);
        }

        @Override
        public List<CredentialRecord> findByUserId(Bytes user) {
            return gate(() -> jdbc.sql("SELECT * FROM passkey WHERE person_id = :person LIMIT 100")
                            .param("person", person(user))
                            .query(Line.class)
                            .list())
                    .stream()
                    .map(Credentials::key)
                    .toList();
        }

        private static CredentialRecord key(Line line) {
            return ImmutableCredentialRecord.builder()
                    .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                    .credentialId(new Bytes(line.credentialId()))
                    .userEntityUserId(handle(line.personId()))
                    .label(line.label())
                    .publicKey(new ImmutablePublicKeyCose(line.publicKey()))
                    .signatureCount(line.signatureCount())
                    .uvInitialized(line.verifies())
                    .transports(Arrays.stream(line.transports().split(",", -1))
                            .filter(transport -> !transport.isEmpty())
                            .map(AuthenticatorTransport::valueOf)
                            .collect(Collectors.toSet()))
                    .backupEligible(line.backupEligible())
                    .backupState(line.backedUp())
                    .attestationObject(new Bytes(line.attestation()))
                    .attestationClientDataJSON(new Bytes(line.clientData()))
                    .created(line.madeAt())
                    .lastUsed(line.lastUsedAt() == null ? line.madeAt() : line.lastUsedAt())
                    .build();
        }

        @Override
        public void delete(Bytes id) {
            throw new IllegalStateException("a passkey is removed by its person");
        }
    }

    private <T> T gate(java.util.function.Supplier<T> work) {
        return Asking.as(
                new Asker.Gate(), () -> java.util.Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
