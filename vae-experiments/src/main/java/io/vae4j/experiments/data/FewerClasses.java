package io.vae4j.experiments.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set with some names of classes only, by which its labels are numbered anew.
 *
 * @param whole no example of which has a class of another name
 * @param names that remain, in their order
 */
record FewerClasses(Dataset whole, List<String> names, Examples train, Optional<Examples> validation, Examples test)
        implements Dataset {

    static FewerClasses of(Dataset whole, List<String> names) {
        return new FewerClasses(
                whole,
                names,
                renumbered(whole.train(), names),
                whole.validation().map(examples -> renumbered(examples, names)),
                renumbered(whole.test(), names));
    }

    private static Examples renumbered(Examples examples, List<String> names) {
        List<String> before = examples.labels().classNames();
        return new Examples(
                examples.values(),
                new Labels.Classes(
                        names,
                        examples.labels()
                                .numbers()
                                .map(number -> names.indexOf(before.get(number)))
                                .toArray()));
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public Provenance provenance() {
        return whole.provenance();
    }

    @Override
    public Map<String, SplitOrigin> origins() {
        return whole.origins();
    }

    @Override
    public Optional<TableForm> table() {
        return whole.table();
    }

    @Override
    public Dataset select(Selection chosen) {
        return of(whole.select(chosen), names);
    }
}
