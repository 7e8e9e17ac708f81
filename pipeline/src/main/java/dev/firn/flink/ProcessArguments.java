package dev.firn.flink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * What Flink's start scripts give to java: memory worked out from the configuration, the main class
 * and its options.
 */
final class ProcessArguments {
  private final Path configuration;
  private final Map<String, String> settings;
  private final Configuration loaded;

  /**
   * Arguments for the configuration in a directory.
   *
   * @param settings which have precedence over it
   */
  ProcessArguments(Path configuration, Map<String, String> settings) {
    this.configuration = configuration;
    this.settings = settings;
    this.loaded =
        GlobalConfiguration.loadConfiguration(
            configuration.toString(), Configuration.fromMap(settings));
  }

  List<String> jobManager() {
    JobManagerProcessSpec memory =
        JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
            loaded, JobManagerOptions.JVM_HEAP_MEMORY);
    return arguments(
        ProcessMemoryUtils.generateJvmParametersStr(memory),
        StandaloneSessionClusterEntrypoint.class,
        JobManagerProcessUtils.generateDynamicConfigsStr(memory));
  }

  List<String> taskManager(String name) {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(loaded);
    List<String> arguments =
        arguments(
            ProcessMemoryUtils.generateJvmParametersStr(memory),
            TaskManagerRunner.class,
            TaskExecutorProcessUtils.generateDynamicConfigsStr(memory));
    arguments.addAll(List.of("-D", "taskmanager.resource-id=" + name));
    return arguments;
  }

  private List<String> arguments(String jvm, Class<?> main, String memory) {
    List<String> arguments = new ArrayList<>(words(jvm));
    arguments.add(main.getName());
    arguments.addAll(List.of("--configDir", configuration.toString()));
    arguments.addAll(words(memory));
    settings.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
    return arguments;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
