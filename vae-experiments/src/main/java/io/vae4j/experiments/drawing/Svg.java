package io.vae4j.experiments.drawing;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.apache.batik.svggen.SimpleImageHandler;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A painting as SVG: an element of a page, which takes its colors from there, or a document of its own. */
public final class Svg {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final List<String> COLORED = List.of("fill", "stroke");

    private final SVGGraphics2D canvas;
    private final Element root;

    private Svg(Dimension size, String name, Consumer<Graphics2D> painting) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
        context.setPrecision(1);
        context.setComment(null);
        context.setIDGenerator(named(name));
        context.setGenericImageHandler(new SimpleImageHandler(new EmbeddedImages()));
        canvas = new SVGGraphics2D(context, false);
        painting.accept(canvas);
        root = canvas.getRoot();
        root.removeAttribute("width");
        root.removeAttribute("height");
        root.setAttribute("viewBox", "0 0 " + size.width + " " + size.height);
        // The only name that Batik does not ask the context for, and a page has several drawings.
        ((Element) root.getElementsByTagName("defs").item(0)).setAttribute("id", name + "-generic");
    }

    /**
     * An element of a page whose style sheet has a variable for each {@link Ink}.
     *
     * @param name unique on the page, for the drawing's own references
     */
    public static String element(Panel panel, String name) {
        Svg svg = new Svg(panel.size(), name, panel::paint);
        svg.root.setAttribute("class", "chart");
        svg.describe(panel.title(), panel.description(), name);
        svg.recolor(ink -> "var(" + ink.property() + ")");
        String text = svg.serialized();
        // Within a page it is no document of its own: neither a declaration nor name spaces.
        return text.substring(text.indexOf("<svg")).replaceFirst(" xmlns=\"[^\"]*\" xmlns:xlink=\"[^\"]*\"", "");
    }

    /**
     * A document of its own, which any viewer shows; where the reader prefers dark colors, browsers show those.
     *
     * @param painting paints from (0, 0) to the size
     */
    static String document(Dimension size, String title, String description, Consumer<Graphics2D> painting) {
        Svg svg = new Svg(size, "drawing", painting);
        svg.root.setAttribute("width", Integer.toString(size.width));
        svg.root.setAttribute("height", Integer.toString(size.height));
        svg.describe(title, description, "drawing");
        svg.recolor(Ink::light);
        Element style = svg.root.getOwnerDocument().createElementNS(NAMESPACE, "style");
        style.setTextContent(Arrays.stream(Ink.values())
                .map(ink -> COLORED.stream()
                        .map(what -> "[" + what + "=\"" + ink.light() + "\"]{" + what + ":" + ink.dark() + "}")
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("", "@media (prefers-color-scheme: dark){", "}")));
        svg.root.appendChild(style);
        return svg.serialized();
    }

    private void describe(String title, String description, String name) {
        root.setAttribute("role", "img");
        root.setAttribute("aria-labelledby", name + "-title " + name + "-desc");
        root.insertBefore(child("desc", name, description), root.getFirstChild());
        root.insertBefore(child("title", name, title), root.getFirstChild());
    }

    private Element child(String kind, String name, String text) {
        Element child = root.getOwnerDocument().createElementNS(NAMESPACE, kind);
        child.setAttribute("id", name + "-" + kind);
        child.setTextContent(text);
        return child;
    }

    private void recolor(Function<Ink, String> how) {
        Map<String, String> colors = Arrays.stream(Ink.values()).collect(Collectors.toMap(Ink::written, how));
        NodeList all = root.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            for (String attribute : COLORED) {
                Optional.ofNullable(colors.get(element.getAttribute(attribute)))
                        .ifPresent(color -> element.setAttribute(attribute, color));
            }
        }
    }

    private static SVGIDGenerator named(String name) {
        return new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return super.generateID(name + "-" + prefix);
            }
        };
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Java comes with a parser of XML", e);
        }
    }

    private String serialized() {
        StringWriter text = new StringWriter();
        try {
            canvas.stream(root, text, false, false);
        } catch (SVGGraphics2DIOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
