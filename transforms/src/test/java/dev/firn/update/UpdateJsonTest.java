package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.io.CorruptInputException;
import dev.firn.io.Origin;
import dev.firn.io.source.Transfers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Journals are read by later versions too. */
class UpdateJsonTest {
  private static <T> T read(String json, Class<T> type) {
    return UpdateJson.read(
        json.getBytes(StandardCharsets.UTF_8), type, Origin.of("job/ready.json"));
  }

  @Test
  void resultWithoutTimesAndTransfersTookNone() {
    RegionJobResult result =
        read(
            """
            {"key":"region-0-group-0","files":[],"shards":[],"fields":1,"bytesRead":2,"warnings":[]}""",
            RegionJobResult.class);

    assertThat(result.times(), equalTo(StageTimes.NONE));
    assertThat(result.transfers(), equalTo(Transfers.Counts.NONE));
    assertThat(UpdateSummary.of(List.of(result)).times(), equalTo(StageTimes.NONE));
  }

  @Test
  void summaryWithoutTimesTookNone() {
    UpdateSummary summary =
        read(
            """
            {"jobs":1,"filesByStatus":{},"fields":1,"bytesRead":2,"shards":0,"bytesWritten":0,
             "publishMillis":1,"missing":[],"warnings":[]}""",
            UpdateSummary.class);

    assertThat(summary.times(), equalTo(StageTimes.NONE));
  }

  @Test
  void whatElseIsMissingIsSaidToBeUnreadable() {
    var corrupt =
        assertThrows(
            CorruptInputException.class,
            () -> read("{\"key\":\"region-0-group-0\"}", RegionJobResult.class));

    assertThat(
        corrupt.getMessage(), containsString("Cannot read RegionJobResult in job/ready.json"));
  }
}
