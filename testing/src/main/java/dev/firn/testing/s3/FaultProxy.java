package dev.firn.testing.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before an S3 server, on a port of its own, and disturbs requests by a {@link FaultPlan}.
 * Every connection has a thread; every request goes on over a connection of its own.
 */
public final class FaultProxy implements AutoCloseable {
  private static final long DELAY_MILLIS = 200;

  private final URI upstream;
  private final FaultPlan plan;
  private final ServerSocket server;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private FaultProxy(URI upstream, FaultPlan plan, ServerSocket server) {
    this.upstream = upstream;
    this.plan = plan;
    this.server = server;
  }

  /** Starts a proxy before the server at {@code upstream}. */
  public static FaultProxy start(URI upstream, FaultPlan plan) throws IOException {
    ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    FaultProxy proxy = new FaultProxy(upstream, plan, server);
    start(proxy::accept);
    return proxy;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens, for path-style requests. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        start(() -> serve(client));
      } catch (IOException failed) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(failed);
        }
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      boolean goesOn = true;
      while (goesOn) {
        Optional<HttpMessage> request = request(in, client.getOutputStream());
        goesOn = request.isPresent() && serve(client, in, request.get());
      }
    } catch (IOException gone) {
      return; // the client will notice
    } finally {
      clients.remove(client);
    }
  }

  private static Optional<HttpMessage> request(InputStream in, OutputStream out)
      throws IOException {
    Optional<HttpMessage> head = HttpMessage.head(in);
    if (head.isEmpty()) {
      return head;
    }
    if (head.get().header("Expect").isPresent()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    return Optional.of(head.get().without("Expect").withAnnouncedBody(in));
  }

  /** Whether the connection can be used on. */
  private boolean serve(Socket client, InputStream in, HttpMessage request) throws IOException {
    OutputStream out = client.getOutputStream();
    switch (plan.next(request.start()).map(Fault::name).orElse("")) {
      case "SLOW_DOWN" -> error(request, "503 Slow Down", "SlowDown", out);
      case "INTERNAL_ERROR" -> error(request, "500 Internal", "InternalError", out);
      case "HANG" -> {
        return untilGivenUp(in);
      }
      case "RESET" -> {
        return reset(client);
      }
      case "DELAY" -> {
        sleep();
        return send(carriedOut(request), request, out);
      }
      case "FALSE_ERROR" -> {
        carriedOut(request);
        error(request, "500 Internal", "InternalError", out);
      }
      case "LOST_REPLY" -> {
        carriedOut(request);
        return reset(client);
      }
      case "CUT_BODY" -> {
        sendHalf(carriedOut(request), out);
        return reset(client);
      }
      case "STALLED_BODY" -> {
        sendHalf(carriedOut(request), out);
        return untilGivenUp(in);
      }
      default -> {
        return send(carriedOut(request), request, out);
      }
    }
    return true;
  }

  private static boolean reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
    return false;
  }

  private static boolean untilGivenUp(InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw new IOException("the client goes on without an answer");
    }
    return false;
  }

  /** Of an answer without a body nothing. */
  private static void sendHalf(HttpMessage answer, OutputStream out) throws IOException {
    if (answer.body().length > 0) {
      answer.send(out, answer.body().length / 2);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(DELAY_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpMessage carriedOut(HttpMessage request) throws IOException {
    HttpMessage passed = request.without("Connection").with("Connection: close");
    if (plan.ignoresConditions()) {
      passed = passed.without("If-Match").without("If-None-Match");
    }
    try (Socket socket = new Socket(upstream.getHost(), upstream.getPort())) {
      passed.send(socket.getOutputStream(), passed.body().length);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      HttpMessage head = HttpMessage.head(in).orElseThrow(() -> new IOException("no answer"));
      return head.without("Connection").withBody(in.readAllBytes());
    }
  }

  /** Whether the client can tell where the answer ends. */
  private static boolean send(HttpMessage answer, HttpMessage request, OutputStream out)
      throws IOException {
    answer.send(out, answer.body().length);
    return request.isOf("HEAD")
        || answer.body().length == 0
        || answer.header("Content-Length").isPresent()
        || answer.header("Transfer-Encoding").isPresent();
  }

  private static void error(HttpMessage request, String status, String code, OutputStream out)
      throws IOException {
    String text = "<Error><Code>" + code + "</Code><Message>" + code + " it is</Message></Error>";
    byte[] body = request.isOf("HEAD") ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII);
    List<String> headers = List.of("Content-Length: " + body.length, "x-amz-request-id: PROXY");
    new HttpMessage("HTTP/1.1 " + status, headers, body).send(out, body.length);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
