package uk.reeve.register.catalogue;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// How names of products and versions are compared: without case, punctuation and the words of legal form.
public final class NameKey {

    private static final Pattern LEGAL = Pattern.compile("\\b(?:ltd|limited|plc|llp|inc|gmbh)\\b\\.?");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private NameKey() {}

    /// Letters and digits in lower case.
    public static String of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NOT_WORD.matcher(LEGAL.matcher(lower).replaceAll(" ")).replaceAll("");
    }

    /// The name as a part of an address: `larkfield-revenues`; at most 80 characters, empty where no letter is left.
    static String slug(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        String joined = plain.replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-");
        String slug = joined.substring(0, Math.min(80, joined.length()));
        return slug.replaceAll("^-|-$", "");
    }

    /// Without case, outer blanks and a leading `v` (RULINGS 1): `V8.2 ` and `8.2` are one release, `8.2.0` another.
    public static String ofVersion(String version) {
        String lower = version.strip().toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.charAt(0) == 'v' && Character.isDigit(lower.charAt(1))
                ? lower.substring(1)
                : lower;
    }
}
