package dev.firn.io.grib;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged inventories end in entries or in a refusal that names the inventory. */
class IndexFuzzTest {
  private static final Origin ORIGIN = Origin.of("damaged.idx");
  private static final int MUTATIONS = 5_000;
  private static final String PIECES = "\n\r:\"{}[],._-+0919eE \\u\u0000\u00ff";

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        1:0:d=2026072300:HGT:10 mb:3 hour fcst:ens mean
        2.1:877002:d=2026072300:UGRD:10 mb:3 hour fcst:ens mean
        2.2:877002:d=202607230015:VGRD:10 mb:0-6 hour acc fcst:
        """,
        """
        {"type": "pf", "date": "20260101", "time": "0600", "step": "0-24", "levtype": "pl", \
        "levelist": "500", "number": "7", "param": "t", "_offset": 12345, "_length": 678}
        {"type": "fc", "step": "6", "levtype": "sfc", "param": "2t", "_offset": 0, "_length": 1}
        """
      })
  void damagedInventoriesEndInEntriesOrAreNamed(String text) {
    byte[] inventory = text.getBytes(UTF_8);
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int n = 0; n < MUTATIONS; n++) {
      String damaged = damaged(inventory.clone(), random);
      try {
        read(damaged, text.startsWith("{"));
      } catch (CorruptInputException e) {
        assertThat(damaged, e.origin(), is(ORIGIN));
        refused++;
      }
    }

    assertThat(refused, is(greaterThan(MUTATIONS / 4)));
  }

  private static String damaged(byte[] inventory, SplittableRandom random) {
    byte[] pieces = PIECES.getBytes(UTF_8);
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int at = random.nextInt(inventory.length);
      switch (random.nextInt(3)) {
        case 0 -> inventory[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> inventory[at] = pieces[random.nextInt(pieces.length)];
        default -> {
          int from = random.nextInt(inventory.length);
          int length = random.nextInt(inventory.length - Math.max(from, at)) % 24;
          System.arraycopy(inventory, from, inventory, at, length);
        }
      }
    }
    return new String(inventory, UTF_8);
  }

  private static void read(String text, boolean isEcmwf) {
    if (isEcmwf) {
      for (EcmwfIndexEntry entry : EcmwfIndex.parse(text, ORIGIN)) {
        assertThat(text, entry.range().end(), is(greaterThan(entry.offset())));
      }
      return;
    }
    NoaaIndex index = NoaaIndex.parse(text, ORIGIN);
    index.entries().forEach(entry -> index.rangeOf(entry, OptionalLong.of(2_000_000)));
  }
}
