package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SourceSpecTest {
  @Test
  void placeholdersAreFilledWithStartAndLeadTime() {
    SourceSpec source =
        new SourceSpec(
            "s3://bucket/gfs.{init:yyyyMMdd}/{init:HH}/gfs.t{init:HH}z.f{lead:03d}", ".idx");

    String url = source.fileUrl(Instant.parse("2026-07-24T06:00:00Z"), Duration.ofHours(9));

    assertThat(url, equalTo("s3://bucket/gfs.20260724/06/gfs.t06z.f009"));
  }
}
