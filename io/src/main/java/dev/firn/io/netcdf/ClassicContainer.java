package dev.firn.io.netcdf;

import dev.firn.io.CorruptInputException;
import dev.firn.io.FormatException;
import dev.firn.io.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ucar.ma2.Array;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.Dimension;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;
import ucar.nc2.iosp.netcdf3.N3raf;
import ucar.unidata.io.RandomAccessFile;

/** A NetCDF-3 file, read by netcdf-java once {@link ClassicHeader} has checked its header. */
final class ClassicContainer implements Container {
  private static final long LARGEST_HEADER_BYTES = 1L << 30;

  private final Library file;
  private final NetcdfGroup root;
  private final boolean longOffsets;

  private ClassicContainer(Library file, NetcdfGroup root, boolean longOffsets) {
    this.file = file;
    this.root = root;
    this.longOffsets = longOffsets;
  }

  /** The library's reader of this one format; its own way of opening tries all it knows. */
  private static final class Library extends NetcdfFile {
    Library(RandomAccessFile bytes, String location) throws IOException {
      super(new N3raf(), bytes, location, null);
    }
  }

  static ClassicContainer open(Path path, Origin origin) throws IOException {
    boolean longOffsets = checkHeader(path, origin);
    RandomAccessFile bytes = new RandomAccessFile(path.toString(), "r");
    boolean isOpen = false;
    try {
      Library file = new Library(bytes, path.toString());
      NetcdfGroup root = group(file, origin);
      isOpen = true;
      return new ClassicContainer(file, root, longOffsets);
    } catch (FormatException refusal) {
      throw refusal;
    } catch (RuntimeException broken) {
      throw new CorruptInputException(
          "read NetCDF-3 header",
          Origin.of(origin.name(), 0),
          "the library says " + broken,
          broken);
    } finally {
      if (!isOpen) {
        bytes.close();
      }
    }
  }

  private static boolean checkHeader(Path path, Origin origin) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long length = channel.size();
      ByteBuffer header = channel.map(MapMode.READ_ONLY, 0, Math.min(length, LARGEST_HEADER_BYTES));
      ClassicHeader.check(header, length, origin);
      return header.get(3) == 2;
    }
  }

  private static NetcdfGroup group(Library file, Origin origin) {
    List<NetcdfVariable> variables = new ArrayList<>();
    for (Variable variable : file.getVariables()) {
      variable.setCaching(false);
      NetcdfVariable.VariableHeader header =
          new NetcdfVariable.VariableHeader(
              "/" + variable.getShortName(),
              type(variable.getDataType()),
              variable.getDimensions().stream().map(ClassicContainer::dimension).toList(),
              Optional.empty(),
              List.of(),
              attributes(variable.getAttributes()));
      variables.add(new NetcdfVariable(header, new Storage(variable, origin), origin));
    }
    return new NetcdfGroup(
        "/",
        attributes(file.getGlobalAttributes()),
        file.getDimensions().stream().map(ClassicContainer::dimension).toList(),
        variables,
        List.of(),
        List.of(),
        Map.of());
  }

  private static NetcdfDimension dimension(Dimension dimension) {
    return new NetcdfDimension(
        Optional.of(dimension.getShortName()), dimension.getLength(), dimension.isUnlimited());
  }

  private static NetcdfType type(DataType type) {
    return type == DataType.CHAR || type == DataType.STRING
        ? new NetcdfType.FixedText(1, TextPadding.ZERO_TERMINATED)
        : new NetcdfType.Numeric(
            switch (type) {
              case BYTE -> NumberFormat.INT8;
              case SHORT -> NumberFormat.INT16;
              case INT -> NumberFormat.INT32;
              case FLOAT -> NumberFormat.FLOAT32;
              case DOUBLE -> NumberFormat.FLOAT64;
              default -> throw new IllegalArgumentException("NetCDF-3 has no type " + type);
            },
            ByteOrder.BIG_ENDIAN);
  }

  private static Map<String, NetcdfAttribute> attributes(List<Attribute> attributes) {
    Map<String, NetcdfAttribute> all = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      String name = attribute.getShortName();
      NetcdfType type = type(attribute.getDataType());
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < attribute.getLength(); i++) {
        values.add(
            attribute.isString() ? attribute.getStringValue(i) : attribute.getNumericValue(i));
      }
      List<Integer> shape = values.size() == 1 ? List.of() : List.of(values.size());
      all.put(name, new NetcdfAttribute(name, type, shape, values));
    }
    return all;
  }

  /** Values that the library reads, in its own byte order: the one of this format. */
  private record Storage(Variable variable, Origin origin) implements VariableStorage {
    @Override
    public void read(Slab slab, RowSink rows) throws IOException {
      if (slab.size() == 0) {
        return;
      }
      int[] offset = slab.offset().stream().mapToInt(Integer::intValue).toArray();
      int[] shape = slab.shape().stream().mapToInt(Integer::intValue).toArray();
      try {
        ByteBuffer bytes = bytes(variable.read(offset, shape));
        rows.row(bytes, 0, 0, (int) slab.size());
      } catch (InvalidRangeException | RuntimeException broken) {
        throw new CorruptInputException(
            "read variable /" + variable.getShortName(),
            origin,
            "the library says " + broken,
            broken);
      }
    }

    private static ByteBuffer bytes(Array values) {
      Object array = values.copyTo1DJavaArray();
      if (array instanceof byte[] bytes) {
        return ByteBuffer.wrap(bytes);
      } else if (array instanceof char[] chars) {
        byte[] bytes = new byte[chars.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) chars[i];
        }
        return ByteBuffer.wrap(bytes);
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(values.getSizeBytes()));
      if (array instanceof short[] shorts) {
        bytes.asShortBuffer().put(shorts);
      } else if (array instanceof int[] ints) {
        bytes.asIntBuffer().put(ints);
      } else if (array instanceof float[] floats) {
        bytes.asFloatBuffer().put(floats);
      } else if (array instanceof double[] doubles) {
        bytes.asDoubleBuffer().put(doubles);
      } else {
        throw new IllegalArgumentException("NetCDF-3 has no " + values.getElementType());
      }
      return bytes;
    }

    @Override
    public long storedBytes() {
      return variable.getSize() * variable.getElementSize();
    }
  }

  @Override
  public String format() {
    return longOffsets ? "NetCDF-3 64-bit offset" : "NetCDF-3 classic";
  }

  @Override
  public NetcdfGroup root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
