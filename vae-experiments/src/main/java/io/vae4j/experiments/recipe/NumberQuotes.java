package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/**
 * Puts into quotes whatever text could be taken for a number, so that a folder called 2026 does not come back as one.
 * Jackson's own feature for this knows plain decimals; YAML reads 1e5, 1_000, 0x1F and .inf as numbers too.
 */
final class NumberQuotes extends StringQuotingChecker.Default {

    private static final long serialVersionUID = 1L;

    private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+]?\\.?(\\d.*|inf|nan)", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean needToQuoteValue(String value) {
        return super.needToQuoteValue(value) || LIKE_A_NUMBER.matcher(value).matches();
    }
}
