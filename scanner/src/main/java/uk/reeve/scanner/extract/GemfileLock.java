package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `Gemfile.lock` of Ruby's Bundler. The groups stand only in the Gemfile: where it lies beside the lock, what is
/// reached from gems for development or test alone has that scope.
final class GemfileLock implements Extractor {

    private static final String AGAIN = "bundle lock";

    @Override
    public String name() {
        return "gem/gemfile-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName();
        return name.equals("Gemfile.lock") || name.equals("gems.locked") || name.endsWith(".gemfile.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Reading reading = new Reading(out);
        file.lines(reading);
        if (!reading.known) {
            throw new Unreadable(1, "has no section GEM, GIT, PATH or DEPENDENCIES; write it again with: bundle lock");
        }
        if (!file.tellOpenLine(out, AGAIN)) {
            reading.tellCut();
        }
        String name = file.path().fileName();
        String manifest = name.equals("gems.locked") ? "gems.rb" : name.substring(0, name.length() - 5);
        reading.finish(groups(file.neighbour(manifest), out));
    }

    private static Map<String, Scope> groups(@Nullable ScanFile manifest, Sink out) throws IOException {
        Map<String, Scope> scopes = new HashMap<>();
        if (manifest != null) {
            try {
                for (GemfileReader.Gem gem : GemfileReader.read(manifest)) {
                    scopes.merge(gem.name(), gem.scope(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
                }
            } catch (Unreadable e) {
                out.problem(0, "the Gemfile beside it " + e.getMessage() + "; its groups are not known");
            }
        }
        return scopes;
    }

    private record Gem(
            int line,
            String name,
            String version,
            boolean local,
            @Nullable String source,
            List<String> needs) {}

    private static final class Reading implements ScanFile.Lines {

        private final Sink out;
        private final List<Gem> all = new ArrayList<>();
        private final Map<String, Gem> gems = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private String section = "";
        private String remote = "";
        private String revision = "";
        private @Nullable Gem last;
        private boolean known;
        private boolean asks;
        private int line;

        Reading(Sink out) {
            this.out = out;
        }

        @Override
        public void line(int number, String text) {
            if (text.isBlank()) {
                return;
            }
            line = number;
            int indent = 0;
            while (text.charAt(indent) == ' ') {
                indent++;
            }
            if (indent == 0) {
                section(number, text.strip());
            } else if (section.equals("DEPENDENCIES") && indent == 2) {
                String name = name(text.substring(2));
                asked.add(name.endsWith("!") ? name.substring(0, name.length() - 1) : name);
            } else if (isSource() && indent == 2) {
                remote = after(text, "remote: ", remote);
                revision = after(text, "revision: ", revision);
            } else if (isSource() && indent == 4) {
                gem(number, text.substring(4));
            } else if (isSource() && indent == 6 && last != null) {
                last.needs.add(name(text.substring(6)));
            }
        }

        private void section(int number, String title) {
            if (title.startsWith("<<<<<<<")) {
                out.problem(number, "holds both sides of a merge conflict; settle it and run: bundle lock");
            }
            if (title.startsWith("<<<<<<<") || title.startsWith("=======") || title.startsWith(">>>>>>>")) {
                return;
            }
            section = title;
            remote = "";
            revision = "";
            last = null;
            asks |= title.equals("DEPENDENCIES");
            known |= isSource() || asks;
        }

        /// What it asks for stands behind all gems, and a file without it may lack gems as well.
        void tellCut() {
            if (!asks) {
                out.problem(line, ScanFile.cut("a section DEPENDENCIES is missing", AGAIN));
            }
        }

        private boolean isSource() {
            return switch (section) {
                case "GEM", "GIT", "PATH", "PLUGIN SOURCE" -> true;
                default -> false;
            };
        }

        private void gem(int number, String text) {
            int open = text.indexOf(" (");
            int close = text.indexOf(')');
            if (open <= 0 || close < open) {
                out.problem(number, "\"" + Parts.shown(text) + "\" is no gem with a version; run: bundle lock");
                last = null;
                return;
            }
            String version = text.substring(open + 2, close);
            int platform = version.indexOf('-');
            version = platform < 0 ? version : version.substring(0, platform);
            String source = section.equals("GIT") ? "git+" + remote + (revision.isEmpty() ? "" : "#" + revision) : null;
            String name = text.substring(0, open);
            Gem before = gems.get(name);
            if (before != null && before.version.equals(version)) {
                last = before; // the same gem for another platform
                return;
            }
            last = new Gem(number, name, version, section.equals("PATH"), source, new ArrayList<>());
            all.add(last);
            gems.putIfAbsent(name, last);
        }

        void finish(Map<String, Scope> groups) {
            Map<String, Scope> scopes = spread(groups);
            Parts parts = new Parts(out, "gem");
            for (Gem gem : all) {
                Scope scope = scopes.getOrDefault(gem.name, Scope.RUNTIME);
                if (gem.local) {
                    out.notCovered(gem.line, gem.name, gem.version, "lies in a folder of the project");
                    continue;
                }
                int number = parts.add(gem.name, gem.line, null, gem.name, gem.version, scope);
                for (String needed : gem.needs) {
                    parts.needs(number, needed);
                }
                if (gem.source != null && number != Parts.NONE) {
                    out.tell(number, Map.of("source", gem.source));
                }
            }
            for (String name : asked) {
                parts.direct(name);
                Gem gem = gems.get(name);
                if (gem != null && gem.local) {
                    gem.needs.forEach(parts::direct);
                }
            }
            parts.link();
        }

        /// The most shipped scope by which each gem is reached.
        private Map<String, Scope> spread(Map<String, Scope> groups) {
            Map<String, Scope> scopes = new HashMap<>();
            for (Scope scope : new Scope[] {Scope.RUNTIME, Scope.DEVELOPMENT, Scope.TEST}) {
                Deque<String> open = new ArrayDeque<>();
                for (String name : asked) {
                    if (groups.getOrDefault(name, Scope.RUNTIME) == scope) {
                        open.add(name);
                    }
                }
                for (String name = open.poll(); name != null; name = open.poll()) {
                    Gem gem = gems.get(name);
                    if (gem != null && scopes.putIfAbsent(name, scope) == null) {
                        open.addAll(gem.needs);
                    }
                }
            }
            return scopes;
        }

        private static String name(String text) {
            int space = text.indexOf(' ');
            return space < 0 ? text : text.substring(0, space);
        }

        private static String after(String text, String key, String otherwise) {
            String line = text.strip();
            return line.startsWith(key) ? line.substring(key.length()).strip() : otherwise;
        }
    }
}
