package dev.firn.io;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final Origin MESSAGE = Origin.of("gfs.grib2", 1000);

  @Test
  void byteAndOctetGoOnTogether() {
    Origin octet7 = MESSAGE.section(6, 164).plus(6);

    assertThat(octet7.offset(), is(OptionalLong.of(1170)));
    assertThat(octet7.place(), is(Optional.of(new MessagePlace(OptionalLong.of(1000), 6, 7))));
    assertThat(
        octet7.toString(), is("gfs.grib2 at byte 1170 (message at byte 1000, section 6, octet 7)"));
  }

  @Test
  void octetIsKnownWhereTheByteIsNot() {
    Origin octet2 = Origin.of("memory").section(1, 16).plus(1);

    assertThat(octet2.offset(), is(OptionalLong.empty()));
    assertThat(octet2.toString(), is("memory (section 1, octet 2)"));
  }

  @Test
  void whatIsInNoSectionHasNoPlace() {
    assertThat(MESSAGE.plus(5).place(), is(Optional.empty()));
    assertThat(MESSAGE.plus(5).toString(), is("gfs.grib2 at byte 1005"));
  }

  @Test
  void errorsKeepTheirOrigin() {
    FormatException corrupt = new CorruptInputException("read message", MESSAGE, "it is empty");
    FormatException unsupported = new UnsupportedFeatureException("GRIB edition 1", MESSAGE);

    assertThat(corrupt.origin(), is(MESSAGE));
    assertThat(unsupported.origin(), is(MESSAGE));
  }
}
