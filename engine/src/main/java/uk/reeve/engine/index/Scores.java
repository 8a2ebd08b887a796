package uk.reeve.engine.index;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.LineInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.match.Finding;

/// The daily overlay: what KEV and EPSS say of each CVE. One immutable, mapped file beside the index.
///
/// ```
/// magic "REEVESCO" · u32 format · u32 rows · u32 day of KEV · u32 day of EPSS (days since 1970, 0 = none)
/// rows, sorted: u64 CVE (year × 10^9 + number) · f32 EPSS (-1 = none) · f32 percentile · u32 2 × day added to KEV +
/// ransomware
/// SHA-256 of all before it
/// ```
public final class Scores {

    private static final String MAGIC = "REEVESCO";
    private static final int FORMAT = 1;
    private static final int HEADER = 24;
    private static final int ROW = 20;
    private static final int HEAD = 512;

    /// No KEV and no EPSS at all.
    public static final Scores NONE = new Scores(ByteBuffer.allocate(HEADER), 0);

    private final ByteBuffer file;
    private final int rows;

    private Scores(ByteBuffer file, int rows) {
        this.file = file;
        this.rows = rows;
    }

    /// @throws BadIndex when the file is none of ours, of another format, or damaged
    public static Scores open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < HEADER + 32 || size > Integer.MAX_VALUE) {
                throw new BadIndex(path + " is no file of scores");
            }
            ByteBuffer file =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
            byte[] magic = new byte[8];
            file.get(0, magic);
            int rows = file.getInt(12);
            boolean ours = new String(magic, StandardCharsets.US_ASCII).equals(MAGIC) && file.getInt(8) == FORMAT;
            if (!ours || rows < 0 || size != HEADER + (long) rows * ROW + 32) {
                throw new BadIndex(path + " is no file of scores of ours, or is cut short; import KEV and EPSS again");
            }
            return new Scores(file, rows);
        }
    }

    /// Null where the CVE is not known to be exploited, or the id is no CVE.
    public Finding.@Nullable Kev kev(String cve) {
        int at = find(cve);
        int kev = at < 0 ? 0 : file.getInt(at + 16);
        return kev == 0 ? null : new Finding.Kev(LocalDate.ofEpochDay(kev >>> 1).toString(), (kev & 1) == 1);
    }

    /// Null where the CVE has no score, or the id is no CVE.
    public Finding.@Nullable Epss epss(String cve) {
        int at = find(cve);
        return at < 0 || file.getFloat(at + 8) < 0
                ? null
                : new Finding.Epss(rounded(file.getFloat(at + 8)), rounded(file.getFloat(at + 12)));
    }

    /// ISO date; empty where there is no KEV.
    public String kevAsOf() {
        return day(rows == 0 ? 0 : file.getInt(16));
    }

    /// ISO date; empty where there is no EPSS.
    public String epssAsOf() {
        return day(rows == 0 ? 0 : file.getInt(20));
    }

    /// How many CVEs have an entry.
    public int size() {
        return rows;
    }

    /// How many CVEs are known to be exploited.
    public int kevCount() {
        int count = 0;
        for (int i = 0; i < rows; i++) {
            count += file.getInt(HEADER + i * ROW + 16) == 0 ? 0 : 1;
        }
        return count;
    }

    /// SHA-256 of the contents, in hex; empty where there are none.
    public String digest() {
        if (rows == 0) {
            return "";
        }
        byte[] told = new byte[32];
        file.get(file.limit() - 32, told);
        return HexFormat.of().formatHex(told);
    }

    /// Reads it whole against its digest.
    public void verify() throws BadIndex {
        if (rows == 0) {
            return;
        }
        MessageDigest digest = AdvisoryIndex.sha256();
        digest.update(file.slice(0, file.limit() - 32));
        byte[] told = new byte[32];
        file.get(file.limit() - 32, told);
        if (!Arrays.equals(digest.digest(), told)) {
            throw new BadIndex("the scores are damaged: they do not match their digest; import KEV and EPSS again");
        }
    }

    /// Whether the file begins as CISA's catalogue does.
    static boolean isKev(Path file) throws IOException {
        String head = file.toString().endsWith(".json") ? head(file) : "";
        return head.contains("\"catalogVersion\"") && !head.contains("\"$schema\"");
    }

    /// Whether the file begins as FIRST's does, gzip or not.
    static boolean isEpss(Path file) throws IOException {
        String name = file.getFileName().toString();
        String head = name.endsWith(".csv") || name.endsWith(".csv.gz") ? head(file) : "";
        return head.startsWith("#model_version:") || head.startsWith("cve,epss,percentile");
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
            return new String(plain.readNBytes(HEAD), StandardCharsets.UTF_8);
        } catch (ZipException | EOFException _) {
            return ""; // nothing that can be told
        }
    }

    private static double rounded(float value) {
        return Math.round(value * 100_000.0) / 100_000.0;
    }

    private static String day(int day) {
        return day == 0 ? "" : LocalDate.ofEpochDay(day).toString();
    }

    private int find(String cve) {
        long number = number(cve);
        int low = 0;
        int high = rows - 1;
        while (number > 0 && low <= high) {
            int middle = (low + high) >>> 1;
            long there = file.getLong(HEADER + middle * ROW);
            if (there == number) {
                return HEADER + middle * ROW;
            }
            if (there < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// Year × 10^9 + number; 0 for what is no CVE id.
    static long number(String cve) {
        if (!cve.startsWith("CVE-") || cve.length() < 10 || cve.length() > 18 || cve.charAt(8) != '-') {
            return 0;
        }
        long year = 0;
        long number = 0;
        for (int i = 4; i < cve.length(); i++) {
            int digit = cve.charAt(i) - '0';
            if (i == 8) {
                continue;
            }
            if (digit < 0 || digit > 9) {
                return 0;
            }
            if (i < 8) {
                year = year * 10 + digit;
            } else {
                number = number * 10 + digit;
            }
        }
        return year * 1_000_000_000L + number;
    }

    /// Collects KEV and EPSS and writes the file.
    public static final class Builder {

        private static final class Row {
            float epss = -1;
            float percentile;
            int kev;
        }

        private final Map<Long, Row> rows = new TreeMap<>();
        private int kevDay;
        private int epssDay;

        /// Takes over what a file says.
        public Builder addAll(Scores scores) {
            for (int i = 0; i < scores.rows; i++) {
                int at = HEADER + i * ROW;
                Row row = rows.computeIfAbsent(scores.file.getLong(at), _ -> new Row());
                row.epss = scores.file.getFloat(at + 8);
                row.percentile = scores.file.getFloat(at + 12);
                row.kev = scores.file.getInt(at + 16);
            }
            if (scores.rows > 0) {
                kevDay = scores.file.getInt(16);
                epssDay = scores.file.getInt(20);
            }
            return this;
        }

        /// Reads CISA's catalogue (JSON); what was known of KEV before is dropped, since entries get removed.
        public void kev(InputStream in) throws IOException, Unreadable {
            Node root = JsonInput.read(in);
            if (root.get("vulnerabilities") == null) {
                throw new Unreadable(1, "is no KEV catalogue: it has no \"vulnerabilities\"");
            }
            rows.values().forEach(row -> row.kev = 0);
            String released = root.text("dateReleased");
            kevDay = epochDay(released == null ? null : released.substring(0, Math.min(10, released.length())));
            for (Node entry : root.items("vulnerabilities")) {
                String cve = entry.text("cveID");
                long number = cve == null ? 0 : number(cve);
                int day = epochDay(entry.text("dateAdded"));
                if (number > 0) {
                    boolean ransomware = "Known".equals(entry.text("knownRansomwareCampaignUse"));
                    rows.computeIfAbsent(number, _ -> new Row()).kev = Math.max(1, day) * 2 + (ransomware ? 1 : 0);
                }
            }
        }

        /// Reads FIRST's file (`cve,epss,percentile`, a comment with the date first), gzip or not.
        public void epss(InputStream raw) throws IOException, Unreadable {
            try {
                rows(raw);
            } catch (ZipException | EOFException e) { // whose message may be none at all
                throw new Unreadable(0, "is a damaged gzip file; fetch it again", e);
            }
        }

        private void rows(InputStream raw) throws IOException, Unreadable {
            java.io.BufferedInputStream in = new java.io.BufferedInputStream(raw);
            in.mark(2);
            boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            LineInput lines = new LineInput(gzip ? new GZIPInputStream(in) : in);
            boolean header = false;
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.startsWith("#")) {
                    int at = line.indexOf("score_date:");
                    epssDay = at < 0 ? 0 : epochDay(line.substring(at + 11, Math.min(line.length(), at + 21)));
                } else if (line.startsWith("cve,")) {
                    header = true;
                    rows.values().forEach(row -> row.epss = -1);
                } else if (!header || lines.number() > 5_000_000) {
                    throw new Unreadable(lines.number(), "is no EPSS file: \"cve,epss,percentile\" was expected");
                } else {
                    row(line, lines.number());
                }
            }
            if (!header) {
                throw new Unreadable(1, "is no EPSS file: \"cve,epss,percentile\" was expected");
            }
        }

        private void row(String line, int at) throws Unreadable {
            String[] parts = line.split(",", -1);
            long number = number(parts[0]);
            try {
                if (parts.length == 3 && number > 0) {
                    Row row = rows.computeIfAbsent(number, _ -> new Row());
                    row.epss = Float.parseFloat(parts[1]);
                    row.percentile = Float.parseFloat(parts[2]);
                    return;
                }
            } catch (NumberFormatException _) {
                // told below
            }
            throw new Unreadable(at, "\"" + (line.length() > 60 ? line.substring(0, 60) : line) + "\" is no EPSS row");
        }

        /// Whether anything is known.
        public boolean isEmpty() {
            return rows.isEmpty();
        }

        /// Writes the rows of those CVEs that are asked for, and all of KEV; the file must not exist.
        public void write(Path path, LongPredicate wanted) throws IOException {
            Bytes body = new Bytes();
            int count = 0;
            for (Map.Entry<Long, Row> e : rows.entrySet()) {
                Row row = e.getValue();
                if ((row.kev == 0 && row.epss < 0) || (row.kev == 0 && !wanted.test(e.getKey()))) {
                    continue;
                }
                body.u64(e.getKey()).u32(Float.floatToIntBits(row.epss));
                body.u32(Float.floatToIntBits(row.percentile)).u32(row.kev);
                count++;
            }
            Bytes out = new Bytes()
                    .raw(MAGIC.getBytes(StandardCharsets.US_ASCII))
                    .u32(FORMAT)
                    .u32(count);
            out.u32(kevDay).u32(epssDay).raw(body.array(), body.size());
            MessageDigest digest = AdvisoryIndex.sha256();
            digest.update(out.array(), 0, out.size());
            out.raw(digest.digest());
            Files.write(path, out.copy(), StandardOpenOption.CREATE_NEW);
        }

        private static int epochDay(@Nullable String date) {
            try {
                return date == null ? 0 : (int) LocalDate.parse(date).toEpochDay();
            } catch (DateTimeException _) {
                return 0;
            }
        }
    }
}
