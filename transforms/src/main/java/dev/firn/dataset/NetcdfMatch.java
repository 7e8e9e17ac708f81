package dev.firn.dataset;

import java.util.Map;
import java.util.Optional;

/**
 * The variable of a NetCDF or HDF5 file that holds a field. Its last two dimensions are those of
 * the grid, all before them have length 1.
 *
 * @param path of the variable, from the root group
 * @param attributes what the variable must say of itself, such as its unit: texts, or numbers as
 *     text
 * @param transposed whether columns come before rows
 * @param rowsReversed whether the first row of the file is the last of the archive
 * @param quality what says which values count; all do where it is empty
 */
public record NetcdfMatch(
    String path,
    Map<String, String> attributes,
    boolean transposed,
    boolean rowsReversed,
    Optional<Quality> quality)
    implements FieldSelector {

  /** Copies the attributes. */
  public NetcdfMatch {
    attributes = Map.copyOf(attributes);
  }

  @Override
  public String text() {
    return path;
  }

  /**
   * Which values count, by flags in another variable of the file.
   *
   * @param path of the variable with the flags, which are whole numbers
   * @param mask the bits that are looked at
   * @param expected what they must be
   * @param missing the number that stands for no flags; such values do not count
   */
  public record Quality(String path, int mask, int expected, int missing) {
    /** Whether a value with these flags counts. */
    public boolean isGood(int flags) {
      return flags != missing && (flags & mask) == expected;
    }
  }
}
