package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads a path as it is written. Jackson's own reader takes a text with a colon for a URI, and a path may have one. */
final class PathText extends StdScalarDeserializer<Path> {

    private static final long serialVersionUID = 1L;

    PathText() {
        super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Path) context.handleUnexpectedToken(Path.class, parser);
        }
        try {
            return Path.of(parser.getText());
        } catch (InvalidPathException e) {
            throw context.weirdStringException(parser.getText(), Path.class, e.getReason());
        }
    }
}
