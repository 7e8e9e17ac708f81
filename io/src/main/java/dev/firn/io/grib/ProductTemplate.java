package dev.firn.io.grib;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;

/**
 * The product definition templates 4.x Firn knows. All begin with the parameter (octets 10–11).
 * Then come octets about a constituent of the air, if any; what octets 12–34 of template 4.0 hold;
 * octets about the ensemble or its probabilities, if any; and those about a statistical process, if
 * any.
 */
enum ProductTemplate {
  POINT_IN_TIME(0, Constituents.NONE, Ensemble.NONE, false),
  MEMBER(1, Constituents.NONE, Ensemble.MEMBER, false),
  DERIVED(2, Constituents.NONE, Ensemble.DERIVED, false),
  RECTANGULAR_CLUSTER(3, Constituents.NONE, Ensemble.RECTANGULAR_CLUSTER, false),
  CIRCULAR_CLUSTER(4, Constituents.NONE, Ensemble.CIRCULAR_CLUSTER, false),
  PROBABILITY(5, Constituents.NONE, Ensemble.PROBABILITY, false),
  PERCENTILE(6, Constituents.NONE, Ensemble.PERCENTILE, false),
  ANALYSIS_ERROR(7, Constituents.NONE, Ensemble.NONE, false),
  INTERVAL(8, Constituents.NONE, Ensemble.NONE, true),
  PROBABILITY_INTERVAL(9, Constituents.NONE, Ensemble.PROBABILITY, true),
  PERCENTILE_INTERVAL(10, Constituents.NONE, Ensemble.PERCENTILE, true),
  MEMBER_INTERVAL(11, Constituents.NONE, Ensemble.MEMBER, true),
  DERIVED_INTERVAL(12, Constituents.NONE, Ensemble.DERIVED, true),
  RECTANGULAR_CLUSTER_INTERVAL(13, Constituents.NONE, Ensemble.RECTANGULAR_CLUSTER, true),
  CIRCULAR_CLUSTER_INTERVAL(14, Constituents.NONE, Ensemble.CIRCULAR_CLUSTER, true),
  AREA(15, Constituents.NONE, Ensemble.AREA, false),
  CHEMICAL(40, Constituents.CHEMICAL, Ensemble.NONE, false),
  CHEMICAL_MEMBER(41, Constituents.CHEMICAL, Ensemble.MEMBER, false),
  CHEMICAL_INTERVAL(42, Constituents.CHEMICAL, Ensemble.NONE, true),
  CHEMICAL_MEMBER_INTERVAL(43, Constituents.CHEMICAL, Ensemble.MEMBER, true),
  AEROSOL(44, Constituents.AEROSOL, Ensemble.NONE, false),
  AEROSOL_MEMBER(45, Constituents.AEROSOL, Ensemble.MEMBER, false),
  AEROSOL_INTERVAL(46, Constituents.AEROSOL, Ensemble.NONE, true),
  AEROSOL_MEMBER_INTERVAL(47, Constituents.AEROSOL, Ensemble.MEMBER, true),
  OPTICAL_AEROSOL(48, Constituents.OPTICAL_AEROSOL, Ensemble.NONE, false),
  OPTICAL_AEROSOL_MEMBER(49, Constituents.OPTICAL_AEROSOL, Ensemble.MEMBER, false),
  REFORECAST(60, Constituents.NONE, Ensemble.REFORECAST, false),
  REFORECAST_INTERVAL(61, Constituents.NONE, Ensemble.REFORECAST, true);

  private static final int FIRST_OCTET = 12;
  private static final int OCTETS_IN_COMMON = 23;
  private static final int SHORT_AEROSOL_SECTION = 45;

  /** What a template says of a constituent, in octets before those all templates share. */
  enum Constituents {
    NONE(0),
    CHEMICAL(2),
    AEROSOL(13),
    OPTICAL_AEROSOL(24);

    private final int octets;

    Constituents(int octets) {
      this.octets = octets;
    }
  }

  /** What a template says of the ensemble, or of an area, in octets after them. */
  enum Ensemble {
    NONE(0),
    MEMBER(3),
    DERIVED(2),
    RECTANGULAR_CLUSTER(34),
    CIRCULAR_CLUSTER(30),
    PROBABILITY(13),
    PERCENTILE(1),
    AREA(3),
    REFORECAST(10);

    private final int octets;

    Ensemble(int octets) {
      this.octets = octets;
    }

    /** Whether octets about one member come first. */
    boolean hasMember() {
      return this == MEMBER || this == REFORECAST;
    }

    /** Whether octets about a product of several members come first. */
    boolean isDerived() {
      return this == DERIVED || this == RECTANGULAR_CLUSTER || this == CIRCULAR_CLUSTER;
    }
  }

  private final int number;
  private final Constituents constituents;
  private final Ensemble ensemble;
  private final boolean statistical;

  ProductTemplate(int number, Constituents constituents, Ensemble ensemble, boolean statistical) {
    this.number = number;
    this.constituents = constituents;
    this.ensemble = ensemble;
    this.statistical = statistical;
  }

  static int number(OctetReader section) {
    return section.uint16(8);
  }

  static ProductTemplate read(OctetReader section) {
    int number = number(section);
    for (ProductTemplate template : values()) {
      if (template.number == number) {
        return template;
      }
    }
    throw new UnsupportedFeatureException("product template 4." + number, section.origin(8));
  }

  static ProductTemplate of(Ensemble ensemble, boolean statistical) {
    for (ProductTemplate template : values()) {
      if (template.constituents == Constituents.NONE
          && template.ensemble == ensemble
          && template.statistical == statistical) {
        return template;
      }
    }
    throw new IllegalArgumentException("No product template for " + ensemble);
  }

  int number() {
    return number;
  }

  Constituents constituents() {
    return constituents;
  }

  Ensemble ensemble() {
    return ensemble;
  }

  /** Whether values were gathered over an interval. */
  boolean isStatistical() {
    return statistical;
  }

  /** The octet that is 12 in template 4.0: the type of generating process. */
  int processOctet() {
    return FIRST_OCTET + constituents.octets;
  }

  /**
   * Whether the forecast time has two octets, as the standard once printed template 4.44. Messages
   * with four, as in all others, are longer.
   */
  boolean hasShortForecastTime(OctetReader section) {
    return this == AEROSOL && section.length() - 4 * section.uint16(6) == SHORT_AEROSOL_SECTION;
  }

  /** The first octet of the second part of a template: about the ensemble, where it is. */
  int ensembleOctet() {
    return processOctet() + OCTETS_IN_COMMON;
  }

  /** The first octet about the statistical process: the end of the overall interval. */
  int statisticsOctet() {
    return ensembleOctet() + ensemble.octets;
  }
}
