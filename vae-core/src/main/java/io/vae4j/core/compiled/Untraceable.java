package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArrayAdapter;
import java.util.stream.Stream;

/** Something was done that cannot be a part of a program, such as reading a number on the host. */
final class Untraceable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason as a clause, such as "a number is read on the host" */
    Untraceable(String reason) {
        super(reason + where());
    }

    /** An operation of DJL's that no symbolic array has. */
    static Untraceable operation(UnsupportedOperationException fault) {
        String name = Stream.of(fault.getStackTrace())
                .filter(frame -> frame.getClassName().equals(NDArrayAdapter.class.getName()))
                .map(StackTraceElement::getMethodName)
                .filter(method -> !method.equals("getAlternativeArray"))
                .findFirst()
                .orElse("operation");
        String part = Stream.of(fault.getStackTrace())
                .filter(frame -> isPart(frame.getClassName()))
                .map(frame -> ", in " + frame.getClassName() + "." + frame.getMethodName())
                .findFirst()
                .orElse("");
        return new Untraceable("DJL's " + name + " is not known to programs" + part, fault);
    }

    private Untraceable(String told, UnsupportedOperationException cause) {
        super(told, cause);
    }

    /** The part in which it was done: the first code on the stack that is neither this package's nor DJL's. */
    private static String where() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> isPart(frame.getClassName()))
                        .map(frame -> ", in " + frame.getClassName() + "." + frame.getMethodName())
                        .findFirst())
                .orElse("");
    }

    private static boolean isPart(String name) {
        return Stream.of(Untraceable.class.getPackageName() + ".", "ai.djl.", "java.", "jdk.", "io.vae4j.core.Ops")
                .noneMatch(name::startsWith);
    }
}
