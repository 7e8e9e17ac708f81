package dev.firn.io.zarr;

import java.util.List;

/** The rules of a list of codecs (Zarr v3 core, section "Codecs"). */
final class CodecChain {
  private CodecChain() {}

  /** Checks that arrays become arrays, then bytes, once, then other bytes. */
  static void check(List<CodecSpec> codecs) {
    List<CodecSpec.Stage> stages = codecs.stream().map(CodecSpec::stage).toList();
    long toBytes = stages.stream().filter(CodecSpec.Stage.ARRAY_TO_BYTES::equals).count();
    if (toBytes != 1 || !stages.stream().sorted().toList().equals(stages)) {
      throw new IllegalArgumentException(
          "Invalid codecs "
              + codecs.stream().map(CodecSpec::name).toList()
              + ": expected array to array ones, one from array to bytes, bytes to bytes ones");
    }
  }
}
