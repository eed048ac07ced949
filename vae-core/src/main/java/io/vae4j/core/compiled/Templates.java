package io.vae4j.core.compiled;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Code with places for operands, {@code $0} for the first. */
final class Templates {

    private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.\"])[A-Za-z_]\\w*(?!\\w|\\()");

    private Templates() {}

    /** Puts operands in their places. */
    static String filled(String template, List<String> operands) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(operands.get(Integer.parseInt(place.group(1)))));
    }

    /** The places that a template has, in their order. */
    static List<Integer> places(String template) {
        return PLACE.matcher(template)
                .results()
                .map(place -> Integer.parseInt(place.group(1)))
                .distinct()
                .sorted()
                .toList();
    }

    /** Makes places of names: the first name becomes {@code $0}. */
    static String of(String code, List<String> names) {
        return NAME.matcher(code).replaceAll(found -> place(found, code, names));
    }

    private static String place(MatchResult found, String code, List<String> names) {
        int index = names.indexOf(found.group());
        boolean keyword = code.startsWith("=", found.end()) && !code.startsWith("==", found.end());
        return index < 0 || keyword ? found.group() : "\\$" + index;
    }
}
