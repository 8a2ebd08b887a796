package uk.reeve.register.catalogue;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Sbom;

/// How good an SBOM is, line by line: the minimum elements that most rest on (DOMAIN 8).
final class Quality {

    /// @param check in words
    /// @param points of 100 that it brings
    /// @param of at most
    /// @param note what was seen
    record Line(String check, int points, int of, String note) {

        boolean passed() {
            return points == of;
        }
    }

    private Quality() {}

    static List<Line> of(Sbom sbom) {
        int all = 0;
        int identified = 0;
        int hashed = 0;
        int licensed = 0;
        for (Component component : sbom.components()) {
            if (component.ref().equals(sbom.root())) {
                continue;
            }
            all++;
            identified += component.purl() != null && component.purl().version() != null ? 1 : 0;
            hashed += component.hashes().isEmpty() ? 0 : 1;
            licensed += component.licences().isEmpty() ? 0 : 1;
        }
        List<Line> lines = new ArrayList<>();
        lines.add(share("Components have a package identity and a version", identified, all, 40));
        boolean related = !sbom.dependencies().isEmpty();
        boolean rooted = sbom.root() != null && sbom.dependencies().containsKey(sbom.root());
        lines.add(new Line(
                "Relations lead from the release to its components",
                related ? rooted ? 20 : 10 : 0,
                20,
                !related
                        ? "no relations: nothing says how a component gets in"
                        : rooted ? "they do" : "there are relations, but none from the release itself"));
        lines.add(told("It says when it was made", sbom.timestamp() != null, 15));
        lines.add(told("It names its author", !sbom.authors().isEmpty(), 4));
        lines.add(told("It names the tool that made it", !sbom.tools().isEmpty(), 3));
        lines.add(told("It says at which stage it was made", !sbom.lifecycles().isEmpty(), 3));
        lines.add(share("Components have a hash", hashed, all, 10));
        lines.add(share("Components have a licence", licensed, all, 5));
        return lines;
    }

    private static Line share(String check, int with, int all, int of) {
        int points = all == 0 ? 0 : (int) Math.floor((double) of * with / all);
        return new Line(check, points, of, with + " of " + all);
    }

    private static Line told(String check, boolean told, int of) {
        return new Line(check, told ? of : 0, of, told ? "yes" : "no");
    }
}
