package io.vae4j.experiments.report;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a written page holds. */
final class PageElements {

    private PageElements() {}

    // An XML parser is stricter than any browser: what it accepts is well-formed for both.
    static Document parsed(Path page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
    }

    static List<Element> elements(Document page, String name) {
        return elements(page.getDocumentElement(), name);
    }

    static List<Element> elements(Element within, String name) {
        NodeList nodes = within.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /** The lines on the plane, by where they go; those in the legend have another clip. */
    static List<String> curves(Element chart) {
        return onThePlane(chart)
                .filter(path -> path.getAttribute("fill").equals("none"))
                .map(path -> path.getAttribute("d"))
                .filter(d -> d.contains("L"))
                .toList();
    }

    static Stream<Element> onThePlane(Element chart) {
        return elements(chart, "path").stream()
                .filter(path -> path.getAttribute("clip-path").endsWith("-clipPath2)"));
    }

    static List<String> text(Document page, String name) {
        return text(page.getDocumentElement(), name);
    }

    static List<String> text(Element within, String name) {
        return elements(within, name).stream().map(Element::getTextContent).toList();
    }
}
