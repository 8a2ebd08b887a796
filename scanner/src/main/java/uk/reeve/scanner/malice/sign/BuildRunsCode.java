package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.content.Trait;

/// Build files of others' projects that start programs or compile code: MSBuild targets in NuGet packages, Maven
/// plugins in a `pom.xml`, `gyp` expansions.
final class BuildRunsCode extends Sign {

    private static final Trait MSBUILD = Trait.of(
            "<exec\\s[^>]{0,600}command\\s?=|codetaskfactory|roslyncodetaskfactory|<downloadfile\\s",
            "<exec",
            "codetaskfactory",
            "<downloadfile");
    private static final Trait MAVEN = Trait.of(
            "exec-maven-plugin|maven-antrun-plugin[\\s\\S]{0,2000}?<exec\\b|groovy-maven-plugin|gmavenplus|<executable>\\s{0,4}(?:/bin/)?(?:sh|bash|curl|wget|cmd|powershell|python)",
            "exec-maven",
            "antrun",
            "gmaven",
            "groovy-maven",
            "<executable>");
    private static final Trait GYP = Trait.of(
            "<!@?\\([^)\\n]{0,300}(?:curl|wget|https?:|base64|/tmp|sh\\s-c|powershell|node\\s{1,3}[\\w./-]+\\.js)",
            "<!");

    BuildRunsCode() {
        super(
                "build-runs-code",
                "has build files that start programs",
                20,
                "tools for building do so with programs of the package",
                "T1127.001");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.stage() != Stage.INSTALL || !text.isIn(Language.BUILD)) {
            return;
        }
        int at = text.path().endsWith("pom.xml")
                ? text.first(MAVEN)
                : text.path().endsWith(".gyp") ? text.first(GYP) : text.first(MSBUILD);
        out.add(this, text, at);
    }
}
