package dev.firn.io.netcdf;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a value is and how it is stored: a number, text, or one of HDF5's other types. */
public sealed interface NetcdfType {

  /** How many bytes a value takes where it is stored; of what lies in a heap, its reference. */
  int sizeBytes();

  /** Whether values are elsewhere, in a heap, with only a reference in their place. */
  default boolean usesHeap() {
    return false;
  }

  /** Its name, as {@code firn netcdf ls} prints it: {@code float32}, {@code char}. */
  String label();

  /** A number. */
  record Numeric(NumberFormat format, ByteOrder order) implements NetcdfType {
    @Override
    public int sizeBytes() {
      return format.sizeBytes();
    }

    @Override
    public String label() {
      return format.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Text of a fixed number of bytes; of one byte, it is NetCDF's {@code char}. */
  record FixedText(int sizeBytes, TextPadding padding) implements NetcdfType {
    @Override
    public String label() {
      return sizeBytes == 1 ? "char" : "text of " + sizeBytes + " bytes";
    }
  }

  /** Text of any length. */
  record VariableText(int sizeBytes) implements NetcdfType {
    @Override
    public boolean usesHeap() {
      return true;
    }

    @Override
    public String label() {
      return "string";
    }
  }

  /** Numbers with names. */
  record Enumeration(Numeric base, Map<Long, String> names) implements NetcdfType {
    /** Copies the names. */
    public Enumeration {
      names = Map.copyOf(names);
    }

    @Override
    public int sizeBytes() {
      return base.sizeBytes();
    }

    @Override
    public String label() {
      return "enum of " + base.label();
    }
  }

  /** Bytes without a meaning, or bits. */
  record Opaque(int sizeBytes, String tag) implements NetcdfType {
    @Override
    public String label() {
      return "opaque of " + sizeBytes + " bytes";
    }
  }

  /** A reference to a group or variable of the same file: its address. */
  record Reference(int sizeBytes) implements NetcdfType {
    @Override
    public String label() {
      return "reference";
    }
  }

  /** Values of several types together. */
  record Compound(int sizeBytes, List<Member> members) implements NetcdfType {
    /** Copies the members. */
    public Compound {
      members = List.copyOf(members);
    }

    @Override
    public boolean usesHeap() {
      return members.stream().anyMatch(member -> member.type().usesHeap());
    }

    @Override
    public String label() {
      return members.stream()
          .map(member -> member.name() + ": " + member.type().label())
          .collect(Collectors.joining(", ", "compound {", "}"));
    }
  }

  /** A part of a compound, {@code offset} bytes after its first. */
  record Member(String name, int offset, NetcdfType type) {}

  /** As many values as {@code shape} says, in place of one. */
  record FixedArray(List<Integer> shape, NetcdfType element) implements NetcdfType {
    /** Copies the shape. */
    public FixedArray {
      shape = List.copyOf(shape);
    }

    int count() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }

    @Override
    public int sizeBytes() {
      return Math.multiplyExact(count(), element.sizeBytes());
    }

    @Override
    public boolean usesHeap() {
      return element.usesHeap();
    }

    @Override
    public String label() {
      return "array" + shape + " of " + element.label();
    }
  }

  /** Any number of values in place of one: NetCDF's {@code vlen}. */
  record Sequence(int sizeBytes, NetcdfType element) implements NetcdfType {
    @Override
    public boolean usesHeap() {
      return true;
    }

    @Override
    public String label() {
      return "vlen of " + element.label();
    }
  }
}
