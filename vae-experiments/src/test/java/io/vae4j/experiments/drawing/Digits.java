package io.vae4j.experiments.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;

/** Handwriting of a sort: digits from a few strokes, slanted and blurred, with no font and no data set. */
public final class Digits {

    public static final int SIZE = 28;

    // Strokes by digit in a unit square, x and y in turn, strokes parted by a slash.
    private static final String[] STROKES = {
        ".5 0 .15 .2 .1 .6 .3 1 .6 1 .9 .7 .85 .25 .5 0",
        ".35 .15 .55 0 .5 1",
        ".15 .25 .4 0 .8 .1 .8 .4 .1 1 .9 .95",
        ".15 .1 .6 0 .8 .2 .45 .45 .85 .65 .7 .95 .1 .95",
        ".3 0 .15 .55 .9 .5/.75 .1 .65 1",
        ".85 0 .3 .05 .2 .45 .7 .45 .85 .75 .5 1 .1 .9",
        ".7 0 .25 .4 .15 .8 .45 1 .8 .8 .6 .5 .2 .65",
        ".1 .1 .9 .05 .55 .5 .4 1",
        ".5 .5 .2 .25 .5 0 .8 .2 .5 .5 .15 .8 .5 1 .85 .8 .5 .5",
        ".8 .3 .5 .5 .2 .25 .5 0 .8 .25 .75 .7 .6 1"
    };

    private final Random random;

    public Digits(long seed) {
        this.random = new Random(seed);
    }

    /**
     * n images of 28 x 28, 0 to 1.
     *
     * @param blur how much the strokes run, in pixels
     * @param confusion how likely a digit is another one
     */
    public float[] images(int n, double blur, double confusion) {
        float[] pixels = new float[n * SIZE * SIZE];
        for (int i = 0; i < n; i++) {
            int digit = random.nextInt(10);
            double slant = random.nextGaussian() * 0.15;
            double scale = 0.9 + 0.15 * random.nextDouble();
            int other = random.nextInt(10);
            BufferedImage image = drawn(random.nextDouble() < confusion ? other : digit, slant, scale);
            float[] tile = blurred(image, blur);
            System.arraycopy(tile, 0, pixels, i * tile.length, tile.length);
        }
        return pixels;
    }

    private static BufferedImage drawn(int digit, double slant, double scale) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.setStroke(new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        AffineTransform place = AffineTransform.getTranslateInstance(14, 14);
        place.concatenate(new AffineTransform(14 * scale, 0, -slant * 18, 18 * scale, 0, 0));
        place.translate(-0.5, -0.5);
        for (String stroke : STROKES[digit].split("/", -1)) {
            String[] numbers = stroke.split(" ", -1);
            Path2D path = new Path2D.Double();
            path.moveTo(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
            for (int k = 2; k < numbers.length; k += 2) {
                path.lineTo(Double.parseDouble(numbers[k]), Double.parseDouble(numbers[k + 1]));
            }
            pen.draw(place.createTransformedShape(path));
        }
        pen.dispose();
        return image;
    }

    // Rows first, then columns: a bell curve in two dimensions is a product.
    private static float[] blurred(BufferedImage image, double blur) {
        int reach = (int) Math.ceil(2 * blur);
        double[] kernel = new double[2 * reach + 1];
        for (int d = -reach; d <= reach; d++) {
            kernel[d + reach] = Math.exp(-d * d / (2 * blur * blur + 1e-9));
        }
        double weight = Arrays.stream(kernel).sum() * Arrays.stream(kernel).sum() * 255;
        double[] gray = image.getRaster().getSamples(0, 0, SIZE, SIZE, 0, (double[]) null);
        double[] both = smeared(smeared(gray, kernel, SIZE), kernel, 1);
        float[] tile = new float[gray.length];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = (float) (both[i] / weight);
        }
        return tile;
    }

    // The drawing keeps clear of the border, so running over it from row to row adds nothing.
    private static double[] smeared(double[] gray, double[] kernel, int stride) {
        double[] sums = new double[gray.length];
        for (int i = 0; i < sums.length; i++) {
            for (int k = 0; k < kernel.length; k++) {
                int from = i + (k - kernel.length / 2) * stride;
                sums[i] += from < 0 || from >= gray.length ? 0 : kernel[k] * gray[from];
            }
        }
        return sums;
    }
}
