package io.vae4j.core.export;

import java.util.List;

/** What the networks of a model are given in PyTorch: families and single layers are given x alone. */
public enum PyTorchInputs {
    /** x, [B, ...X]. */
    EXAMPLES {
        @Override
        public String with(String value) {
            return value;
        }

        @Override
        List<String> joined(String shaped) {
            return List.of();
        }
    },
    /** x, and the condition c, [B, C]. */
    EXAMPLES_AND_CONDITION {
        @Override
        public String with(String value) {
            return value + ", c";
        }

        @Override
        List<String> joined(String shaped) {
            return List.of("x = torch.cat([x, " + shaped + "], 1)");
        }
    };

    /** A value with what comes after it, in a call or among parameters: {@code "x"} or {@code "x, c"}. */
    public abstract String with(String value);

    /** The lines, if any, that put the condition behind the elements of x, [B, D]. */
    public List<String> joinedToVector() {
        return joined("c");
    }

    /** The lines, if any, that put the condition behind the channels of x, [B, C, H, W]. */
    public List<String> joinedToMaps() {
        return joined("c.unsqueeze(2).unsqueeze(3).expand(-1, -1, x.size(2), x.size(3))");
    }

    abstract List<String> joined(String shaped);
}
