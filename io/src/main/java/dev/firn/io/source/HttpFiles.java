package dev.firn.io.source;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.object.ByteRange;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Files over HTTP (RFC 9110). Parts are asked for under the condition that the version is still the
 * same; whether it is, is also seen from the answer, for servers that do not heed conditions.
 */
final class HttpFiles implements SourceFiles {
  private static final long LONGEST_FILE = Integer.MAX_VALUE - 8;

  /** A server that knows no ranges sends the whole file; beyond this that is no way to read it. */
  private static final long LONGEST_UNASKED = 64 << 20;

  private static final int MOST_RANGES = 100;
  private static final int MULTIPART_HEAD = 512;
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final HttpExchanges exchanges;
  private final Transfers transfers;
  private final Set<String> singleRangeHosts = ConcurrentHashMap.newKeySet();

  HttpFiles(HttpSettings settings, Transfers transfers) {
    this.exchanges = new HttpExchanges(settings, transfers);
    this.transfers = transfers;
  }

  @Override
  public Optional<FileVersion> find(String url) throws IOException {
    URI uri = uri(url);
    HttpAnswer head = exchanges.send(new HttpQuestion("HEAD", uri, Map.of(), 0));
    if (head.isAbsent()) {
      return Optional.empty();
    }
    if (head.isOfBucket()) {
      singleRangeHosts.add(uri.getAuthority()); // S3 answers several ranges with the whole object
    }
    if (!head.isOfUnknownMethod() && head.fileBytes().isPresent()) {
      return Optional.of(head.version(head.fileBytes().getAsLong()));
    }
    HttpAnswer first =
        exchanges.send(new HttpQuestion("GET", uri, Map.of("Range", "bytes=0-0"), LONGEST_UNASKED));
    if (first.isAbsent()) {
      return Optional.empty();
    }
    long bytes =
        first
            .fileBytes()
            .orElseThrow(
                () ->
                    new IOException("Cannot read " + url + ": the server does not tell its size"));
    return Optional.of(first.version(bytes));
  }

  @Override
  public Optional<VersionedFile> get(String url) throws IOException {
    HttpAnswer answer = exchanges.send(new HttpQuestion("GET", uri(url), Map.of(), LONGEST_FILE));
    return answer.isAbsent()
        ? Optional.empty()
        : Optional.of(new VersionedFile(answer.version(answer.body().length), answer.body()));
  }

  @Override
  public List<byte[]> read(String url, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    CoalescedRanges coalesced = CoalescedRanges.of(ranges);
    URI uri = uri(url);
    List<byte[]> reads = new ArrayList<>();
    for (List<ByteRange> request : coalesced.requests(MOST_RANGES)) {
      reads.addAll(readAll(uri, version, request));
    }
    transfers.wasted(coalesced.betweenBytes());
    return coalesced.split(reads);
  }

  @Override
  public List<List<Integer>> requests(String url, List<ByteRange> ranges) {
    String authority = URI.create(url.replace(" ", "%20")).getAuthority();
    return CoalescedRanges.of(ranges)
        .wantedOf(singleRangeHosts.contains(authority) ? 1 : MOST_RANGES);
  }

  /** In one request where the server can, else one after the other. */
  private List<byte[]> readAll(URI uri, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    Map<ByteRange, byte[]> found = new LinkedHashMap<>();
    if (ranges.size() > 1 && !singleRangeHosts.contains(uri.getAuthority())) {
      found.putAll(readTogether(uri, version, ranges));
    }
    List<byte[]> reads = new ArrayList<>();
    for (ByteRange range : ranges) {
      byte[] bytes = found.get(range);
      reads.add(bytes == null ? readOne(uri, version, range) : bytes);
    }
    return reads;
  }

  private Map<ByteRange, byte[]> readTogether(URI uri, FileVersion version, List<ByteRange> ranges)
      throws IOException {
    long wanted = ranges.stream().mapToLong(ByteRange::lengthBytes).sum();
    long most = wanted + (long) MULTIPART_HEAD * ranges.size();
    HttpAnswer answer;
    try {
      answer = ask(uri, version, ranges, Math.max(most, unasked(version)));
    } catch (HttpBody.TooLongException whole) {
      singleRangeHosts.add(uri.getAuthority());
      return Map.of();
    }
    Map<ByteRange, byte[]> found = new LinkedHashMap<>();
    if (answer.status() == HttpAnswer.PARTIAL) {
      MultipartRanges parts = MultipartRanges.of(answer);
      for (ByteRange range : ranges) {
        parts.bytes(range).ifPresent(bytes -> found.put(range, bytes));
      }
    } else {
      ranges.forEach(range -> found.put(range, slice(answer.body(), range)));
    }
    long used = found.values().stream().mapToLong(bytes -> bytes.length).sum();
    transfers.wasted(Math.max(0, answer.body().length - used));
    if (found.size() < ranges.size() || answer.isWholeThoughPartsAreServed()) {
      singleRangeHosts.add(uri.getAuthority());
    }
    return found;
  }

  private byte[] readOne(URI uri, FileVersion version, ByteRange range) throws IOException {
    if (range.lengthBytes() == 0) {
      return new byte[0];
    }
    long most = Math.max(range.lengthBytes(), unasked(version));
    HttpAnswer answer = ask(uri, version, List.of(range), most);
    if (answer.status() != HttpAnswer.PARTIAL) {
      transfers.wasted(answer.body().length - range.lengthBytes());
      return slice(answer.body(), range);
    }
    return MultipartRanges.of(answer)
        .bytes(range)
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot read bytes %d to %d of %s: the server answered with %s"
                        .formatted(
                            range.offset(),
                            range.end() - 1,
                            uri,
                            answer.headers().firstValue("content-range").orElse("no range"))));
  }

  private static long unasked(FileVersion version) {
    return Math.min(version.sizeBytes(), LONGEST_UNASKED);
  }

  private static byte[] slice(byte[] whole, ByteRange range) {
    int from = Math.toIntExact(range.offset());
    return Arrays.copyOfRange(whole, from, Math.toIntExact(from + range.lengthBytes()));
  }

  /** A whole or partial answer of the right version. */
  private HttpAnswer ask(URI uri, FileVersion version, List<ByteRange> ranges, long mostBytes)
      throws IOException {
    HttpAnswer answer =
        exchanges.send(new HttpQuestion("GET", uri, headers(version, ranges), mostBytes));
    if (answer.isAbsent()) {
      throw new FileChangedException(uri.toString(), "it is gone");
    }
    if (answer.status() == HttpAnswer.CHANGED || answer.status() == HttpAnswer.OUT_OF_RANGE) {
      throw new FileChangedException(uri.toString(), "it is no longer " + version);
    }
    FileVersion found =
        answer.version(
            answer.status() == HttpAnswer.PARTIAL
                ? answer.fileBytes().orElse(version.sizeBytes())
                : answer.body().length);
    if (!version.isSameAs(found)) {
      transfers.wasted(answer.body().length);
      throw new FileChangedException(uri.toString(), "expected " + version + ", found " + found);
    }
    return answer;
  }

  private static Map<String, String> headers(FileVersion version, List<ByteRange> ranges) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Range",
        ranges.stream()
            .map(range -> range.offset() + "-" + (range.end() - 1))
            .collect(Collectors.joining(",", "bytes=", "")));
    version
        .strongTag()
        .ifPresentOrElse(
            tag -> headers.put("If-Match", tag.value()),
            () ->
                version
                    .lastModified()
                    .ifPresent(time -> headers.put("If-Unmodified-Since", HTTP_DATE.format(time))));
    return headers;
  }

  private static URI uri(String url) throws IOException {
    try {
      return URI.create(url.replace(" ", "%20"));
    } catch (IllegalArgumentException invalid) {
      throw new IOException("Cannot read " + url + ": it is no URL", invalid);
    }
  }

  @Override
  public SortedMap<String, FileVersion> list(String prefix) {
    throw new UnsupportedFeatureException("listing of files over HTTP", Origin.of(prefix));
  }

  @Override
  public void close() {} // the client's threads end when nobody refers to it any more
}
