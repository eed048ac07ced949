package io.vae4j.experiments.recipe;

import java.util.Collection;
import java.util.Comparator;

/** The known name that a misspelt one stands for, by Damerau and Levenshtein's distance. */
final class Nearest {

    private Nearest() {}

    /** A question with a blank behind it; empty where no known name is near. */
    static String hint(String misspelt, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(misspelt, name))
                        .thenComparing(name -> !name.startsWith(misspelt)))
                .filter(name -> distance(misspelt, name) <= Math.max(1, misspelt.length() / 2))
                .map(name -> "did you mean '" + name + "'? ")
                .orElse("");
    }

    /** How many letters are inserted, dropped, replaced or swapped with their neighbor. */
    private static int distance(String a, String b) {
        int[][] least = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, least);
            }
        }
        return least[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] least) {
        int replaced = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, least[i - 2][j - 2] + 1) : best;
    }
}
