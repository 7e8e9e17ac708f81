package dev.firn.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.fields.Deaccumulation;
import dev.firn.io.field.UnitConversion;
import dev.firn.io.zarr.NodePath;
import dev.firn.update.TinyModel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DatasetParserTest {

  private static String message(Consumer<ObjectNode> change) {
    ObjectNode definition = TinyModel.definition().deepCopy();
    change.accept(definition);
    return assertThrows(
            ConfigurationException.class, () -> DatasetParser.parse("tiny.yaml", definition))
        .getMessage();
  }

  private static ObjectNode at(ObjectNode node, String... keys) {
    ObjectNode found = node;
    for (String key : keys) {
      found = (ObjectNode) found.get(key);
    }
    return found;
  }

  @Test
  void definitionIsRead() {
    DatasetSpec spec = DatasetParser.parse("tiny.yaml", TinyModel.definition());

    assertThat(spec.id(), equalTo("tiny"));
    assertThat(spec.leadTimes().values().size(), equalTo(4));
    assertThat(spec.columns().values()[1], equalTo(-135.0));
    assertThat(spec.chunkSizes().appendShardLength(), equalTo(1));
    VariableSpec temperature = spec.variable(new NodePath("temperature")).orElseThrow();
    assertThat(temperature.steps().conversion(), equalTo(UnitConversion.KELVIN_TO_CELSIUS));
    assertThat(temperature.sourceHasLeadZero(), equalTo(true));
    VariableSpec rain = spec.variable(new NodePath("rain")).orElseThrow();
    assertThat(
        rain.steps().deaccumulation(),
        equalTo(
            Optional.of(
                new Deaccumulation(
                    Deaccumulation.Kind.ACCUMULATED, Optional.of(Duration.ofHours(6)), -0.00007))));
    assertThat(rain.isInSourceAt(Duration.ZERO), equalTo(false));
  }

  @Test
  void missingKeyIsNamedWithItsPlace() {
    assertThat(
        message(tiny -> at(tiny, "variables", "wind", "source").remove("element")),
        equalTo("Invalid dataset tiny.yaml, variables.wind, source: 'element' is missing"));
  }

  @Test
  void unknownKeyIsNamedWithItsPlace() {
    assertThat(
        message(tiny -> at(tiny, "variables", "wind").put("keep_mantisa_bits", 7)),
        equalTo("Invalid dataset tiny.yaml, variables.wind: unknown key 'keep_mantisa_bits'"));
  }

  @Test
  void wrongKindOfValueSaysWhatWasExpected() {
    assertThat(
        message(tiny -> at(tiny, "append").put("every", "six hours")),
        equalTo(
            "Invalid dataset tiny.yaml, append: 'every' is \"six hours\", expected a duration like 30m, 6h or 1d"));
    assertThat(
        message(tiny -> at(tiny, "append").put("start", "yesterday")),
        containsString("expected a time like 2021-05-01T00:00:00Z"));
    assertThat(
        message(tiny -> at(tiny, "dimensions", "latitude").put("count", "many")),
        containsString("a whole number"));
    assertThat(
        message(
            tiny -> ((ArrayNode) at(tiny, "variables", "wind", "source").get("parameter")).add(1)),
        containsString("expected discipline, category and number"));
    assertThat(
        message(
            tiny -> at(tiny, "variables", "rain", "source", "window").put("statistic", "median")),
        containsString("expected one of [average, accumulation, maximum, minimum]"));
  }

  @Test
  void shardThatIsNoMultipleOfItsChunkIsRefused() {
    assertThat(
        message(tiny -> at(tiny, "chunks").put("latitude", 3)),
        equalTo(
            "Invalid dataset tiny.json: Invalid chunks [1, 2, 3, 3] for shards [1, 4, 4, 6]: a shard is a whole multiple of a chunk"));
  }

  @Test
  void idThatIsNoNameIsRefused() {
    assertThat(
        message(tiny -> tiny.put("id", "Tiny Model")),
        containsString("lower-case letters, digits"));
  }
}
