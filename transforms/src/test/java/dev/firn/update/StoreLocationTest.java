package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.DatasetParser;
import dev.firn.dataset.DatasetSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
  private final DatasetSpec spec = DatasetParser.parse("tiny.json", TinyModel.definition());

  @ParameterizedTest
  @CsvSource({
    "s3://bucket, s3://bucket/tiny, v1.zarr",
    "s3://bucket/, s3://bucket/tiny, v1.zarr",
    "s3://bucket/a/b, s3://bucket/a/b/tiny, v1.zarr",
    "s3://bucket/x.zarr, s3://bucket, x.zarr",
    "file:///data/x.zarr/, file:///data, x.zarr"
  })
  void urlIsABaseOrTheStoreItself(String url, String parentUrl, String name) {
    StoreLocation location = StoreLocation.of(url, spec);

    String ofThisVersion = name.replace("v1", "v" + spec.version());
    assertThat(location, equalTo(new StoreLocation(parentUrl, ofThisVersion)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3:///a", "s3://a.zarr", "s3://bucket//a.zarr"})
  void s3UrlWithoutABucketOrAStoreNameIsRefused(String url) {
    var refused = assertThrows(ConfigurationException.class, () -> StoreLocation.of(url, spec));

    assertThat(
        refused.getMessage(),
        equalTo("Cannot write " + url + ": expected s3://BUCKET/PREFIX or s3://BUCKET/PATH.zarr"));
  }
}
