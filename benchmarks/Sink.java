import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A mail server that counts what it takes by Message-ID, and that can be as unwell as mail servers are.
final class Sink {

    enum Mood {
        WELL,
        /// 550 to each recipient: its last word
        REFUSES,
        /// 451 to each recipient: later
        BUSY,
        /// a byte a second
        SLOW,
        /// thirty seconds until each reply
        SILENT,
        /// a reply that has no end, to the next who comes; others find it well
        ENDLESS,
        /// nobody listens
        DOWN
    }

    final int port;
    final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private volatile Mood mood = Mood.WELL;
    private volatile ServerSocket socket;
    /// Called when a whole message lies here and nobody was told so yet.
    volatile Runnable afterNext;

    Sink(int port) throws IOException {
        this.port = port;
        listen();
    }

    private void listen() throws IOException {
        ServerSocket fresh = new ServerSocket();
        fresh.setReuseAddress(true);
        fresh.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket = fresh;
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket one = fresh.accept();
                    Thread.ofVirtual().start(() -> serve(one));
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    void be(Mood now) throws IOException {
        if (now == Mood.DOWN) {
            socket.close();
        } else if (mood == Mood.DOWN) {
            listen();
        }
        mood = now;
    }

    private void serve(Socket one) {
        try (one) {
            if (mood == Mood.ENDLESS) {
                mood = Mood.WELL;
                endless(one.getOutputStream());
            }
            BufferedReader in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = one.getOutputStream();
            say(out, "220 sink.example");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
                switch (word) {
                    case "RCPT" -> say(out, mood == Mood.REFUSES ? "550 5.1.1 No such mailbox here" : mood == Mood.BUSY ? "451 4.3.2 Try again later" : "250 ok");
                    case "DATA" -> {
                        say(out, "354 go on");
                        String id = message(in);
                        taken.merge(id, 1, Integer::sum);
                        Runnable then = afterNext;
                        if (then != null) {
                            afterNext = null;
                            then.run();
                        }
                        say(out, "250 taken");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (IOException | InterruptedException e) {
            // the other side went away
        }
    }

    private static String message(BufferedReader in) throws IOException {
        String id = "";
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("cut off");
            }
            if (line.startsWith("Message-ID:")) {
                id = line.substring("Message-ID:".length()).strip();
            }
        }
        return id.replaceAll("[<>]|@.*", "");
    }

    private void endless(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.write("220-and more\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(1_000);
        }
    }

    private void say(OutputStream out, String reply) throws IOException, InterruptedException {
        byte[] bytes = (reply + "\r\n").getBytes(StandardCharsets.US_ASCII);
        switch (mood) {
            case SLOW -> {
                for (byte b : bytes) {
                    Thread.sleep(1_000);
                    out.write(b);
                    out.flush();
                }
            }
            default -> {
                if (mood == Mood.SILENT) {
                    Thread.sleep(30_000);
                }
                out.write(bytes);
                out.flush();
            }
        }
    }
}
