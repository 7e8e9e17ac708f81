package dev.firn.io.object.s3;

import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** The configuration that a request is given: until when an attempt has to be through. */
interface Deadline extends Consumer<AwsRequestOverrideConfiguration.Builder> {}
