package io.vae4j.experiments.report;

import java.nio.file.*;
import java.util.List;

final class Preview {
    public static void main(String[] a) throws Exception {
        Path root = Path.of(a[0]);
        RunFixture ten = RunFixture.complete(root.resolve("slides-20260105-101530-s0"), 10);
        Report.write(ten.folder());
        for (int n : new int[] {1, 2, 1000})
            Report.write(RunFixture.complete(root.resolve("e" + n), n).folder());
        RunFixture gaps = RunFixture.complete(root.resolve("gaps"), 4);
        gaps.with(
                "metrics.jsonl",
                "{\"epoch\":5,\"split\":\"train\",\"loss\":null}\n{\"epoch\":5,\"split\":\"test\",\"loss\":null}\n{\"epoch\":6,\"split\":\"train\",\"loss\":99.5,\"kl\":20}\n{\"epoch\":7,\"split\":\"train\",\"loss\":null}\n{\"epoch\":8,\"split\":\"tr");
        Report.write(gaps.folder());
        RunFixture vae = RunFixture.bare(root.resolve("vae-full-covariance-20260105-s0"))
                .with("manifest.json", "{\"recipe\":\"vae\",\"isLikelihood\":true,\"dimensions\":784}");
        for (int i = 1; i <= 10; i++)
            vae.with(
                    "metrics.jsonl",
                    "{\"epoch\":" + i + ",\"split\":\"test\",\"loss\":" + (95 + 20.0 / i) + ",\"reconstruction\":"
                            + (70 + 18.0 / i) + ",\"kl\":" + (25 + 2.0 / i) + "}\n");
        Report.compare(
                List.of(ten.folder(), root.resolve("e2"), gaps.folder(), vae.folder()), root.resolve("compare.html"));
        Report.write(vae.folder());
    }
}
