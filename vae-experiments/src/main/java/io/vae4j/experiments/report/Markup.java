package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A piece of a page that is well-formed both as HTML and as XML, with all text escaped. */
sealed interface Markup {

    /** Appends the piece to a page. */
    void appendTo(StringBuilder page);

    static Element element(String name) {
        return new Element(name, List.of(), List.of());
    }

    /** An element that holds nothing but text. */
    static Element element(String name, String text) {
        return element(name).add(text);
    }

    /** An element around others. */
    static Element element(String name, List<? extends Markup> children) {
        return element(name).add(children);
    }

    /** Text of any origin. */
    record Text(String value) implements Markup {
        @Override
        public void appendTo(StringBuilder page) {
            value.codePoints().forEach(c -> appendEscaped(page, c));
        }

        private static void appendEscaped(StringBuilder page, int c) {
            switch (c) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.appendCodePoint(isLegal(c) ? c : 0xFFFD);
            }
        }

        // What XML 1.0 allows; control characters and lone surrogates are not among it.
        private static boolean isLegal(int c) {
            boolean plane = (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF);
            return plane || c == '\t' || c == '\n' || c == '\r';
        }
    }

    /** A drawing that is well-formed already. */
    record Drawing(String svg) implements Markup {
        @Override
        public void appendTo(StringBuilder page) {
            page.append(svg);
        }
    }

    /** One attribute; the name is ours, the value may be anybody's. */
    record Attribute(String name, String value) {}

    /** An element with its attributes and children. */
    record Element(String name, List<Attribute> attributes, List<Markup> children) implements Markup {

        // HTML reads <td/> as an open tag, so only these may close themselves.
        private static final Set<String> VOID = Set.of("br", "hr", "img", "path", "line", "circle");

        Element with(String attribute, String value) {
            return new Element(name, joined(attributes, List.of(new Attribute(attribute, value))), children);
        }

        Element with(String attribute, double value) {
            return with(attribute, Wording.coordinate(value));
        }

        Element add(Markup... more) {
            return add(List.of(more));
        }

        Element add(String text) {
            return add(new Text(text));
        }

        Element add(List<? extends Markup> more) {
            return new Element(name, attributes, joined(children, more));
        }

        @Override
        public void appendTo(StringBuilder page) {
            page.append('<').append(name);
            for (Attribute attribute : attributes) {
                page.append(' ').append(attribute.name()).append("=\"");
                new Text(attribute.value()).appendTo(page);
                page.append('"');
            }
            if (VOID.contains(name) && children.isEmpty()) {
                page.append("/>");
                return;
            }
            page.append('>');
            children.forEach(child -> child.appendTo(page));
            page.append("</").append(name).append('>');
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            appendTo(text);
            return text.toString();
        }

        private static <T> List<T> joined(List<? extends T> first, List<? extends T> second) {
            List<T> all = new ArrayList<>(first);
            all.addAll(second);
            return List.copyOf(all);
        }
    }
}
