package dev.firn.dataset;

import java.math.BigDecimal;
import java.util.OptionalDouble;

/** What inventories call a field. */
public sealed interface InventoryName {

  /** A number as people write it: 500, 0.5. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /**
   * In a text inventory of NOAA.
   *
   * @param element its name of the parameter
   * @param level its name of the level
   */
  record Noaa(String element, String level) implements InventoryName {
    @Override
    public String toString() {
      return element + ", " + level;
    }
  }

  /**
   * In an inventory of ECMWF.
   *
   * @param param the parameter's short name
   * @param levtype the kind of level
   * @param levelist the level, empty where there is only one
   */
  record Ecmwf(String param, String levtype, OptionalDouble levelist) implements InventoryName {
    @Override
    public String toString() {
      return levelist.isPresent()
          ? param + ", " + levtype + " " + plain(levelist.getAsDouble())
          : param + ", " + levtype;
    }
  }

  /** In no inventory: the files have none. */
  record Unlisted() implements InventoryName {
    @Override
    public String toString() {
      return "";
    }
  }
}
