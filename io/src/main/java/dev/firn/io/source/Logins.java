package dev.firn.io.source;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who asks, for hosts that want to know: a bearer token, or a name with a password. A login is
 * shown to its own host only, whatever that one redirects to, and over TLS or to this machine only.
 * No text of it holds a secret.
 */
public final class Logins {
  /**
   * Names the variables with the secrets: {@code HOST=bearer:VARIABLE} or {@code
   * HOST=basic:NAME_VARIABLE:PASSWORD_VARIABLE}, with commas between them.
   */
  public static final String VARIABLE = "FIRN_LOGINS";

  /** Nobody. */
  public static final Logins NONE = new Logins(Map.of());

  private final Map<String, String> headers;

  private Logins(Map<String, String> headers) {
    this.headers = Map.copyOf(headers);
  }

  /** The logins that {@link #VARIABLE} names. */
  public static Logins of(Function<String, Optional<String>> variables) {
    Map<String, String> headers = new HashMap<>();
    for (String entry :
        variables.apply(VARIABLE).map(list -> list.split(",")).orElse(new String[0])) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw invalid(entry);
      }
      String host = entry.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      headers.put(host, header(entry, entry.substring(equals + 1).strip().split(":"), variables));
    }
    return new Logins(headers);
  }

  private static String header(
      String entry, String[] login, Function<String, Optional<String>> variables) {
    if (login.length == 2 && login[0].equals("bearer")) {
      return "Bearer " + secret(login[1], variables);
    }
    if (login.length == 3 && login[0].equals("basic")) {
      String both = secret(login[1], variables) + ":" + secret(login[2], variables);
      return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
    throw invalid(entry);
  }

  private static String secret(String variable, Function<String, Optional<String>> variables) {
    return variables
        .apply(variable)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    VARIABLE + " names " + variable + ", which is not set"));
  }

  private static IllegalArgumentException invalid(String entry) {
    return new IllegalArgumentException(
        "Invalid entry '%s' in %s: expected HOST=bearer:VARIABLE or HOST=basic:VARIABLE:VARIABLE"
            .formatted(entry, VARIABLE));
  }

  /**
   * The {@code Authorization} to show at {@code uri}, if its host, named with its port where it has
   * one, wants to know.
   */
  public Optional<String> header(URI uri) {
    return "https".equals(uri.getScheme()) || isOfThisMachine(uri.getHost())
        ? Optional.ofNullable(headers.get(uri.getAuthority().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static boolean isOfThisMachine(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  @Override
  public String toString() {
    return "logins for " + headers.keySet();
  }
}
