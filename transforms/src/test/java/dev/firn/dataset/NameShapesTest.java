package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameShapesTest {
  private static final Instant TIME = Instant.parse("2024-02-29T18:30:00Z");

  private static FileNaming naming(String yaml) {
    try {
      return SourceParser.source(
              Definition.of("source", new ObjectMapper(new YAMLFactory()).readTree(yaml)))
          .naming();
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static List<NamedSteps> read(FileNaming naming, Map<String, String> words, String url) {
    List<NamedSteps> readings = new ArrayList<>();
    NameShapes.of(naming, words).forEach(shape -> shape.read(url, readings));
    return readings;
  }

  private static Set<String> shapes(String yaml, Map<String, String> words) {
    return Set.copyOf(
        NameShapes.of(naming(yaml), words).stream().map(NameShape::toString).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "{init:yyyyMMddHHmm}",
    "{init:yyyy-MM-dd'T'HH}/{init:mm}",
    "{init:yyyy/DDD}/{init:minute_of_day}",
    "{init:yy'y'M'm'd'd'HHmmss} {init:yyyy}",
    "WY{init+P3M:yyyy}/{init:yyyyMMddHHmm}",
    "{init:yyyyMMddHHmm}-E{init+PT29M59S:HHmmss}",
    "{valid:yyyyMMddHHmm}",
    "{init:u}/{init:MMdd}",
    "{init:yyyyMMdd}{init:HHmm}{lead:02d}{member:d}",
    "{init:yyyyMMMdd}/{init:yyyy}",
  })
  void whatANameIsMadeOfIsAmongItsReadings(String template) {
    FileNaming naming = naming("files: \"s3://b/%s.f{lead:03d}\"".formatted(template));
    SourceStep step = new SourceStep(TIME, Duration.ofHours(102), 7);

    String url = naming.urls(step, Map.of(), TIME).get(0);

    assertThat(
        url,
        read(naming, Map.of(), url).stream().anyMatch(named -> named.has(step)),
        equalTo(true));
  }

  @Test
  void otherTimesAreNot() {
    FileNaming naming = naming("files: \"s3://b/{init:yyyyMMdd}/{init:HH}.f{lead:03d}\"");

    NamedSteps named = read(naming, Map.of(), "s3://b/20240229/18.f006").get(0);

    assertThat(named.has(new SourceStep(TIME, Duration.ofHours(6), 0)), equalTo(true));
    assertThat(named.has(new SourceStep(TIME, Duration.ofHours(7), 0)), equalTo(false));
    assertThat(
        named.has(new SourceStep(TIME.plusSeconds(3600), Duration.ofHours(6), 0)), equalTo(false));
  }

  @Test
  void numbersThatContradictEachOtherAreNoName() {
    FileNaming naming = naming("files: \"s3://b/{init:yyyyMMdd}/{init:yyyyMMddHH}\"");

    assertThat(read(naming, Map.of(), "s3://b/20240229/2024022918"), hasSize(1));
    assertThat(read(naming, Map.of(), "s3://b/20240229/2024022818"), empty());
    assertThat(read(naming, Map.of(), "s3://b/20230229/2023022918"), empty());
    assertThat(read(naming, Map.of(), "s3://b/20241329/2024132918"), empty());
  }

  @Test
  void nameThatCanBeReadInTwoWaysIs() {
    FileNaming star = naming("files: \"s3://b/*_{init:yyyyMMdd}_*.nc\"");
    FileNaming digits = naming("files: \"s3://b/{init:yyyy}/{lead:d}{member:d}\"");

    assertThat(read(star, Map.of(), "s3://b/x_20240101_20240202_y.nc"), hasSize(2));
    assertThat(read(star, Map.of(), "s3://b/x_20240101_a/y.nc"), empty());
    assertThat(read(digits, Map.of(), "s3://b/2024/123"), hasSize(2));
  }

  @Test
  void rulesThatCannotHoldMakeNoNames() {
    String yaml =
        """
        files: "{host}/{kind:upper}{set}-{init:yyyy}"
        names:
          set:
            - {where: {kind: ice}, from: "2025-01-01T00:00:00Z", is: [new, newer]}
            - {where: {kind: ice}, is: old}
            - {is: "{kind}{lead:03d}"}
          host:
            - {where: {set: new}, is: "s3://new"}
            - {newer_than: 1d, is: ["s3://a", "s3://b"]}
            - {is: "s3://c"}
        """;

    assertThat(
        shapes(yaml, Map.of("kind", "ice")),
        containsInAnyOrder(
            "s3://new/ICEnew-#",
            "s3://a/ICEnewer-#",
            "s3://b/ICEnewer-#",
            "s3://c/ICEnewer-#",
            "s3://a/ICEold-#",
            "s3://b/ICEold-#",
            "s3://c/ICEold-#"));
    // what a name with a number in it will be is not asked here
    assertThat(
        shapes(yaml, Map.of("kind", "air")),
        containsInAnyOrder(
            "s3://new/AIRair#-#", "s3://a/AIRair#-#", "s3://b/AIRair#-#", "s3://c/AIRair#-#"));
  }

  @Test
  void ruleOfAnEraReadsNamesOfThatEraOnly() {
    String yaml =
        """
        files: "s3://b/{set}{init:yyyyMMdd}"
        names:
          set: [{until: "2025-01-01T00:00:00Z", is: old}, {from: "2025-01-01T00:00:00Z", is: new}]
        """;

    assertThat(read(naming(yaml), Map.of(), "s3://b/old20241231"), hasSize(1));
    assertThat(read(naming(yaml), Map.of(), "s3://b/old20250101"), empty());
    assertThat(read(naming(yaml), Map.of(), "s3://b/new20241231"), empty());
  }

  @Test
  void nameWithoutAYearTellsNoTimes() {
    FileNaming naming = naming("files: \"s3://b/{init:HH}.f{lead:03d}\"");

    assertThat(
        NameShapes.of(naming, Map.of()).stream().map(NameShape::tellsTimes).toList(),
        contains(false));
  }
}
