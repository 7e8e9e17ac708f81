package dev.firn.io.icechunk.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compresses the locations of one manifest by a zstd dictionary trained from some of them. */
final class LocationCompressor implements AutoCloseable {
  /** Readers need not take longer ones. */
  private static final int MAX_LOCATION_BYTES = 1024;

  /** zstd trains from nothing shorter. */
  private static final int MIN_SAMPLE_BYTES = 8;

  private final byte[] dictionary;
  private final ZstdDictCompress prepared;
  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final byte[] target = new byte[(int) Zstd.compressBound(MAX_LOCATION_BYTES)];

  private LocationCompressor(byte[] dictionary, int level) {
    this.dictionary = dictionary;
    this.prepared = new ZstdDictCompress(dictionary, level);
    context.loadDict(prepared);
  }

  /** Trains a dictionary, when zstd makes one of these locations. */
  static Optional<LocationCompressor> train(List<String> locations, LocationCompression settings) {
    List<byte[]> samples = samples(locations, settings.maxSamples());
    int total = 0;
    int usable = 0;
    for (byte[] sample : samples) {
      total += sample.length;
      usable += sample.length >= MIN_SAMPLE_BYTES ? 1 : 0;
    }
    if (total == 0 || 2 * usable < samples.size()) {
      return Optional.empty();
    }
    int repeats =
        total < settings.maxDictionaryBytes() ? settings.maxDictionaryBytes() / total + 2 : 1;
    ZstdDictTrainer trainer =
        new ZstdDictTrainer(Math.multiplyExact(total, repeats), settings.maxDictionaryBytes());
    for (int i = 0; i < repeats; i++) {
      for (byte[] sample : samples) {
        trainer.addSample(sample);
      }
    }
    try {
      return Optional.of(new LocationCompressor(trainer.trainSamples(), settings.zstdLevel()));
    } catch (ZstdException tooFewOrTooEqual) {
      return Optional.empty();
    }
  }

  /** Evenly spread over all. */
  private static List<byte[]> samples(List<String> locations, int max) {
    int count = Math.min(locations.size(), max);
    List<byte[]> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String location = locations.get((int) ((long) i * locations.size() / count));
      samples.add(location.getBytes(StandardCharsets.UTF_8));
    }
    return samples;
  }

  byte[] dictionary() {
    return dictionary;
  }

  /** Writes a vector of the compressed bytes; nothing, 0, of a location too long for readers. */
  int write(FlatWriter out, String location) {
    byte[] utf8 = location.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_LOCATION_BYTES) {
      return 0;
    }
    int length = context.compressByteArray(target, 0, target.length, utf8, 0, utf8.length);
    return out.bytes(target, length);
  }

  @Override
  public void close() {
    context.close();
    prepared.close();
  }
}
