package dev.firn.io.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server with files, and with the habits that servers have. */
final class FileHost implements AutoCloseable {
  /** What a server does not do, or does otherwise. */
  enum Habit {
    NO_HEAD,
    NO_RANGES,
    FIRST_RANGE_ONLY,
    WHOLE_FOR_MANY_RANGES,
    LIKE_A_BUCKET,
    NO_CONDITIONS,
    WEAK_TAGS,
    NO_TAGS
  }

  /** An answer instead of the usual one. */
  interface Prank {
    void play(HttpExchange exchange, FileHost host) throws IOException;
  }

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record File(byte[] bytes, int number) {}

  private final Set<Habit> habits;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final Queue<Prank> pranks = new ConcurrentLinkedQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private FileHost(HttpServer server, Set<Habit> habits) {
    this.server = server;
    this.habits = habits;
  }

  static FileHost start(Habit... habits) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Set<Habit> set = EnumSet.noneOf(Habit.class);
    set.addAll(Arrays.asList(habits));
    FileHost host = new FileHost(HttpServer.create(any, 0), set);
    host.server.createContext("/", host::handle);
    host.server.setExecutor(host.threads);
    host.server.start();
    return host;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Publishes a file, as another version than any before. */
  void publish(String path, byte[] bytes) {
    files.merge("/" + path, new File(bytes, 1), (old, made) -> new File(bytes, old.number() + 1));
  }

  /** Takes a file away. */
  void withdraw(String path) {
    files.remove("/" + path);
  }

  /** Answers the next request so, the one after it as the next of the pranks. */
  void play(Prank... next) {
    pranks.addAll(Arrays.asList(next));
  }

  /** Method, ranges and login of every request. */
  List<String> requests() {
    return requests;
  }

  static Prank status(int code, String... headers) {
    return (exchange, host) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(code, -1);
      exchange.close();
    };
  }

  /** Sends half of the file and then nothing more. */
  static Prank half(boolean closing) {
    return (exchange, host) -> {
      byte[] bytes = host.files.get(exchange.getRequestURI().getPath()).bytes();
      exchange.sendResponseHeaders(OK, bytes.length);
      OutputStream body = exchange.getResponseBody();
      body.write(bytes, 0, bytes.length / 2);
      body.flush();
      if (closing) {
        exchange.close();
      }
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    String ranges = exchange.getRequestHeaders().getFirst("Range");
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        exchange.getRequestMethod()
            + (ranges == null ? "" : " " + ranges)
            + (login == null ? "" : " " + login));
    Prank prank = pranks.poll();
    if (prank != null) {
      prank.play(exchange, this);
    } else {
      serve(exchange, ranges);
      exchange.close();
    }
  }

  private void serve(HttpExchange exchange, String ranges) throws IOException {
    File file = files.get(exchange.getRequestURI().getPath());
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    if (isHead && habits.contains(Habit.NO_HEAD)) {
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    describe(exchange, file);
    if (!habits.contains(Habit.NO_CONDITIONS) && hasChanged(exchange)) {
      exchange.sendResponseHeaders(412, -1);
    } else if (isHead) {
      exchange.getResponseHeaders().set("Content-Length", "" + file.bytes().length);
      exchange.sendResponseHeaders(OK, -1);
    } else if (ranges == null || habits.contains(Habit.NO_RANGES) || isWholeSentFor(ranges)) {
      send(exchange, OK, file.bytes());
    } else {
      sendRanges(exchange, file.bytes(), ranges.substring("bytes=".length()).split(","));
    }
  }

  private boolean isWholeSentFor(String ranges) {
    return habits.contains(Habit.WHOLE_FOR_MANY_RANGES) && ranges.contains(",");
  }

  private void describe(HttpExchange exchange, File file) {
    if (habits.contains(Habit.WHOLE_FOR_MANY_RANGES)) {
      exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    }
    if (habits.contains(Habit.LIKE_A_BUCKET)) {
      exchange.getResponseHeaders().set("x-amz-request-id", "7");
    }
    String tag = "\"v" + file.number() + "\"";
    if (!habits.contains(Habit.NO_TAGS)) {
      exchange
          .getResponseHeaders()
          .set("ETag", habits.contains(Habit.WEAK_TAGS) ? "W/" + tag : tag);
    }
    exchange
        .getResponseHeaders()
        .set(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                FIRST.plusSeconds(file.number()).atZone(ZoneOffset.UTC)));
  }

  private static boolean hasChanged(HttpExchange exchange) {
    String tag = exchange.getRequestHeaders().getFirst("If-Match");
    String since = exchange.getRequestHeaders().getFirst("If-Unmodified-Since");
    return (tag != null && !tag.equals(exchange.getResponseHeaders().getFirst("ETag")))
        || (since != null
            && time(exchange.getResponseHeaders().getFirst("Last-Modified")).isAfter(time(since)));
  }

  private static Instant time(String text) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
  }

  private void sendRanges(HttpExchange exchange, byte[] bytes, String[] ranges) throws IOException {
    if (range(ranges[0], bytes)[0] >= bytes.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + bytes.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (ranges.length == 1 || habits.contains(Habit.FIRST_RANGE_ONLY)) {
      int[] range = range(ranges[0], bytes);
      exchange.getResponseHeaders().set("Content-Range", contentRange(range, bytes));
      send(exchange, PARTIAL, Arrays.copyOfRange(bytes, range[0], range[1] + 1));
      return;
    }
    StringBuilder parts = new StringBuilder();
    for (String each : ranges) {
      int[] range = range(each, bytes);
      parts
          .append("\r\n--cut\r\nContent-Type: application/octet-stream\r\nContent-Range: ")
          .append(contentRange(range, bytes))
          .append("\r\n\r\n")
          .append(
              new String(bytes, range[0], range[1] + 1 - range[0], StandardCharsets.ISO_8859_1));
    }
    parts.append("\r\n--cut--\r\n");
    exchange.getResponseHeaders().set("Content-Type", "multipart/byteranges; boundary=cut");
    send(exchange, PARTIAL, parts.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int[] range(String text, byte[] bytes) {
    String[] ends = text.split("-");
    return new int[] {
      Integer.parseInt(ends[0]), Math.min(Integer.parseInt(ends[1]), bytes.length - 1)
    };
  }

  private static String contentRange(int[] range, byte[] bytes) {
    return "bytes " + range[0] + "-" + range[1] + "/" + bytes.length;
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
