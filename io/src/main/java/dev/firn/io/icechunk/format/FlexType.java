package dev.firn.io.icechunk.format;

/** The types of FlexBuffers values that JSON has, by their numbers. */
final class FlexType {
  static final int NULL = 0;
  static final int INT = 1;
  static final int UINT = 2;
  static final int FLOAT = 3;
  static final int KEY = 4;
  static final int STRING = 5;
  static final int INDIRECT_INT = 6;
  static final int INDIRECT_FLOAT = 8;
  static final int MAP = 9;
  static final int VECTOR = 10;

  /** A vector of {@link #INT}, then of the types that follow it. */
  static final int VECTOR_INT = 11;

  static final int VECTOR_KEY = 14;

  /** Two of {@link #INT}, {@link #UINT}, {@link #FLOAT}, then three, then four. */
  static final int VECTOR_INT2 = 16;

  static final int VECTOR_FLOAT4 = 24;
  static final int BOOL = 26;
  static final int VECTOR_BOOL = 36;

  private FlexType() {}
}
