package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.firn.io.Origin;
import dev.firn.io.object.LocalObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents that zarr-python wrote for published archives. */
class TemplateMetadataTest {

  private static List<Path> below(Path root, String name) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.getFileName().toString().equals(name)).sorted().toList();
    }
  }

  @Test
  void everyDocumentIsPrintedWithTheBytesItWasReadFrom() throws IOException {
    List<Path> documents = below(ZarrFixtures.samples("zarr-v3/dynamical-templates"), "zarr.json");

    for (Path document : documents) {
      byte[] stored = Files.readAllBytes(document);
      NodeMetadata metadata = NodeMetadata.parse(stored, Origin.of(document.toString()));
      assertThat(
          new String(metadata.toBytes(), StandardCharsets.UTF_8),
          equalTo(new String(stored, StandardCharsets.UTF_8)));
    }
    assertThat(documents.size(), greaterThan(160));
  }

  @Test
  void consolidatedMetadataAreThoseOfTheMembers() throws IOException {
    for (Path root : below(ZarrFixtures.samples("zarr-v3/dynamical-templates"), "latest.zarr")) {
      try (ObjectStore store = new LocalObjectStore(root)) {
        ZarrGroup group = ZarrGroup.open(store, ObjectPath.ROOT).orElseThrow();

        for (Map.Entry<NodePath, NodeMetadata> member : group.members().entrySet()) {
          ZarrArray array = ZarrArray.open(store, ObjectPath.ROOT, member.getKey());
          assertThat(array.metadata(), equalTo(member.getValue()));
        }
      }
    }
  }
}
