package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;
import dev.firn.io.bytes.OctetWriter;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken products are refused by name, or are other products. */
class HostileProductTest {
  private static final GribNames NAMES = GribNames.load();

  private static byte[] octets(int template) {
    OctetWriter content = new OctetWriter().uint16(0).uint16(template);
    for (int i = content.length(); i < 120; i++) {
      content.uint8(i % 7 == 0 ? 255 : i % 13);
    }
    return new OctetWriter().uint32(125).uint8(4).octets(content.toBytes()).toBytes();
  }

  private static boolean isRefused(byte[] octets) {
    GribProduct product =
        new GribProduct(
            0,
            new IdentificationSection(7, 0, 28, Instant.EPOCH),
            OctetReader.of(octets, ProductSections.ORIGIN));
    try {
      product.parameter();
      product.level();
      product.leadTime();
      product.timeRanges();
      product.member();
      product.derivedForecast();
      product.probability();
      product.percentile();
      product.constituent();
      product.spatialProcess();
      product.modelVersion();
      NAMES.parameter(product);
      return false;
    } catch (CorruptInputException | UnsupportedFeatureException e) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 40, 43, 44, 47, 49, 61})
  void truncatedSectionsAndExtremeOctetsAreRefusedByName(int template) {
    byte[] octets = octets(template);
    int refused = 0;
    for (int length = 5; length < 34; length++) {
      assertThat(isRefused(Arrays.copyOf(octets, length)), is(true));
    }
    for (int octet = 6; octet < octets.length; octet++) {
      for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFE, 0xFF}) {
        byte[] changed = octets.clone();
        Arrays.fill(changed, octet, Math.min(octet + 4, octets.length), (byte) value);
        refused += isRefused(changed) ? 1 : 0;
      }
    }

    assertThat(refused, greaterThan(0));
  }
}
