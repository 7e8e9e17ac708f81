package dev.firn.io.netcdf;

import dev.firn.io.Origin;
import dev.firn.io.UnsupportedFeatureException;
import io.jhdf.object.datatype.ArrayDataType;
import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OpaqueDataType;
import io.jhdf.object.datatype.Reference;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns HDF5's datatypes (format specification, IV.A.2.d) into Firn's.
 *
 * @param owner of the type, as errors name it: {@code variable /t}
 */
record Hdf5Types(String owner, Origin origin) {

  NetcdfType type(DataType type) {
    if (type.getSize() <= 0) {
      throw unsupported("values of " + type.getSize() + " bytes");
    }
    if (type instanceof FixedPoint integer) {
      return integer(integer);
    } else if (type instanceof FloatingPoint real) {
      return real(real);
    } else if (type instanceof StringData text) {
      return new NetcdfType.FixedText(text.getSize(), padding(text.getPaddingType()));
    } else if (type instanceof BitField) {
      return new NetcdfType.Opaque(type.getSize(), "bits");
    } else if (type instanceof OpaqueDataType opaque) {
      return new NetcdfType.Opaque(type.getSize(), opaque.getAsciiTag());
    } else if (type instanceof Reference) {
      if (type.getSize() != Long.BYTES) {
        throw unsupported("references of " + type.getSize() + " bytes");
      }
      return new NetcdfType.Reference(type.getSize());
    } else if (type instanceof EnumDataType names) {
      return enumeration(names);
    } else if (type instanceof VariableLength sequence) {
      return sequence.isVariableLengthString()
          ? new NetcdfType.VariableText(type.getSize())
          : new NetcdfType.Sequence(type.getSize(), type(sequence.getParent()));
    } else if (type instanceof CompoundDataType compound) {
      return compound(compound);
    } else if (type instanceof ArrayDataType array) {
      List<Integer> shape = Arrays.stream(array.getArrayTypeDimensions()).boxed().toList();
      return checked(new NetcdfType.FixedArray(shape, type(array.getBaseType())), type);
    }
    throw unsupported("type " + type.getClass().getSimpleName());
  }

  private NetcdfType.Numeric integer(FixedPoint integer) {
    int size = integer.getSize();
    if (Integer.bitCount(size) != 1
        || size > Long.BYTES
        || integer.getBitOffset() != 0
        || integer.getBitPrecision() != Byte.SIZE * size) {
      throw unsupported(
          "integers of %d bits in %d bytes".formatted(integer.getBitPrecision(), size));
    }
    return new NetcdfType.Numeric(
        NumberFormat.integer(size, integer.isSigned()), integer.getByteOrder());
  }

  private NetcdfType real(FloatingPoint real) {
    List<Integer> layout =
        List.of(
            (int) real.getBitOffset(),
            (int) real.getBitPrecision(),
            (int) real.getExponentLocation(),
            (int) real.getExponentSize(),
            (int) real.getMantissaLocation(),
            (int) real.getMantissaSize(),
            real.getExponentBias());
    NumberFormat format =
        switch (real.getSize()) {
          case 2 -> NumberFormat.FLOAT16;
          case 4 -> NumberFormat.FLOAT32;
          default -> NumberFormat.FLOAT64;
        };
    List<Integer> ieee =
        switch (format) {
          case FLOAT16 -> List.of(0, 16, 10, 5, 0, 10, 15);
          case FLOAT32 -> List.of(0, 32, 23, 8, 0, 23, 127);
          default -> List.of(0, 64, 52, 11, 0, 52, 1023);
        };
    if (!layout.equals(ieee) || format.sizeBytes() != real.getSize()) {
      throw unsupported("floating-point numbers that are not IEEE 754's, " + layout + ",");
    }
    return new NetcdfType.Numeric(format, real.getByteOrder());
  }

  private NetcdfType enumeration(EnumDataType names) {
    if (!(type(names.getBaseType()) instanceof NetcdfType.Numeric base)) {
      throw unsupported("enumeration of what are no numbers");
    }
    Map<Long, String> named =
        names.getEnumMapping().entrySet().stream()
            .collect(Collectors.toMap(entry -> (long) entry.getKey(), Map.Entry::getValue));
    return new NetcdfType.Enumeration(base, named);
  }

  private NetcdfType compound(CompoundDataType compound) {
    List<NetcdfType.Member> members = new ArrayList<>();
    for (CompoundDataType.CompoundDataMember member : compound.getMembers()) {
      NetcdfType type = type(member.getDataType());
      int[] dimensions = member.getDimensionSize();
      if (dimensions != null && dimensions.length > 0) {
        type = new NetcdfType.FixedArray(Arrays.stream(dimensions).boxed().toList(), type);
      }
      if ((long) member.getOffset() + type.sizeBytes() > compound.getSize()) {
        throw unsupported("compound whose member " + member.getName() + " is outside of it");
      }
      members.add(new NetcdfType.Member(member.getName(), member.getOffset(), type));
    }
    return new NetcdfType.Compound(compound.getSize(), members);
  }

  private NetcdfType checked(NetcdfType.FixedArray array, DataType type) {
    if (array.sizeBytes() != type.getSize()) {
      throw unsupported(array.label() + " in " + type.getSize() + " bytes");
    }
    return array;
  }

  private static TextPadding padding(StringData.PaddingType padding) {
    return switch (padding) {
      case NULL_TERMINATED -> TextPadding.ZERO_TERMINATED;
      case NULL_PADDED -> TextPadding.ZERO_PADDED;
      case SPACE_PADDED -> TextPadding.SPACE_PADDED;
    };
  }

  private UnsupportedFeatureException unsupported(String what) {
    return new UnsupportedFeatureException(what + " of " + owner, origin);
  }
}
