package dev.firn.io.object.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessSettingsTest {
  private final Map<String, String> variables = new HashMap<>();
  @TempDir Path directory;

  private S3Settings of(String url) {
    return new ProcessSettings(name -> Optional.ofNullable(variables.get(name)))
        .of(S3Location.parse(url));
  }

  private void file(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("stores.ini"), text);
    variables.put("FIRN_S3_STORES", file.toString());
  }

  @Test
  void storeNobodyTellsOfIsAmazonsWithTheCredentialsOfTheProcess() {
    S3Settings settings = of("s3://bucket/a");

    assertThat(settings.endpoint(), equalTo(Optional.empty()));
    assertThat(settings.pathStyle(), is(false));
    assertThat(settings.credentials(), equalTo(new S3Credentials.Chain()));
    assertThat(settings.singleWriter(), is(false));
    assertThat(settings.deadlines(), equalTo(Deadlines.USUAL));
  }

  @Test
  void variablesTellOfAllStores() {
    variables.put("AWS_ENDPOINT_URL_S3", "http://minio:9000");
    variables.put("AWS_REGION", "eu-north-1");
    variables.put("FIRN_S3_ANONYMOUS", "noaa, other");
    variables.put("FIRN_S3_SINGLE_WRITER", "*");
    variables.put("FIRN_S3_ATTEMPT_SECONDS", "7");

    S3Settings settings = of("s3://noaa");

    assertThat(settings.endpoint(), equalTo(Optional.of(URI.create("http://minio:9000"))));
    assertThat(settings.region(), equalTo(Optional.of("eu-north-1")));
    assertThat(settings.pathStyle(), is(true));
    assertThat(settings.credentials(), equalTo(new S3Credentials.Anonymous()));
    assertThat(settings.singleWriter(), is(true));
    assertThat(settings.deadlines().attempt(), equalTo(Duration.ofSeconds(7)));
    assertThat(of("s3://mine").credentials(), equalTo(new S3Credentials.Chain()));
  }

  @Test
  void sectionOfTheLongestUrlTellsOfAStore() throws IOException {
    variables.put("AWS_ENDPOINT_URL_S3", "http://minio:9000");
    file(
        """
        # replicas
        [s3://replica]
        AWS_PROFILE = elsewhere
        AWS_REGION = eu-west-1

        [s3://replica/deep/one]
        AWS_ACCESS_KEY_ID = id
        AWS_SECRET_ACCESS_KEY = very=secret
        AWS_SESSION_TOKEN = of a session
        """);

    S3Settings deep = of("s3://replica/deep/one/archive.zarr");

    assertThat(
        deep.credentials(),
        equalTo(new S3Credentials.Key("id", "very=secret", Optional.of("of a session"))));
    assertThat(deep.endpoint(), equalTo(Optional.empty()));
    assertThat(
        of("s3://replica/deep/onemore").credentials(),
        equalTo(new S3Credentials.Profile("elsewhere")));
    assertThat(of("s3://replica").region(), equalTo(Optional.of("eu-west-1")));
    assertThat(of("s3://replicas").credentials(), equalTo(new S3Credentials.Chain()));
    assertThat(of("s3://replicas").endpoint().isPresent(), is(true));
  }

  @Test
  void variablesWithAPrefixTellOfAStore() {
    variables.put("FIRN_S3_STORE_VARIABLES", "s3://one/a=ONE_, s3://two=TWO_");
    variables.put("ONE_AWS_ACCESS_KEY_ID", "id");
    variables.put("ONE_AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("TWO_FIRN_S3_CREDENTIALS", "instance");
    variables.put("TWO_AWS_ENDPOINT_URL", "https://store.example");
    variables.put("TWO_FIRN_S3_PATH_STYLE", "false");

    assertThat(
        of("s3://one/a/b").credentials(),
        equalTo(new S3Credentials.Key("id", "secret", Optional.empty())));
    assertThat(of("s3://one").credentials(), equalTo(new S3Credentials.Chain()));
    assertThat(of("s3://two/x").credentials(), equalTo(new S3Credentials.Instance()));
    assertThat(of("s3://two/x").pathStyle(), is(false));
  }

  @Test
  void secretsAreInNoText() throws IOException {
    file("[s3://a]\nAWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=hush\nAWS_SESSION_TOKEN=quiet\n");

    String text = of("s3://a").toString();

    assertThat(text, containsString("Key[id=id]"));
    assertThat(text, not(containsString("hush")));
    assertThat(text, not(containsString("quiet")));
    assertThat(
        SectionFile.parse("[s3://a]\nAWS_SECRET_ACCESS_KEY=hush", "f").toString(),
        equalTo("[[s3://a] with [AWS_SECRET_ACCESS_KEY]]"));
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_SECRET_KEY = hush, Invalid line 2 of ",
    "AWS_SECRET_ACCESS_KEY hush, Invalid line 2 of ",
    "AWS_SECRET_ACCESS_KEY = hush, Invalid settings in [s3://a] of ",
    "FIRN_S3_CREDENTIALS = magic, Invalid FIRN_S3_CREDENTIALS in [s3://a] of ",
    "FIRN_S3_ATTEMPT_SECONDS = soon, Invalid FIRN_S3_ATTEMPT_SECONDS in [s3://a] of ",
  })
  void mistakesAreNamedWithoutValuesThatMayBeSecret(String line, String message)
      throws IOException {
    file("[s3://a]\n" + line + "\n");

    IllegalArgumentException invalid =
        assertThrows(IllegalArgumentException.class, () -> of("s3://a"));

    assertThat(invalid.getMessage(), startsWith(message));
    assertThat(invalid.getMessage(), not(containsString("hush")));
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    variables.put("FIRN_S3_STORES", directory + "/none.ini");

    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> of("s3://a"));

    assertThat(missing.getMessage(), startsWith("Cannot read FIRN_S3_STORES " + directory));
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ENDPOINT_URL_S3, aws.endpointUrlS3",
    "AWS_REGION, aws.region",
    "FIRN_S3_ANONYMOUS, firn.s3.anonymous",
    "FIRN_S3_SINGLE_WRITER, firn.s3.singleWriter",
    "ONE_AWS_REGION, ONE_AWS_REGION",
  })
  void variablesHaveProperties(String variable, String property) {
    assertThat(ProcessSettings.property(variable), equalTo(property));
  }
}
