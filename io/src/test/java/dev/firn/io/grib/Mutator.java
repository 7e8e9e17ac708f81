package dev.firn.io.grib;

import dev.firn.io.grib.Parts.Part;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/** Damages files at random: single bits, numbers that mean something, sections, and file ends. */
final class Mutator {
  private static final int DATA = 7;
  private static final int FIRST_DATA = 5;
  private static final int IMAGE_HEADER = 130;
  private static final int MOST_CHANGES = 4;

  /** Numbers a section's layout depends on: octet and how many octets. */
  private static final Map<Integer, int[][]> NUMBERS =
      Map.of(
          0,
          new int[][] {{1, 4}, {7, 1}, {8, 1}, {9, 8}, {9, 4}, {13, 4}},
          1,
          new int[][] {{1, 4}, {5, 1}, {6, 2}, {10, 1}, {13, 2}, {15, 1}, {16, 1}, {21, 1}},
          2,
          new int[][] {{1, 4}, {5, 1}},
          3,
          new int[][] {
            {1, 4}, {5, 1}, {6, 1}, {7, 4}, {11, 1}, {12, 1}, {13, 2}, {15, 1}, {16, 1},
            {17, 4}, {21, 1}, {22, 4}, {26, 1}, {27, 4}, {31, 4}, {35, 4}, {39, 4}, {43, 4},
            {47, 4}, {48, 4}, {51, 4}, {52, 4}, {55, 1}, {56, 4}, {60, 4}, {61, 4}, {64, 4},
            {65, 1}, {66, 4}, {68, 4}, {70, 4}, {72, 1}, {73, 2}, {73, 4}, {77, 4}, {81, 4}
          },
          4,
          new int[][] {
            {1, 4}, {5, 1}, {6, 2}, {8, 2}, {10, 1}, {11, 1}, {12, 2}, {18, 1}, {19, 4},
            {23, 1}, {24, 1}, {25, 4}, {29, 1}, {30, 1}, {31, 4}, {35, 2}, {37, 2}, {42, 1},
            {43, 4}, {47, 1}, {49, 1}, {50, 4}
          },
          5,
          new int[][] {
            {1, 4}, {5, 1}, {6, 4}, {10, 2}, {12, 1}, {12, 4}, {13, 2}, {15, 2}, {16, 2},
            {17, 1}, {18, 2}, {20, 1}, {21, 1}, {22, 1}, {23, 1}, {24, 2}, {24, 4}, {32, 4},
            {36, 1}, {37, 1}, {38, 4}, {42, 1}, {43, 4}, {47, 1}, {48, 1}, {49, 1}
          },
          6,
          new int[][] {{1, 4}, {5, 1}, {6, 1}},
          7,
          new int[][] {{1, 4}, {5, 1}, {6, 4}, {10, 4}, {14, 4}, {18, 4}, {22, 4}, {46, 2}},
          Parts.END,
          new int[][] {{1, 4}},
          Parts.OTHER,
          new int[][] {{1, 4}, {5, 2}, {8, 1}});

  private final SplittableRandom random;
  private final List<byte[]> others;

  /** Mutations that follow from {@code seed}; sections may be taken from {@code others}. */
  Mutator(long seed, List<byte[]> others) {
    this.random = new SplittableRandom(seed);
    this.others = others;
  }

  /** One of the files, small ones more often. */
  byte[] choose() {
    byte[] one = others.get(random.nextInt(others.size()));
    byte[] another = others.get(random.nextInt(others.size()));
    return one.length < another.length ? one : another;
  }

  /** A damaged copy of {@code file}. */
  byte[] mutate(byte[] file) {
    List<Part> parts = Parts.of(file);
    int changes = random.nextBoolean() ? 1 : 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      change(parts);
    }
    parts.stream().filter(part -> random.nextInt(8) > 0).forEach(Mutator::mendChecksums);
    byte[] joined = Parts.join(parts, random.nextInt(16) > 0);
    return random.nextInt(16) > 0 ? joined : resized(joined);
  }

  private void change(List<Part> parts) {
    int at = random.nextInt(parts.size());
    byte[] octets = parts.get(at).octets();
    int number = parts.get(at).number();
    if (octets.length == 0) {
      return;
    }
    switch (random.nextInt(14)) {
      case 0 -> flip(octets, 0);
      case 1 -> setOctets(octets);
      case 2, 3, 4 -> setNumber(octets, NUMBERS.get(number));
      case 5, 6, 7, 8 -> damage(octetsOf(parts, DATA, octets));
      case 9 -> parts.set(at, new Part(number, resized(octets)));
      case 10 -> rearrange(parts, at);
      case 11 -> replace(parts, at);
      case 12 -> setExtent(parts, at);
      default -> setNumber(octetsOf(parts, 3 + random.nextInt(3), octets), NUMBERS.get(number));
    }
  }

  private byte[] octetsOf(List<Part> parts, int number, byte[] orElse) {
    List<Part> found = matching(parts, part -> part.number() == number);
    return found.isEmpty() ? orElse : found.get(random.nextInt(found.size())).octets();
  }

  private static List<Part> matching(List<Part> parts, Predicate<Part> condition) {
    return parts.stream().filter(condition).toList();
  }

  private void flip(byte[] octets, int from) {
    for (int i = random.nextInt(8); i >= 0 && octets.length > from; i--) {
      octets[from + random.nextInt(octets.length - from)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private void setOctets(byte[] octets) {
    byte[] extremes = {0, 0x7F, (byte) 0x80, (byte) 0xFF};
    int from = random.nextInt(octets.length);
    int to = Math.min(octets.length, from + 1 + random.nextInt(8));
    Arrays.fill(octets, from, to, extremes[random.nextInt(extremes.length)]);
  }

  private void setNumber(byte[] octets, int[][] numbers) {
    int[] number = numbers[random.nextInt(numbers.length)];
    set(octets, number[0], number[1], extreme(8 * number[1]));
  }

  private static void set(byte[] octets, int octet, int width, long value) {
    for (int i = 0; i < width && octet + i <= octets.length; i++) {
      octets[octet + i - 1] = (byte) (value >>> (8 * (width - 1 - i)));
    }
  }

  private long extreme(int bits) {
    long ones = bits == 64 ? -1 : (1L << bits) - 1;
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> ones - random.nextInt(3);
      case 2 -> (ones >>> 1) + random.nextInt(3);
      case 3 -> random.nextLong() & ones;
      case 4 -> (1L << random.nextInt(bits)) - 1 + random.nextInt(3);
      default -> random.nextInt(72) & ones;
    };
  }

  /** Damages a section 7, with an eye to the headers that images begin with. */
  private void damage(byte[] octets) {
    if (random.nextBoolean() || octets.length <= FIRST_DATA) {
      flip(octets, FIRST_DATA);
      return;
    }
    int end = Math.min(octets.length, FIRST_DATA + IMAGE_HEADER);
    int octet = FIRST_DATA + 1 + random.nextInt(end - FIRST_DATA);
    int width = 1 << random.nextInt(3);
    set(octets, octet, width, extreme(8 * width));
  }

  /** Cut off, with a piece less, with more inserted, or with a piece twice. */
  private byte[] resized(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(1 << random.nextInt(12)));
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, from);
      case 1 -> concat(bytes, from, new byte[0], to);
      case 2 -> {
        byte[] more = new byte[to - from];
        random.nextBytes(more);
        yield concat(bytes, from, more, from);
      }
      default -> concat(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
    };
  }

  private static byte[] concat(byte[] bytes, int headEnd, byte[] between, int tailStart) {
    return ByteBuffer.allocate(headEnd + between.length + bytes.length - tailStart)
        .put(bytes, 0, headEnd)
        .put(between)
        .put(bytes, tailStart, bytes.length - tailStart)
        .array();
  }

  private void rearrange(List<Part> parts, int at) {
    Part part = parts.get(at);
    int to = random.nextInt(parts.size());
    switch (random.nextInt(3)) {
      case 0 -> parts.add(to, new Part(part.number(), part.octets().clone()));
      case 1 -> parts.set(at, parts.set(to, part));
      default -> {
        if (parts.size() > 1) {
          parts.remove(at);
        }
      }
    }
  }

  /** Puts the same section of another file in place of one. */
  private void replace(List<Part> parts, int at) {
    int number = parts.get(at).number();
    List<Part> found = matching(Parts.of(choose()), part -> part.number() == number);
    if (!found.isEmpty()) {
      parts.set(at, found.get(random.nextInt(found.size())));
    }
  }

  /** Gives a message another number of points that all of its sections agree upon. */
  private void setExtent(List<Part> parts, int near) {
    long columns = 1 + (random.nextInt() & ((1L << random.nextInt(28)) - 1));
    long rows = 1 + (random.nextInt() & ((1L << random.nextInt(16)) - 1));
    for (Part part : parts.subList(near / 2, parts.size())) {
      if (part.number() == 3) {
        set(part.octets(), 7, 4, rows * columns);
        set(part.octets(), 31, 4, columns);
        set(part.octets(), 35, 4, rows);
      } else if (part.number() == 5) {
        set(part.octets(), 6, 4, rows * columns);
      } else if (part.number() == DATA) {
        setImageSize(part.octets(), columns, rows);
      }
    }
  }

  private static void setImageSize(byte[] octets, long columns, long rows) {
    int size = isJpeg(octets) ? 14 : 22;
    if (isJpeg(octets) || isPng(octets)) {
      set(octets, size, 4, columns);
      set(octets, size + 4, 4, rows);
    }
  }

  private static boolean isJpeg(byte[] octets) {
    return octets.length > 60 && ByteBuffer.wrap(octets).getInt(FIRST_DATA) == 0xFF4F_FF51;
  }

  private static boolean isPng(byte[] octets) {
    return octets.length > 60 && ByteBuffer.wrap(octets).getInt(FIRST_DATA) == 0x8950_4E47;
  }

  /** Makes checksums of a PNG image true, so that damage goes on to what they guard. */
  private static void mendChecksums(Part part) {
    byte[] octets = part.octets();
    if (part.number() != DATA || !isPng(octets)) {
      return;
    }
    ByteBuffer image = ByteBuffer.wrap(octets);
    int chunk = FIRST_DATA + 8;
    while (chunk + 12 <= octets.length) {
      int length = image.getInt(chunk);
      if (length < 0 || length > octets.length - chunk - 12) {
        return;
      }
      CRC32 checksum = new CRC32();
      checksum.update(octets, chunk + 4, length + 4);
      image.putInt(chunk + 8 + length, (int) checksum.getValue());
      chunk += 12 + length;
    }
  }
}
