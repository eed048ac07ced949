package io.vae4j.core.compiled;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the numbers of a program are written: those that stay the same are held as arrays, others are given each time.
 */
final class Numbers {

    /** The name of the list of numbers that stay the same. */
    static final String CONSTANTS = "constants";

    private final Device device;
    private final List<String> lines;
    private final List<Constant> constants = new ArrayList<>();

    /** @param lines of the program, to which is added what a number needs */
    Numbers(Device device, List<String> lines) {
        this.device = device;
        this.lines = lines;
    }

    /**
     * A number that stays the same, as an array of the right type: of a bare one torch makes such an array each time.
     */
    String constant(Value value) {
        Constant constant = new Constant(number(value).value(), value.type());
        int place = constants.indexOf(constant);
        if (place < 0) {
            place = constants.size();
            constants.add(constant);
            lines.add("c" + place + " = (self." + CONSTANTS + ")[" + place + "]  # " + constant);
        }
        return "c" + place;
    }

    /** A number in an array with no axes. */
    record Constant(double value, DataType type) {

        @Override
        public String toString() {
            return value + " " + type.toString().toLowerCase(Locale.ROOT);
        }
    }

    /** What the program must hold under {@link #CONSTANTS}, when its source is there. */
    List<Constant> constants() {
        return constants;
    }

    /** A number in an array of its value's shape. */
    String full(Value value) {
        Value.Literal number = number(value);
        int type = TorchTypes.code(value.type());
        String filling = literal(number.value());
        if (number.word() instanceof Value.Varying varying) {
            String place = "n[" + varying.place() + "]";
            if (value.shape().dimension() == 0 && number.onHost()) {
                return value.type() == DataType.FLOAT64 ? place : "torch.to(" + place + ", " + type + ")";
            }
            filling = "torch.item(" + place + ")";
        }
        // a number that is no literal may meet arrays of the device alone
        String where = device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
        return "torch.full(" + Arrays.toString(value.shape().getShape()) + ", " + filling + ", dtype=" + type
                + ", layout=0, device=torch.device(\"" + where + "\"))";
    }

    private static Value.Literal number(Value value) {
        return (Value.Literal) value.origin();
    }

    private static String literal(double number) {
        if (Double.isNaN(number)) {
            return "float(\"nan\")";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "float(\"inf\")" : "float(\"-inf\")";
        }
        return String.valueOf(number);
    }
}
