package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArrayAdapter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Something was done that cannot be a part of a program, such as reading a number on the host. */
final class Untraceable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason as a clause, such as "a number is read on the host"; the part that did it is named behind it */
    Untraceable(String reason) {
        this(reason + where(), Optional.empty());
    }

    private Untraceable(String told, Optional<Throwable> cause) {
        super(told, cause.orElse(null));
    }

    /** What no single part has done. */
    static Untraceable asWhole(String reason) {
        return new Untraceable(reason, Optional.empty());
    }

    /** What failed on symbolic arrays, by the cause that says most. */
    static Untraceable of(RuntimeException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof Untraceable known) {
                return known;
            }
            if (cause instanceof UnsupportedOperationException unknown && isOfArrays(unknown)) {
                return operation(unknown);
            }
        }
        return new Untraceable(told(fault) + at(fault), Optional.of(fault));
    }

    /** One line: of torch's many, the one that says what is wrong. */
    static String told(RuntimeException fault) {
        List<String> lines = fault.toString().strip().lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("RuntimeError: "))
                .findFirst()
                .orElse(lines.get(0));
    }

    private static boolean isOfArrays(Throwable fault) {
        return fault.getStackTrace().length > 0
                && fault.getStackTrace()[0].getClassName().equals(NDArrayAdapter.class.getName());
    }

    /** An operation of DJL's that no symbolic array has. */
    private static Untraceable operation(UnsupportedOperationException fault) {
        String name = Stream.of(fault.getStackTrace())
                .filter(frame -> frame.getClassName().equals(NDArrayAdapter.class.getName()))
                .map(StackTraceElement::getMethodName)
                .filter(method -> !method.equals("getAlternativeArray"))
                .findFirst()
                .orElse("operation");
        return new Untraceable("DJL's " + name + " is not known to programs" + at(fault), Optional.of(fault));
    }

    private static String at(Throwable fault) {
        return Stream.of(fault.getStackTrace())
                .filter(frame -> isPart(frame.getClassName()))
                .map(frame -> ", in " + frame.getClassName() + "." + frame.getMethodName())
                .findFirst()
                .orElse("");
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
