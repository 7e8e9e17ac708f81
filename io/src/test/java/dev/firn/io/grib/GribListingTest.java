package dev.firn.io.grib;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.firn.io.Origin;
import dev.firn.io.bytes.OctetWriter;
import dev.firn.io.field.FixedSurface;
import dev.firn.io.field.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GribListingTest {
  private static final Origin ORIGIN = Origin.of("made.grib2", 0);

  private static final GribNames NAMES = GribNames.load();

  private static List<GribListing> list(byte[] bytes) {
    List<GribListing> listings = new ArrayList<>();
    GribFile.of(bytes, ORIGIN)
        .messages()
        .forEach(
            message -> {
              for (int number = 0; number < message.fields().size(); number++) {
                listings.add(GribListing.of(listings.size(), message, number, NAMES));
              }
            });
    return listings;
  }

  @Test
  void fieldsAreCountedOverAllMessages() {
    byte[] two = GribWriter.message().nextField().leadTime(Duration.ofHours(1)).toBytes();
    byte[] one = GribWriter.message().leadTime(Duration.ofHours(2)).toBytes();

    List<GribListing> listing = list(new OctetWriter().octets(two).octets(one).toBytes());

    assertThat(listing.stream().map(GribListing::index).toList(), contains(0, 1, 2));
    assertThat(
        listing.stream().map(l -> l.properties().get("field")).toList(),
        is(List.<Object>of(0, 1, 0)));
    assertThat(
        listing.stream().map(l -> l.properties().get("leadTimeSeconds")).toList(),
        is(List.<Object>of(0L, 3600L, 7200L)));
    assertThat(
        listing.stream().map(l -> l.properties().get("offset")).toList(),
        is(List.<Object>of(0L, 0L, (long) two.length)));
  }

  @Test
  void propertiesHaveAllThatApplies() {
    byte[] bytes =
        GribWriter.message()
            .interval(new StatisticalInterval(1, Duration.ZERO, Duration.ofHours(6)))
            .derivedForecast(0, 30)
            .level(Level.at(FixedSurface.of(103, 2)))
            .toBytes();

    String properties = list(bytes).get(0).properties().toString();
    assertThat(
        properties.replaceAll(", gridMapping=.*\\]\\]\\}", "}"),
        is(
            "{index=0, offset=0, length=205, field=0, centre=255, discipline=0, category=0,"
                + " number=0, referenceTime=2000-01-01T00:00:00Z, gridTemplate=0,"
                + " productTemplate=12, dataTemplate=0, bitMap=false, dataDate=20000101, dataTime=0000,"
                + " dataType=fc, packingType=grid_simple, level={first={type=103, value=2.0}},"
                + " leadTimeSeconds=21600, interval={process=1, startSeconds=0, endSeconds=21600},"
                + " derivedForecast=0, typeOfLevel=heightAboveGround, levelValue=2,"
                + " stepRange=0-6, shortName=2t, name=2 metre temperature, unit=K, grid={rows=2, columns=2, points=4, firstLatitude=90.0,"
                + " lastLatitude=-90.0, firstLongitude=0.0, lastLongitude=180.0},"
                + " gridType=regular_ll,"
                + " packing={bits=0, reference=0.0, binaryScale=0, decimalScale=0}}"));
  }

  @Test
  void tableHasAlignedColumns() {
    byte[] bytes = GribWriter.message().leadTime(Duration.ofMinutes(90)).toBytes();

    assertThat(
        GribListing.table(list(bytes)).toList(),
        contains(
            "index  offset  centre  shortName  typeOfLevel  levelValue  dataDate  dataTime"
                + "  stepRange  dataType  gridType    packingType",
            "0      0       255     t          surface      0           20000101  0000"
                + "      90m        fc        regular_ll  grid_simple"));
  }

  @Test
  void templatesNotReadAreProblems() {
    byte[] bytes = GribWriter.message().toBytes();
    bytes[37 + 13] = 50;
    bytes[37 + 72 + 8] = (byte) 200;

    Map<String, Object> properties = list(bytes).get(0).properties();

    assertThat(
        properties.get("problems"),
        is(
            List.of(
                "Unsupported product template 4.200 in made.grib2 at byte 116 (message at byte 0, section 4, octet 8)",
                "Unsupported grid template 3.50, of spectral coefficients"
                    + " in made.grib2 at byte 49 (message at byte 0, section 3, octet 13)")));
    assertThat(properties.containsKey("grid"), is(false));
    assertThat(properties.get("gridTemplate"), is(50));
  }
}
