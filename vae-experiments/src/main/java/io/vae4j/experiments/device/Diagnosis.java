package io.vae4j.experiments.device;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All findings of one examination, in the order of the report. */
public record Diagnosis(List<Finding> findings) {

    /** What a finding means for a run: a warning that it may not go as the user expects, a problem that it fails. */
    public enum Status {
        OK,
        WARNING,
        PROBLEM
    }

    /**
     * One line of the report.
     *
     * @param name what was looked at
     * @param value what was found
     * @param remedy what to do about it, unless the status is {@link Status#OK}
     */
    public record Finding(Status status, String name, String value, Optional<String> remedy) {

        static Finding ok(String name, String value) {
            return new Finding(Status.OK, name, value, Optional.empty());
        }

        static Finding warningIf(boolean doubtful, String name, String value, String remedy) {
            return doubtful ? new Finding(Status.WARNING, name, value, Optional.of(remedy)) : ok(name, value);
        }

        static Finding problem(String name, String value, String remedy) {
            return new Finding(Status.PROBLEM, name, value, Optional.of(remedy));
        }
    }

    /** 1 if there is a problem, else 0; a warning is not a failure. */
    public int exitStatus() {
        return findings.stream().anyMatch(finding -> finding.status() == Status.PROBLEM) ? 1 : 0;
    }

    /** The report for a terminal: a mark, the names in one column, the values, and remedies below what they mend. */
    public String text() {
        int width = findings.stream()
                .mapToInt(finding -> finding.name().length())
                .max()
                .orElse(0);
        String form = "%-7s  %-" + width + "s  %s%n";
        StringBuilder lines = new StringBuilder();
        for (Finding finding : findings) {
            String status = finding.status().toString();
            String mark = finding.status() == Status.PROBLEM ? status : status.toLowerCase(Locale.ROOT);
            lines.append(String.format(form, mark, finding.name(), finding.value()));
            finding.remedy().ifPresent(remedy -> lines.append(String.format(form, "", "", "-> " + remedy)));
        }
        return lines.toString();
    }
}
