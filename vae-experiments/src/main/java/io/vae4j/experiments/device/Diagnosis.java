package io.vae4j.experiments.device;

import io.vae4j.experiments.device.Finding.Status;
import java.util.List;

/** All findings of one examination, in the order of the report. */
public record Diagnosis(List<Finding> findings) {

    /** Copies the list. */
    public Diagnosis {
        findings = List.copyOf(findings);
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
        StringBuilder lines = new StringBuilder();
        for (Finding finding : findings) {
            String name = finding.name() + " ".repeat(width - finding.name().length());
            lines.append("%-7s  %s  %s%n".formatted(mark(finding.status()), name, finding.value()));
            finding.remedy()
                    .ifPresent(remedy -> lines.append("%-7s  %s  -> %s%n".formatted("", " ".repeat(width), remedy)));
        }
        return lines.toString();
    }

    private static String mark(Status status) {
        return switch (status) {
            case OK -> "ok";
            case WARNING -> "warning";
            case PROBLEM -> "PROBLEM";
        };
    }
}
