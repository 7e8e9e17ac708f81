package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.io.object.ByteRange;

/**
 * Where one field of a variable is.
 *
 * @param variable the variable
 * @param file the source file
 * @param range the message in it
 */
record FieldRef(VariableSpec variable, SourceFile file, ByteRange range) {}
