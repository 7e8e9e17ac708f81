package dev.firn.io.icechunk;

import static dev.firn.io.icechunk.TestRepositories.ARRAY;
import static dev.firn.io.icechunk.TestRepositories.SETTINGS;
import static dev.firn.io.icechunk.TestRepositories.array;
import static dev.firn.io.icechunk.TestRepositories.chunk;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.io.CorruptInputException;
import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.icechunk.format.Checksum;
import dev.firn.io.icechunk.format.ChunkIndex;
import dev.firn.io.icechunk.format.ChunkRef.VirtualChunk;
import dev.firn.io.icechunk.format.IcechunkException;
import dev.firn.io.object.DelegatingStore;
import dev.firn.io.object.MemoryObjectStore;
import dev.firn.io.object.ObjectPath;
import dev.firn.io.object.ObjectStat;
import dev.firn.io.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualChunksTest {
  private static final String CONTAINERS =
      "{\"s3://bucket/a/\":{\"name\":\"data\",\"url_prefix\":\"s3://bucket/a\",\"store\":{\"s3\":{}}}}";

  private final ObjectStore outside = new MemoryObjectStore();
  private final ObjectStore inside = new MemoryObjectStore();
  private ObjectStat file;

  @BeforeEach
  void repositoryAndFile() throws IOException {
    file = outside.put(new ObjectPath("x y/f.nc"), "0123456789".getBytes(StandardCharsets.UTF_8));
    RepositoryConfig config =
        RepositoryConfig.DEFAULT.with(
            "virtual_chunk_containers", new ObjectMapper().readTree(CONTAINERS));
    Repository repository = Repository.create(inside, config, SETTINGS);
    Session session = repository.writable("main");
    session.setMetadata(ARRAY, array(4));
    session.commit(CommitRequest.of("array"));
  }

  private Session open(VirtualStores stores) throws IOException {
    return Repository.open(inside, SETTINGS.withVirtualStores(stores))
        .orElseThrow()
        .writable("main");
  }

  private Session authorised() throws IOException {
    return open(VirtualStores.of(Map.of("s3://bucket/a/", outside)));
  }

  private static VirtualChunk at(String location, Optional<Checksum> checksum) {
    return new VirtualChunk(location, 2, 3, checksum);
  }

  @Test
  void authorisedChunksAreReadByAbsoluteAndRelativeLocation() throws IOException {
    Session session = authorised();
    Checksum tag = new Checksum.ETagChecksum("\"" + file.etag() + "\"");
    Checksum modified = new Checksum.LastModified(file.lastModified().getEpochSecond());

    session.setRef(ARRAY, ChunkIndex.of(0), at("s3://bucket/a/x%20y/f.nc", Optional.of(tag)));
    session.setRef(ARRAY, ChunkIndex.of(1), at("vcc://data/x y/f.nc", Optional.of(modified)));
    session.commit(CommitRequest.of("virtual"));

    assertThat(chunk(session, 0) + chunk(session, 1), equalTo("234234"));
  }

  @Test
  void locationsOutsideOfAllContainersAreRefused() throws IOException {
    Session session = authorised();

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                session.setRef(
                    ARRAY, ChunkIndex.of(0), at("s3://bucket/ab/f.nc", Optional.empty())));

    assertThat(
        refused.getMessage(), containsString("No virtual chunk container of the repository's"));
  }

  @Test
  void placesThatWereNotAuthorisedAreNotRead() throws IOException {
    Session session = open(VirtualStores.NONE);
    session.setRef(ARRAY, ChunkIndex.of(0), at("s3://bucket/a/x y/f.nc", Optional.empty()));

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> chunk(session, 0));

    assertThat(refused.getMessage(), containsString("s3://bucket/a/ was not authorised"));
  }

  @Test
  void replacedObjectsAreNotRead() throws IOException {
    Session session = authorised();
    session.setRef(
        ARRAY,
        ChunkIndex.of(0),
        at("vcc://data/x y/f.nc", Optional.of(new Checksum.ETagChecksum("old"))));
    session.setRef(
        ARRAY,
        ChunkIndex.of(1),
        at("vcc://data/x y/f.nc", Optional.of(new Checksum.LastModified(1))));

    CorruptInputException byTag =
        assertThrows(CorruptInputException.class, () -> chunk(session, 0));
    CorruptInputException byTime =
        assertThrows(CorruptInputException.class, () -> chunk(session, 1));

    assertThat(byTag.getMessage(), containsString("expected ETagChecksum[value=old]"));
    assertThat(byTime.getMessage(), containsString("expected LastModified[epochSeconds=1]"));
  }

  @Test
  void objectThatIsReplacedWhileItIsReadIsNotRead() throws IOException {
    ObjectStore changing =
        new DelegatingStore(outside) {
          @Override
          public Optional<ObjectStat> stat(ObjectPath path) throws IOException {
            Optional<ObjectStat> found = super.stat(path);
            super.put(path, List.of(ByteBuffer.wrap(new byte[10])));
            return found;
          }
        };
    Session session = open(VirtualStores.of(Map.of("s3://bucket/a/", changing)));
    Checksum tag = new Checksum.ETagChecksum(file.etag().value());
    session.setRef(ARRAY, ChunkIndex.of(0), at("vcc://data/x y/f.nc", Optional.of(tag)));

    CorruptInputException refused =
        assertThrows(CorruptInputException.class, () -> chunk(session, 0));

    assertThat(refused.getMessage(), containsString("replaced while it is read, expected ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vcc://data/../b/f.nc", "s3://bucket/a/%2e%2e/f.nc", "vcc://data/x//f.nc"})
  void locationsThatLeaveTheContainerAreNotRead(String location) throws IOException {
    Session session = authorised();
    session.setRef(ARRAY, ChunkIndex.of(0), at(location, Optional.empty()));

    UnsupportedFeatureException refused =
        assertThrows(UnsupportedFeatureException.class, () -> chunk(session, 0));

    assertThat(refused.getMessage(), containsString("segment, in " + location + " at byte 2"));
  }

  @Test
  void shortAndMissingObjectsAreNamed() throws IOException {
    Session session = authorised();
    session.setRef(ARRAY, ChunkIndex.of(0), at("vcc://data/none", Optional.empty()));
    session.setRef(
        ARRAY, ChunkIndex.of(1), new VirtualChunk("vcc://data/x y/f.nc", 8, 9, Optional.empty()));

    IcechunkException missing = assertThrows(IcechunkException.class, () -> chunk(session, 0));
    IcechunkException small = assertThrows(IcechunkException.class, () -> chunk(session, 1));

    assertThat(missing.getMessage(), containsString("vcc://data/none at byte 2"));
    assertThat(small.getMessage(), containsString("it has 2 bytes there, expected 9"));
  }
}
