package dev.firn.update;

/**
 * Names an update wherever its elements travel; whoever has it finds the journal, and so the plan.
 *
 * @param dataset the dataset's id
 * @param store the URL of the primary store
 * @param job the job name
 */
public record UpdateId(String dataset, String store, String job) {}
