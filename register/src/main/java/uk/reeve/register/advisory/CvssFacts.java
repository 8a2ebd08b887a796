package uk.reeve.register.advisory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two facts that urgency takes from CVSS vectors where nobody tells them outright (DOMAIN 9.5).
final class CvssFacts {

    private CvssFacts() {}

    /// CVSS 4's AU where it is given; else whether it works over the network, without effort, rights or a person.
    ///
    /// @return null where no vector tells
    static @Nullable Boolean automatable(List<String> vectors) {
        Boolean told = null;
        for (String vector : vectors) {
            String all = "/" + vector + "/";
            if (all.contains("/AU:Y/") || all.contains("/AU:N/")) {
                return all.contains("/AU:Y/");
            }
            if (all.contains("/AV:") && all.contains("/PR:")) { // CVSS 3 or 4
                boolean easy = all.contains("/AV:N/")
                        && all.contains("/AC:L/")
                        && all.contains("/PR:N/")
                        && all.contains("/UI:N/")
                        && !all.contains("/AT:P/");
                told = told == null ? easy : told || easy;
            }
        }
        return told;
    }

    /// Whether confidentiality, integrity and availability are all lost.
    ///
    /// @return null where no vector tells
    static @Nullable Boolean totalImpact(List<String> vectors) {
        Boolean told = null;
        for (String vector : vectors) {
            String all = "/" + vector + "/";
            boolean three = all.contains("/C:") && all.contains("/PR:");
            boolean four = all.contains("/VC:");
            if (three || four) {
                boolean total = three
                        ? all.contains("/C:H/") && all.contains("/I:H/") && all.contains("/A:H/")
                        : all.contains("/VC:H/") && all.contains("/VI:H/") && all.contains("/VA:H/");
                told = told == null ? total : told || total;
            }
        }
        return told;
    }
}
