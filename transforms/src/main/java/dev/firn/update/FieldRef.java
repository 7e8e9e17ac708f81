package dev.firn.update;

import dev.firn.dataset.VariableSpec;
import dev.firn.io.object.ByteRange;
import dev.firn.io.source.FileVersion;

/**
 * Where one field of a variable is.
 *
 * @param variable the variable
 * @param file the source file
 * @param version which version of it
 * @param range the message in it
 */
record FieldRef(VariableSpec variable, SourceFile file, FileVersion version, ByteRange range) {}
