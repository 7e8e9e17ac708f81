package dev.firn.io.grib;

/**
 * One forecast of an ensemble.
 *
 * @param type how it was made (code table 4.6): 0 and 1 unperturbed, 2 and 3 perturbed
 * @param number its perturbation number
 * @param ensembleSize how many forecasts the ensemble has
 */
public record EnsembleMember(int type, int number, int ensembleSize) {}
