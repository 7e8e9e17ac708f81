package dev.firn.io.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** How much hosts are asked for. */
public final class HostLimits {
  /** Sets limits: {@code HOST=CONCURRENT} or {@code HOST=CONCURRENT/PER_MINUTE}, with commas. */
  public static final String VARIABLE = "FIRN_HOST_LIMITS";

  /** For hosts of which nothing is said. */
  public static final Limit USUAL = new Limit(16, OptionalInt.empty());

  /** {@link #USUAL} for all. */
  public static final HostLimits NONE_BUT_USUAL = new HostLimits(Map.of());

  private final Map<String, Limit> limits;

  /** The limits of some hosts; {@link #USUAL} is that of all others. */
  public HostLimits(Map<String, Limit> limits) {
    this.limits = Map.copyOf(limits);
  }

  /**
   * The limit of a host.
   *
   * @param concurrent how many requests may run at once
   * @param perMinute how many may begin in a minute
   */
  public record Limit(int concurrent, OptionalInt perMinute) {
    /** Checks that there may be any. */
    public Limit {
      if (concurrent < 1 || perMinute.orElse(1) < 1) {
        throw new IllegalArgumentException(
            "Invalid limit of a host: %d at once, %s a minute"
                .formatted(concurrent, perMinute.isPresent() ? perMinute.getAsInt() : "any"));
      }
    }
  }

  /** These limits, and of how many requests to {@code host} may begin in a minute. */
  public HostLimits withRate(String host, int perMinute) {
    Map<String, Limit> all = new HashMap<>(limits);
    all.put(
        host.toLowerCase(Locale.ROOT), new Limit(of(host).concurrent(), OptionalInt.of(perMinute)));
    return new HostLimits(all);
  }

  /** These limits, and those that {@link #VARIABLE} sets, which go before them. */
  public HostLimits with(Function<String, Optional<String>> variables) {
    Map<String, Limit> all = new HashMap<>(limits);
    for (String entry :
        variables.apply(VARIABLE).map(list -> list.split(",")).orElse(new String[0])) {
      String[] parts = entry.strip().split("[=/]");
      try {
        Limit limit =
            switch (parts.length) {
              case 2 -> new Limit(Integer.parseInt(parts[1]), OptionalInt.empty());
              case 3 ->
                  new Limit(Integer.parseInt(parts[1]), OptionalInt.of(Integer.parseInt(parts[2])));
              default -> throw invalid(entry);
            };
        all.put(parts[0].toLowerCase(Locale.ROOT), limit);
      } catch (NumberFormatException noNumber) {
        throw invalid(entry);
      }
    }
    return new HostLimits(all);
  }

  private static IllegalArgumentException invalid(String entry) {
    return new IllegalArgumentException(
        "Invalid entry '%s' in %s: expected HOST=CONCURRENT or HOST=CONCURRENT/PER_MINUTE"
            .formatted(entry, VARIABLE));
  }

  /** The limit of {@code host}. */
  Limit of(String host) {
    return limits.getOrDefault(host.toLowerCase(Locale.ROOT), USUAL);
  }
}
