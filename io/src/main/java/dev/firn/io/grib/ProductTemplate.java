package dev.firn.io.grib;

import dev.firn.io.UnsupportedFeatureException;
import dev.firn.io.bytes.OctetReader;

/**
 * The product definition templates 4.x. All begin with octets 10–34 of template 4.0; then come the
 * octets about the ensemble, if any, then those about a statistical process, if any.
 */
enum ProductTemplate {
  POINT_IN_TIME(0, Ensemble.NONE, false),
  MEMBER(1, Ensemble.MEMBER, false),
  DERIVED(2, Ensemble.DERIVED, false),
  INTERVAL(8, Ensemble.NONE, true),
  MEMBER_INTERVAL(11, Ensemble.MEMBER, true),
  DERIVED_INTERVAL(12, Ensemble.DERIVED, true);

  /** The first octet after those of template 4.0. */
  static final int ENSEMBLE_OCTET = 35;

  /** What a template says of the ensemble. */
  enum Ensemble {
    NONE(0),
    MEMBER(3),
    DERIVED(2);

    private final int octets;

    Ensemble(int octets) {
      this.octets = octets;
    }
  }

  private final int number;
  private final Ensemble ensemble;
  private final boolean statistical;

  ProductTemplate(int number, Ensemble ensemble, boolean statistical) {
    this.number = number;
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
      if (template.ensemble == ensemble && template.statistical == statistical) {
        return template;
      }
    }
    throw new IllegalArgumentException("No product template for " + ensemble);
  }

  int number() {
    return number;
  }

  Ensemble ensemble() {
    return ensemble;
  }

  /** Whether values were gathered over an interval. */
  boolean isStatistical() {
    return statistical;
  }

  /** The first octet about the statistical process: the end of the overall interval. */
  int statisticsOctet() {
    return ENSEMBLE_OCTET + ensemble.octets;
  }
}
