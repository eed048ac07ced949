package io.vae4j.experiments.training;

import static net.bytebuddy.matcher.ElementMatchers.named;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Counts what DJL copies between Java's memory and torch's, which on a GPU is a copy to the device or a wait for it.
 */
public final class HostTraffic {

    private static final ThreadLocal<List<String>> SEEN = ThreadLocal.withInitial(ArrayList::new);
    private static boolean installed;

    private HostTraffic() {}

    /** What a computation copies in this thread: the methods of this project that asked for it. */
    static List<String> of(Runnable computation) {
        install();
        SEEN.get().clear();
        computation.run();
        return List.copyOf(SEEN.get());
    }

    private static synchronized void install() {
        if (!installed) {
            installed = true;
            new AgentBuilder.Default()
                    .disableClassFormatChanges()
                    .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                    .type(named(JniUtils.class.getName()))
                    .transform((builder, type, loader, module, domain) -> builder.visit(Advice.to(Copied.class)
                            .on(named("createNdFromByteBuffer").or(named("getByteBuffer")))))
                    .installOn(ByteBuddyAgent.install());
        }
    }

    /** Is called by the methods that copy. */
    public static void note() {
        SEEN.get()
                .add(StackWalker.getInstance()
                        .walk(frames -> frames.filter(
                                        frame -> frame.getClassName().startsWith("io.vae4j")
                                                && !frame.getClassName().equals(HostTraffic.class.getName()))
                                .findFirst()
                                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                                .orElse("unknown")));
    }

    /** What is woven into them. */
    static final class Copied {

        private Copied() {}

        @Advice.OnMethodEnter
        static void enter() {
            note();
        }
    }
}
