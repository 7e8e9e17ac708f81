package dev.firn.dataset;

/** How a variable's fields are found in source files. */
public sealed interface FieldSelector permits FieldMatch, NetcdfMatch {
  /** What is looked for, for people. */
  String text();
}
