package io.vae4j.experiments.drawing;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.util.Base64;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.w3c.dom.Element;

/** Writes the images of a drawing into it as PNG, and lets their pixels stay squares. */
final class EmbeddedImages extends DefaultImageHandler {

    private static final String XLINK = "http://www.w3.org/1999/xlink";

    @Override
    protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
        String data = Base64.getEncoder().encodeToString(Png.of(image));
        element.setAttributeNS(XLINK, "xlink:href", "data:image/png;base64," + data);
        element.setAttribute("style", "image-rendering:pixelated");
    }

    @Override
    protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
        handleHREF((RenderedImage) buffered(image), element, context);
    }

    private static BufferedImage buffered(Image image) {
        if (image instanceof BufferedImage already) {
            return already;
        }
        BufferedImage copy =
                new BufferedImage(image.getWidth(null), image.getHeight(null), BufferedImage.TYPE_INT_ARGB);
        copy.createGraphics().drawImage(image, 0, 0, null);
        return copy;
    }
}
