package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An HDF5 file, NetCDF-4 or not. jhdf reads its groups, headers and indexes out of a mapped buffer,
 * so that no length in the file makes it ask for memory that the file does not have; Firn reads the
 * values.
 */
final class Hdf5Container implements Container {
  private final NetcdfGroup root;

  private Hdf5Container(NetcdfGroup root) {
    this.root = root;
  }

  static Hdf5Container open(Path path, Origin origin) throws IOException {
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new UnsupportedFeatureException(
            "HDF5 file of " + channel.size() + " bytes, more than can be mapped at once,", origin);
      }
      bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
    }
    HdfFile file =
        LibraryCall.ask("open HDF5 file", origin, () -> HdfFile.fromByteBuffer(bytes.duplicate()));
    long end = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    if (end > bytes.capacity()) {
      throw new CorruptInputException(
          "open HDF5 file",
          Origin.of(origin.name(), bytes.capacity()),
          "it ends here, where its superblock says " + end);
    }
    return new Hdf5Container(new Hdf5Tree(file, origin).root());
  }

  @Override
  public String format() {
    return root.attributes().containsKey("_NCProperties") ? "NetCDF-4" : "HDF5";
  }

  @Override
  public NetcdfGroup root() {
    return root;
  }

  /** Does nothing: a mapping lasts until the buffer is collected. */
  @Override
  public void close() {}
}
