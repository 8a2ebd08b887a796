package uk.reeve.engine.vex;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a product is not affected. OpenVEX and CSAF use these words; CycloneDX's are mapped to them.
public enum Justification {
    COMPONENT_NOT_PRESENT,
    VULNERABLE_CODE_NOT_PRESENT,
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH,
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    INLINE_MITIGATIONS_ALREADY_EXIST;

    /// OpenVEX's word, which is also CSAF's label.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// From OpenVEX's or CSAF's word; null where it is none.
    static @Nullable Justification ofWord(String word) {
        for (Justification justification : values()) {
            if (justification.word().equals(word)) {
                return justification;
            }
        }
        return null;
    }

    /// From CycloneDX's word; null for one that is unknown, and for a guard that stands outside the product
    /// (`protected_at_perimeter`, `protected_by_mitigating_control`): it protects one site, not the product.
    static @Nullable Justification ofCycloneDx(String word) {
        return switch (word) {
            case "requires_dependency" -> COMPONENT_NOT_PRESENT;
            case "code_not_present" -> VULNERABLE_CODE_NOT_PRESENT;
            case "code_not_reachable" -> VULNERABLE_CODE_NOT_IN_EXECUTE_PATH;
            case "requires_configuration", "requires_environment" -> VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY;
            case "protected_by_compiler", "protected_at_runtime" -> INLINE_MITIGATIONS_ALREADY_EXIST;
            default -> null;
        };
    }
}
