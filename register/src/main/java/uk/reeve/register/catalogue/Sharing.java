package uk.reeve.register.catalogue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// With whom the source of an SBOM shares its list of components (RULINGS 6).
public enum Sharing {
    PUBLIC("everyone"),
    VERIFIED("verified councils"),
    GRANTED("councils that it chooses"),
    NOBODY("nobody");

    private final String whom;

    Sharing(String whom) {
        this.whom = whom;
    }

    static Sharing of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Null where it is none of the words.
    static @Nullable Sharing chosen(String word) {
        for (Sharing sharing : values()) {
            if (sharing.word().equals(word)) {
                return sharing;
            }
        }
        return null;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String whom() {
        return whom;
    }

    /// "Larkfield Systems shares this list with verified councils".
    public String words(Products.Product product) {
        return (product.supplier() == null ? "Its maker" : product.supplier()) + " shares this list with " + whom;
    }
}
