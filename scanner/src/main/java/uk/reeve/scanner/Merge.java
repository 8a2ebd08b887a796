package uk.reeve.scanner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.scanner.FileFindings.Given;
import uk.reeve.scanner.Inventory.FileRead;
import uk.reeve.scanner.Inventory.Item;
import uk.reeve.scanner.Inventory.LedgerLine;

/// What all files say, put together: each component once, whatever the order in which the files were read.
final class Merge {

    private final List<FileFindings> files;
    private final List<LedgerLine> ledger;
    private final Memory memory;
    private final Origins origins;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<MergedItem> merged = new ArrayList<>();
    private final List<Root> roots = new ArrayList<>();

    /// A root file system of which a package manager tells the owners of files.
    ///
    /// @param shown what stands before a path in it
    /// @param slots of the owners, by their numbers in its file
    private record Root(String shown, Ownership owned, int[] slots) {}

    Merge(List<FileFindings> files, List<LedgerLine> ledger, Memory memory) {
        this(files, ledger, memory, new Origins());
    }

    Merge(List<FileFindings> files, List<LedgerLine> ledger, Memory memory, Origins origins) {
        this.memory = memory;
        this.origins = origins;
        this.files = new ArrayList<>(files);
        this.files.sort(new ByFile());
        this.ledger = new ArrayList<>(ledger);
    }

    Inventory inventory() {
        Set<String> read = new HashSet<>();
        for (FileFindings file : files) {
            read.add(file.file());
        }
        List<FileRead> reads = new ArrayList<>();
        Map<String, Sbom> documents = new LinkedHashMap<>();
        String before = "";
        int left = memory.components();
        for (FileFindings file : files) {
            if (file.file().equals(before)) {
                continue; // named twice, or named and met
            }
            before = file.file();
            boolean superfluous = isLocked(file, read);
            int size = file.components().size();
            if (!superfluous && size > left) {
                ledger.add(new LedgerLine(LedgerLine.Kind.UNREADABLE, file.file(), 0, memory.tooMany(size)));
                continue;
            }
            left -= superfluous ? 0 : size;
            reads.add(new FileRead(file.file(), file.kind(), superfluous ? 0 : size));
            for (LedgerLine line : file.ledger()) {
                if (!superfluous || line.kind() == LedgerLine.Kind.PARTLY_READ) {
                    ledger.add(line);
                }
            }
            if (!superfluous) {
                add(file);
            }
            if (file.document() != null) {
                documents.put(file.file(), file.document());
            }
        }
        ledger.sort(new ByPlace());
        return new Inventory(items(), reads, List.copyOf(new LinkedHashSet<>(ledger)), documents);
    }

    private static boolean isLocked(FileFindings file, Set<String> read) {
        int slash = file.file().lastIndexOf('/') + 1;
        String folder = file.file().substring(0, slash);
        for (String lock : Manifests.locks(file.file().substring(slash))) {
            if (!file.installed() && read.contains(folder + lock)) {
                return true;
            }
        }
        return false;
    }

    private void add(FileFindings file) {
        List<Given> components = file.components();
        Chains chains = new Chains(file);
        int[] slots = new int[components.size()];
        Map<String, Integer> refs = new HashMap<>();
        for (int i = 0; i < slots.length; i++) {
            Given given = components.get(i);
            Integer known = numbers.putIfAbsent(given.key, merged.size());
            slots[i] = known == null ? merged.size() : known;
            if (known == null) {
                merged.add(new MergedItem(given));
            }
            merged.get(slots[i]).add(given, new Place(file.file(), given.line), file.installed(), file.isDirect(i));
            merged.get(slots[i]).of(origins.of(file.file(), given.key));
            if (given.told != null) {
                refs.putIfAbsent(given.told.ref(), slots[i]);
            }
        }
        if (file.owned() != null && file.root() != null) {
            roots.add(new Root(file.root(), file.owned(), slots));
        }
        for (int i = 0; i < slots.length; i++) {
            MergedItem item = merged.get(slots[i]);
            item.way(chains, i);
            Given given = components.get(i);
            for (int j = 0; j < given.dependsOn.size(); j++) {
                item.needs(slots[given.dependsOn.get(j)]);
            }
            Integer parent = given.told == null || given.told.parent() == null ? null : refs.get(given.told.parent());
            if (parent != null && parent != slots[i]) {
                item.within(parent);
            }
        }
    }

    private List<Item> items() {
        int[] needed = new int[merged.size()];
        int[][] needs = new int[merged.size()][];
        for (int i = 0; i < needs.length; i++) {
            needs[i] = merged.get(i).needs();
            for (int to : needs[i]) {
                needed[to]++;
            }
        }
        List<String> refs = refs();
        List<Item> items = new ArrayList<>(merged.size());
        for (int i = 0; i < needs.length; i++) {
            List<String> dependsOn = new ArrayList<>(needs[i].length);
            for (int to : needs[i]) {
                dependsOn.add(refs.get(to));
            }
            dependsOn.sort(Comparator.naturalOrder());
            items.add(merged.get(i).item(refs, refs.get(i), dependsOn, needed[i], owners(merged.get(i), refs)));
        }
        items.sort(new ByName());
        return items;
    }

    // The packages that brought all its places; none where one place is of nobody, or it is a package itself.
    private List<String> owners(MergedItem item, List<String> refs) {
        if (item.isPackaged()) {
            return List.of();
        }
        Set<String> owners = new TreeSet<>();
        for (Place place : item.places()) {
            int owner = owner(place.file());
            if (owner < 0) {
                owner = item.within() >= 0 && merged.get(item.within()).isPackaged() ? item.within() : -1;
            }
            if (owner < 0) {
                return List.of();
            }
            owners.add(refs.get(owner));
        }
        return List.copyOf(owners);
    }

    private int owner(String file) {
        for (Root root : roots) {
            if (file.startsWith(root.shown())) {
                int end = file.indexOf("!/", root.shown().length());
                int owner = root.owned().of(file.substring(root.shown().length(), end < 0 ? file.length() : end));
                if (owner >= 0) {
                    return root.slots()[owner];
                }
            }
        }
        return -1;
    }

    // The package URL, else name and version: the first that has it as it is, each other with a number.
    private List<String> refs() {
        List<String> refs = new ArrayList<>(merged.size());
        Set<String> taken = new HashSet<>();
        for (MergedItem item : merged) {
            String plain = item.plainRef();
            String ref = plain;
            for (int i = 2; !taken.add(ref); i++) {
                ref = plain + " #" + i;
            }
            refs.add(ref);
        }
        return refs;
    }

    // Classes, not chains of lambdas: those are linked at run time, which every scan would pay for.
    private static final class ByFile implements Comparator<FileFindings> {
        @Override
        public int compare(FileFindings a, FileFindings b) {
            int order = a.file().compareTo(b.file());
            return order != 0 ? order : a.kind().compareTo(b.kind());
        }
    }

    private static final class ByPlace implements Comparator<LedgerLine> {
        @Override
        public int compare(LedgerLine a, LedgerLine b) {
            int order = a.file().compareTo(b.file());
            order = order != 0 ? order : Integer.compare(a.line(), b.line());
            order = order != 0 ? order : a.kind().compareTo(b.kind());
            return order != 0 ? order : a.message().compareTo(b.message());
        }
    }

    private static final class ByName implements Comparator<Item> {
        @Override
        public int compare(Item a, Item b) {
            boolean named = a.component().purl() != null;
            if (named != (b.component().purl() != null)) {
                return named ? -1 : 1;
            }
            return a.component().ref().compareTo(b.component().ref());
        }
    }
}
