package dev.firn.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The steps of an archive: the places along all dimensions but the grid's, each of which holds one
 * field of a variable. At a position of the append dimension they are numbered in C order of the
 * dimensions between, lead times and ensemble members.
 */
public final class ArchiveSteps {
  private static final String MEMBERS = "ensemble_member";

  private final DatasetSpec spec;
  private final List<Duration> leads;
  private final int members;
  private final boolean membersFirst;

  ArchiveSteps(DatasetSpec spec) {
    this.spec = spec;
    this.leads =
        spec.optionalLeadTimes()
            .map(DimensionSpec.LeadTimes::values)
            .orElse(List.of(Duration.ZERO));
    this.members = spec.dimension(MEMBERS).map(DimensionSpec::length).orElse(1);
    List<DimensionSpec> inner = spec.innerDimensions();
    this.membersFirst = !inner.isEmpty() && inner.get(0).name().equals(MEMBERS);
  }

  /** How many steps there are at each position. */
  public int perPosition() {
    return leads.size() * members;
  }

  /** How many lead times there are: 1 in archives along valid time. */
  public int leads() {
    return leads.size();
  }

  /** How many ensemble members there are: 1 where there is no ensemble. */
  public int members() {
    return members;
  }

  /** Whether values follow each other along lead times, and not along the append dimension. */
  public boolean runAlongLeads() {
    return spec.optionalLeadTimes().isPresent();
  }

  /** The lead times, zero alone in archives along valid time. */
  public List<Duration> leadTimes() {
    return leads;
  }

  /** The number at its position of the step with a lead time and a member, given by index. */
  public int index(int lead, int member) {
    return membersFirst ? member * leads.size() + lead : lead * members + member;
  }

  /** How far apart the numbers of successive lead times are. */
  public int leadStride() {
    return membersFirst ? 1 : members;
  }

  private int lead(int index) {
    return membersFirst ? index % leads.size() : index / members;
  }

  private int member(int index) {
    return membersFirst ? index / leads.size() : index % members;
  }

  /**
   * The field of the sources that belongs at a step; empty when they have none there.
   *
   * @param position of the append dimension
   * @param index number of the step at that position
   */
  public Optional<SourceStep> source(VariableSpec variable, long position, int index) {
    Instant time = spec.append().at(position);
    if (!variable.isAvailableAt(time)) {
      return Optional.empty();
    }
    if (!spec.source().forecasts().isEmpty()) {
      return spec.source().forecastFor(variable, time, member(index));
    }
    Duration lead = leads.get(lead(index));
    return runAlongLeads() && !variable.isInSourceAt(lead)
        ? Optional.empty()
        : Optional.of(new SourceStep(time, lead, member(index)));
  }

  /** The position of the append dimension that a field of the sources belongs at. */
  public long position(SourceStep step) {
    return spec.append().floor(runAlongLeads() ? step.init() : step.validTime());
  }

  /** The number at its position of the step that a field of the sources belongs at. */
  public int index(SourceStep step) {
    return index(runAlongLeads() ? leads.indexOf(step.lead()) : 0, step.member());
  }

  /** Whether the sources of a time's era have values for other times only. */
  public boolean isGap(VariableSpec variable, long position) {
    return spec.source().isGap(variable, spec.append().at(position));
  }

  /** The positions of the append dimension at which steps belong that a file's name tells of. */
  public LongStream positions(NamedSteps named) {
    Duration longest = longestLead();
    if (named.isBeyond(longest)) {
      return LongStream.empty();
    }
    TimeSpan times = runAlongLeads() ? named.inits(longest) : named.validTimes(longest);
    return LongStream.range(
        spec.append().lengthBefore(times.from()), spec.append().lengthBefore(times.until()));
  }

  private Duration longestLead() {
    return runAlongLeads()
        ? leads.get(leads.size() - 1)
        : spec.source().forecasts().stream()
            .map(SourceSpec.ForecastChoice::every)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
  }

  /** The numbers, at any position, of the steps that a file's name tells of, and maybe more. */
  public IntStream indices(NamedSteps named) {
    return IntStream.range(0, leads.size())
        .filter(lead -> !runAlongLeads() || named.hasLead(leads.get(lead)))
        .flatMap(
            lead ->
                IntStream.range(0, members)
                    .filter(named::hasMember)
                    .map(member -> index(lead, member)));
  }
}
