package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// `metadata` as RubyGems packs it (YAML), or a `.gemspec`. Installing runs each of the `extensions` (`extconf.rb`,
/// `Rakefile`); `rubygems_plugin.rb` runs with each later call of `gem`. Source: RubyGems guides, "Gems with
/// extensions", "Plugins".
final class GemManifest implements ManifestReader {

    static final String METADATA = "metadata";

    private static final Pattern NAME = Pattern.compile("(?m)^name: \"?([\\w.-]{1,100})");
    private static final Pattern VERSION = Pattern.compile("(?m)^version: .{0,80}\n  version: [\"']?([\\w.-]{1,80})");
    private static final Pattern SPEC_NAME = Pattern.compile("\\.name\\s{0,20}=\\s{0,20}[\"']([\\w.-]{1,100})");
    private static final Pattern SPEC_VERSION = Pattern.compile("\\.version\\s{0,20}=\\s{0,20}[\"']([\\w.-]{1,80})");
    private static final Pattern HOME =
            Pattern.compile("(?m)(?:^homepage: |\\.homepage\\s{0,20}=\\s{0,20}[\"'])([^\\s\"']{4,200})");

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        List<String> specs = files.ending(".gemspec", 0);
        boolean packed = files.text(METADATA).startsWith("--- !ruby/object:Gem");
        if (!packed && specs.isEmpty()) {
            return null;
        }
        String path = packed ? METADATA : specs.getFirst();
        String text = files.text(path);
        List<Hook> hooks = new ArrayList<>();
        Set<String> entries = new HashSet<>();
        String name = group(packed ? NAME : SPEC_NAME, text);
        for (PackageFile file : files.all()) {
            String base = file.fileName();
            boolean extension = base.equals("extconf.rb")
                    || (text.contains(file.path()) && text.contains("extensions") && base.equals("Rakefile"));
            if (extension || base.equals("rubygems_plugin.rb")) {
                hooks.add(new Hook(base, file.path(), file.path(), 0));
            } else if (file.path().startsWith("lib/") && file.path().indexOf('/', 4) < 0) {
                entries.add(file.path());
            }
        }
        if (!specs.isEmpty() && !packed) {
            hooks.add(new Hook("gemspec", specs.getFirst(), specs.getFirst(), 0));
        }
        return new Manifest(
                "gem",
                name,
                group(packed ? VERSION : SPEC_VERSION, text),
                path,
                hooks,
                entries,
                List.of(),
                group(HOME, text),
                packed && !text.contains("platform: ruby"));
    }

    private static @Nullable String group(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : null;
    }
}
