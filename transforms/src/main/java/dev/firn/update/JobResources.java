package dev.firn.update;

/**
 * What the region jobs of one process use together, whichever update they belong to.
 *
 * @param sources reads source files
 * @param budget how much heap their buffers may take together
 * @param progress is told what they do
 */
public record JobResources(Sources sources, MemoryBudget budget, WorkProgress progress) {}
