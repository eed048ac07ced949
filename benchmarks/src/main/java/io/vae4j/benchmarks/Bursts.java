package io.vae4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Our side of {@code benchmarks/compare}, which lets its contenders work in turn for a second each. Each line that is
 * read asks for a burst: {@code 1.5} for steps of a second and a half, {@code cores} for {@link Cores#roundTripNanos}.
 * Each answer is a line of JSON; times in it are milliseconds of single steps.
 *
 * <p>How to run: {@code Bursts w1-vae} on the class path of the benchmarks.
 */
public final class Bursts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Bursts() {}

    /** @param arguments a workload's title */
    public static void main(String[] arguments) throws IOException {
        String title = arguments[0];
        if (title.equals(B02Likelihood.TITLE)) {
            B02Likelihood likelihood = new B02Likelihood();
            answer(likelihood::nll);
            likelihood.close();
            return;
        }
        Workload workload = Arrays.stream(Workload.values())
                .filter(each -> each.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload is called " + title));
        try (Workbench bench = new Workbench(workload.recipe())) {
            answer(bench::step);
        }
    }

    private static void answer(Runnable step) throws IOException {
        step.run(); // compiles, which is no part of warming up
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            ObjectNode found = line.equals("cores")
                    ? JSON.createObjectNode().put("round_trip_ns", Cores.roundTripNanos())
                    : burst(step, Double.parseDouble(line));
            System.out.println(JSON.writeValueAsString(found));
        }
    }

    private static ObjectNode burst(Runnable step, double seconds) {
        long end = System.nanoTime() + Math.round(seconds * 1e9);
        DoubleStream.Builder times = DoubleStream.builder();
        long before = System.nanoTime();
        do {
            step.run();
            long now = System.nanoTime();
            times.add((now - before) / 1e6);
            before = now;
        } while (before < end);
        double[] all = times.build().toArray();
        Percentile percentile = new Percentile();
        percentile.setData(all);
        return JSON.createObjectNode()
                .put("steps", all.length)
                .put("median_ms", percentile.evaluate(50))
                .put("p90_ms", percentile.evaluate(90));
    }
}
