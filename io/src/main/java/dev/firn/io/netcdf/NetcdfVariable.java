package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A variable of an open file. Reading throws {@link CorruptInputException} or {@link
 * UnsupportedFeatureException}, which name file, variable and place; {@link IOException} where the
 * file cannot be read; {@link IllegalArgumentException} for a slab outside of the variable. Not for
 * several threads at once.
 */
public final class NetcdfVariable {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Deflate makes at most this of one byte. */
  private static final long LARGEST_RATIO = 1032;

  private static final long ALWAYS_ALLOWED_BYTES = 1L << 28;

  private final VariableHeader header;
  private final VariableStorage storage;
  private final Origin origin;

  NetcdfVariable(VariableHeader header, VariableStorage storage, Origin origin) {
    this.header = header;
    this.storage = storage;
    this.origin = origin;
  }

  /** Where it is: {@code /group/name}. */
  public String path() {
    return header.path();
  }

  /** Its name, the last part of the path. */
  public String name() {
    return header.path().substring(header.path().lastIndexOf('/') + 1);
  }

  /** What its values are. */
  public NetcdfType type() {
    return header.type();
  }

  /** Its dimensions; none for a scalar. */
  public List<NetcdfDimension> dimensions() {
    return header.dimensions();
  }

  /** How many values it has along each dimension. */
  public List<Integer> shape() {
    return header.dimensions().stream().map(NetcdfDimension::length).toList();
  }

  /** The shape of its chunks, empty where it is not stored in chunks. */
  public Optional<List<Integer>> chunkShape() {
    return header.chunkShape();
  }

  /** What its chunks went through when they were written, in that order. */
  public List<String> filters() {
    return header.filters();
  }

  /** What the file says of it, in the file's order. */
  public Map<String, NetcdfAttribute> attributes() {
    return header.attributes();
  }

  /** Its chunks as slabs, in C order; all of it where it is not stored in chunks. */
  public Stream<Slab> chunks() {
    List<Integer> shape = shape();
    if (header.chunkShape().isEmpty() || shape.contains(0)) {
      return Stream.of(Slab.all(shape));
    }
    Stream<List<Integer>> offsets = Stream.of(List.of());
    for (int i = 0; i < shape.size(); i++) {
      int length = shape.get(i);
      int step = header.chunkShape().get().get(i);
      offsets =
          offsets.flatMap(
              before ->
                  IntStream.iterate(0, at -> at < length && at >= 0, at -> at + step)
                      .mapToObj(at -> appended(before, at)));
    }
    return offsets.map(offset -> new Slab(offset, extent(offset)));
  }

  private List<Integer> extent(List<Integer> offset) {
    return IntStream.range(0, offset.size())
        .mapToObj(
            i -> Math.min(header.chunkShape().orElseThrow().get(i), shape().get(i) - offset.get(i)))
        .toList();
  }

  private static List<Integer> appended(List<Integer> list, int last) {
    List<Integer> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  /** All values, as they are stored. */
  public NetcdfValues read() throws IOException {
    return read(Slab.all(shape()));
  }

  /** The values of {@code slab}, as they are stored. */
  public NetcdfValues read(Slab slab) throws IOException {
    int step = type().sizeBytes();
    byte[] stored = new byte[(int) checkedSize(slab, step) * step];
    storage.read(
        slab, (from, offset, index, count) -> from.get(offset, stored, index * step, count * step));
    try {
      return NetcdfValues.of(type(), slab.shape(), stored, storage.heap());
    } catch (IllegalArgumentException broken) {
      throw new CorruptInputException(
          "read values of " + path(), origin, String.valueOf(broken.getMessage()), broken);
    }
  }

  /**
   * Reads the values of {@code slab} as {@link CfDecoding} decodes them, from {@code out[from]} on,
   * in C order. They are computed in double and rounded to float once.
   *
   * @throws UnsupportedFeatureException where they are no numbers
   */
  public void readInto(float[] out, int from, Slab slab) throws IOException {
    readInto(out, from, slab, CfDecoding.of(this, origin));
  }

  private void readInto(float[] out, int from, Slab slab, CfDecoding decoding) throws IOException {
    if (checkedSize(slab, Float.BYTES) > out.length - from) {
      throw new IllegalArgumentException(
          slab + " does not fit into " + (out.length - from) + " floats");
    }
    storage.read(
        slab,
        (stored, offset, index, count) ->
            decoding.toFloats(stored, offset, count, out, from + index));
  }

  /**
   * Reads the numbers of {@code slab} as they are stored, whatever the attributes say of them, from
   * {@code out[from]} on, in C order.
   *
   * @throws UnsupportedFeatureException where they are no numbers
   */
  public void readStoredInto(float[] out, int from, Slab slab) throws IOException {
    readInto(out, from, slab, CfDecoding.none(this, origin));
  }

  /**
   * All values as {@link CfDecoding} decodes them, in double: for coordinates.
   *
   * @throws UnsupportedFeatureException where they are no numbers
   */
  public double[] readDoubles() throws IOException {
    CfDecoding decoding = CfDecoding.of(this, origin);
    Slab slab = Slab.all(shape());
    double[] values = new double[(int) checkedSize(slab, Double.BYTES)];
    storage.read(
        slab,
        (stored, offset, index, count) -> decoding.toDoubles(stored, offset, count, values, index));
    return values;
  }

  private long checkedSize(Slab slab, int bytesEach) throws IOException {
    if (!slab.isWithin(shape())) {
      throw new IllegalArgumentException(
          slab + " is not within " + path() + ", whose shape is " + shape());
    }
    long values;
    try {
      values = slab.size();
    } catch (ArithmeticException overflow) {
      values = Long.MAX_VALUE;
    }
    if (values > LARGEST_ARRAY / bytesEach) {
      throw new UnsupportedFeatureException(
          "variable " + path() + ": " + slab.shape() + " values, too many for an array", origin);
    }
    long stored = values * bytesEach <= ALWAYS_ALLOWED_BYTES ? 0 : storage.storedBytes();
    if (values * bytesEach > Math.max(ALWAYS_ALLOWED_BYTES, LARGEST_RATIO * stored)) {
      throw new UnsupportedFeatureException(
          "variable %s: %s values, of which %d bytes are stored"
              .formatted(path(), slab.shape(), stored),
          origin);
    }
    return values;
  }

  @Override
  public String toString() {
    return path() + shape();
  }

  /** What is known of a variable before its values are read. */
  record VariableHeader(
      String path,
      NetcdfType type,
      List<NetcdfDimension> dimensions,
      Optional<List<Integer>> chunkShape,
      List<String> filters,
      Map<String, NetcdfAttribute> attributes) {

    VariableHeader {
      dimensions = List.copyOf(dimensions);
      filters = List.copyOf(filters);
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
  }
}
