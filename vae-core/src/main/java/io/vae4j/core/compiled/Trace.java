package io.vae4j.core.compiled;

import java.util.List;
import java.util.Map;

/**
 * A program as it was recorded.
 *
 * @param events what was done, to be compared with what is done the next time
 * @param statements what there is to do
 * @param outputs what is wanted in the end
 * @param varying which events are numbers that vary, and their places among these
 */
record Trace(List<Event> events, List<Statement> statements, List<Value> outputs, Map<Integer, Integer> varying) {

    /** Whether anything is changed before the last thing is computed. */
    boolean changesBeforeItsEnd() {
        boolean changed = false;
        for (Statement statement : statements) {
            if (changed && statement instanceof Application) {
                return true;
            }
            changed |= !(statement instanceof Application);
        }
        return false;
    }

    /** Whether a number at a place varies, or was another one. */
    boolean differs(int place, Event.Said said) {
        return place < events.size()
                && events.get(place).what() instanceof Event.Said known
                && known.resembles(said)
                && (varying.containsKey(place) || known.number() != said.number());
    }
}
