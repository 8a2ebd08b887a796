package uk.reeve.engine.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The characters of an XML file, decoded strictly. Bytes that its encoding does not have are told with their line,
/// after
/// all that stands before them was given out.
///
/// The JDK's parser would decode as well, but it writes such a fault to standard error itself and names no line.
final class XmlText extends Reader {

    private static final int HEAD_BYTES = 256;

    private final ByteBuffer bytes = ByteBuffer.allocate(8 << 10).flip();
    private InputStream in;
    private @Nullable CharsetDecoder decoder;
    private String encoding = "UTF-8";
    private boolean ended;
    private int line = 1;

    XmlText(InputStream in) {
        this.in = in;
    }

    /// The bytes are no characters. The parser passes it on as the cause of its own complaint.
    static final class Undecodable extends IOException {
        private final int line;

        Undecodable(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        CharsetDecoder strict = decoder == null ? begin() : decoder;
        CharBuffer out = CharBuffer.wrap(to, offset, length).slice();
        while (true) {
            CoderResult result = strict.decode(bytes, out, ended);
            if (out.position() > 0) {
                count(to, offset, out.position());
                return out.position();
            }
            if (result.isError()) {
                throw new Undecodable(
                        line,
                        "holds bytes that are no " + encoding + "; save it in the encoding that it names, or as UTF-8");
            }
            if (result.isOverflow()) {
                throw new IOException("a pair of surrogates needs room for two characters");
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }

    private void count(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (text[i] == '\n') {
                line++;
            }
        }
    }

    private CharsetDecoder begin() throws IOException {
        byte[] head = in.readNBytes(HEAD_BYTES);
        int a = head.length > 1 ? head[0] & 0xff : -1;
        int b = head.length > 1 ? head[1] & 0xff : -1;
        boolean mark = a == 0xEF && b == 0xBB && head.length > 2 && (head[2] & 0xff) == 0xBF;
        Charset charset;
        if ((a == 0xFE && b == 0xFF) || (a == 0xFF && b == 0xFE)) {
            charset = StandardCharsets.UTF_16; // which obeys the mark, and drops it
        } else if (a == 0 || b == 0) {
            charset = a == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        } else {
            charset = mark ? StandardCharsets.UTF_8 : declared(new String(head, StandardCharsets.ISO_8859_1));
        }
        encoding = charset.name();
        in = new SequenceInputStream(new ByteArrayInputStream(head, mark ? 3 : 0, head.length - (mark ? 3 : 0)), in);
        CharsetDecoder strict = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        decoder = strict;
        return strict;
    }

    /// What the XML declaration says. UTF-16 cannot be true of a file whose declaration reads as ASCII; programs that
    /// write it so write UTF-8.
    private static Charset declared(String head) throws Undecodable {
        int end = head.startsWith("<?xml") ? head.indexOf("?>") : -1;
        int at = end < 0 ? -1 : head.indexOf("encoding", 5);
        if (at < 0 || at > end) {
            return StandardCharsets.UTF_8;
        }
        int from = at + "encoding".length();
        while (from < end && head.charAt(from) != '"' && head.charAt(from) != '\'') {
            from++;
        }
        int to = from < end ? head.indexOf(head.charAt(from), from + 1) : -1;
        if (to < 0 || to > end) {
            return StandardCharsets.UTF_8; // and the parser complains
        }
        String name = head.substring(from + 1, to);
        try {
            return name.regionMatches(true, 0, "UTF-16", 0, 6) ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new Undecodable(1, "names the encoding \"" + name + "\", which is not known here; save it as UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
