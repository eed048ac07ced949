package io.vae4j.models;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A model as {@link ModelContract} sees it: how it is made, and what it can do.
 *
 * @param make a fresh model of vectors of {@link Models#PIXELS} bits
 * @param layers how many stochastic layers it has
 */
record ConformingModel(String name, Supplier<LatentModel> make, Use use, Density density, int layers) {

    /** Whether a model can be built without a condition. */
    enum Use {
        WITH_OR_WITHOUT_A_CONDITION,
        GIVEN_A_CONDITION
    }

    /** Whether log q of the samples exists, which objectives that weigh samples need. */
    enum Density {
        KNOWN,
        POINT_MASS
    }

    /** A model of one stochastic layer that can do everything. */
    static ConformingModel model(String name, Supplier<LatentModel> make) {
        return new ConformingModel(name, make, Use.WITH_OR_WITHOUT_A_CONDITION, Density.KNOWN, 1);
    }

    ConformingModel withLayers(int count) {
        return new ConformingModel(name, make, use, density, count);
    }

    ConformingModel onlyGivenACondition() {
        return new ConformingModel(name, make, Use.GIVEN_A_CONDITION, density, layers);
    }

    ConformingModel withoutDensity() {
        return new ConformingModel(name, make, use, Density.POINT_MASS, layers);
    }

    /** The model as it may be built: without a condition, and with one of two elements. */
    Stream<Build> builds() {
        Build conditioned = new Build(this, 2);
        return use == Use.GIVEN_A_CONDITION ? Stream.of(conditioned) : Stream.of(new Build(this, 0), conditioned);
    }

    /**
     * A model built for conditions of some length.
     *
     * @param conditionWidth C, or 0 for none
     */
    record Build(ConformingModel entry, long conditionWidth) {

        LatentModel initialized(NDManager manager, DataType type) {
            LatentModel model = entry.make().get();
            Shape data = new Shape(1, Models.PIXELS);
            if (conditionWidth == 0) {
                model.initialize(manager, type, data);
            } else {
                model.initialize(manager, type, data, new Shape(1, conditionWidth));
            }
            return model;
        }

        /** The same model for conditions of another length. */
        Build wider() {
            return new Build(entry, conditionWidth + 1);
        }

        /** Another condition for each example. */
        Condition condition(NDManager manager, int rows, DataType type) {
            if (conditionWidth == 0) {
                return Condition.none();
            }
            int elements = Math.toIntExact(rows * conditionWidth);
            return Condition.given(manager.arange(0, elements, 1, type)
                    .reshape(rows, conditionWidth)
                    .sin());
        }

        /** One that weighs samples and one that does not, with one sample and with fifty. */
        Stream<Objective> objectives() {
            List<Objective> all = entry.density() == Density.KNOWN
                    ? List.of(new Elbo(), new Elbo(1, 50), new Iwae(1), new Iwae(50))
                    : List.of(new Elbo(), new Elbo(1, 50));
            return all.stream();
        }

        @Override
        public String toString() {
            return entry.name() + (conditionWidth == 0 ? "" : ", given a condition");
        }
    }
}
