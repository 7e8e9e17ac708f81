package dev.firn.io.grib;

import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import java.time.Instant;

/**
 * Section 1: who made the message, and its reference time.
 *
 * @param centre octets 6–7 (common code table C-11)
 * @param subCentre octets 8–9
 * @param tablesVersion octet 10, of the master tables
 * @param referenceTime octets 13–19
 * @param typeOfData octet 21 (code table 1.4)
 */
record IdentificationSection(
    int centre, int subCentre, int tablesVersion, Instant referenceTime, int typeOfData) {
  static final int NUMBER = 1;

  private static final int NO_LOCAL_TABLES = 0;
  private static final int START_OF_FORECAST = 1;
  private static final int OPERATIONAL = 0;
  private static final int FORECAST = 1;

  /** Of a forecast. */
  IdentificationSection(int centre, int subCentre, int tablesVersion, Instant referenceTime) {
    this(centre, subCentre, tablesVersion, referenceTime, FORECAST);
  }

  static IdentificationSection read(OctetReader section) {
    return new IdentificationSection(
        section.uint16(6),
        section.uint16(8),
        section.uint8(10),
        Times.read(section, 13),
        section.uint8(21));
  }

  void write(OctetWriter section) {
    section.uint16(centre).uint16(subCentre).uint8(tablesVersion).uint8(NO_LOCAL_TABLES);
    section.uint8(START_OF_FORECAST);
    Times.write(section, referenceTime);
    section.uint8(OPERATIONAL).uint8(typeOfData);
  }
}
