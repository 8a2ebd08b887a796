package uk.reeve.register.audit;

/// What can be done that is recorded. The key stands in the database, the words on pages.
public enum Act {
    SYSTEM_ADDED("system.add", "Added a system"),
    SYSTEM_UPGRADED("system.upgrade", "Recorded an upgrade"),
    SYSTEM_CHANGED("system.change", "Changed a system"),
    SYSTEM_RETIRED("system.retire", "Retired a system"),
    SERVICE_RANKED("service.rank", "Ranked a service"),
    DECIDED("decision", "Decided"),
    ASKED_WHO_IS_EXPOSED("exposure.ask", "Asked who is exposed"),
    SAW_NAMES("sector.names", "Saw which councils are exposed"),
    PRODUCT_ADDED("product.add", "Added a product"),
    PRODUCT_CHANGED("product.change", "Changed a product"),
    PRODUCT_PUBLISHED("product.publish", "Published a product"),
    RELEASE_ADDED("release.add", "Added a release"),
    RELEASE_CHANGED("release.change", "Changed a release's dates"),
    RELEASE_PUBLISHED("release.publish", "Published a release"),
    SBOM_ADDED("sbom.add", "Added an SBOM"),
    LISTING_CONFIRMED("product.confirm", "Confirmed what a council listed"),
    PRODUCTS_MERGED("product.merge", "Merged two products"),
    RELEASES_MERGED("release.merge", "Merged two releases"),
    READER_ADDED("reader.grant", "Let a council read a component list"),
    READER_REMOVED("reader.revoke", "Let a council read a component list no more"),
    AUDIENCE_CHANGED("reader.audience", "Changed who reads a component list"),
    INVITED("person.invite", "Invited somebody"),
    REMOVED("person.remove", "Removed somebody"),
    LET_BACK_IN("person.let-back-in", "Let a colleague back in"),
    KEY_MADE("key.make", "Made an API key"),
    KEY_REVOKED("key.revoke", "Revoked an API key"),
    WEBHOOK_ADDED("webhook.add", "Added a webhook"),
    WEBHOOK_REMOVED("webhook.remove", "Removed a webhook");

    private final String key;
    private final String words;

    Act(String key, String words) {
        this.key = key;
        this.words = words;
    }

    String key() {
        return key;
    }

    /// As for a person; the key itself where this version does not know it.
    static String words(String key) {
        for (Act act : values()) {
            if (act.key.equals(key)) {
                return act.words;
            }
        }
        return key;
    }
}
