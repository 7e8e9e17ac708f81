package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An open NetCDF or HDF5 file. Opening reads its groups, variables and attributes; values are read
 * from the file when they are asked for. The file must not be changed while it is open.
 */
public final class NetcdfFile implements Closeable {
  private final Container container;

  private NetcdfFile(Container container) {
    this.container = container;
  }

  /** As {@link #open(Path, Origin)}, with the path as origin. */
  public static NetcdfFile open(Path path) throws IOException {
    return open(path, Origin.of(path.toString()));
  }

  /**
   * Opens the file at {@code path}; the caller closes it.
   *
   * @param origin what errors call it, for instance the URL it is a local copy of
   * @throws CorruptInputException when it is of no format that is read here, or broken
   * @throws UnsupportedFeatureException when something in it is not read, so that a group or
   *     variable would have to be left out
   */
  public static NetcdfFile open(Path path, Origin origin) throws IOException {
    return new NetcdfFile(
        switch (FileKind.of(path, origin)) {
          case CLASSIC -> ClassicContainer.open(path, origin);
          case HDF5 -> Hdf5Container.open(path, origin);
        });
  }

  /** What the format is called: {@code NetCDF-3 classic}, {@code HDF5}. */
  public String format() {
    return container.format();
  }

  /** The group that all others are in. */
  public NetcdfGroup root() {
    return container.root();
  }

  @Override
  public void close() throws IOException {
    container.close();
  }
}
