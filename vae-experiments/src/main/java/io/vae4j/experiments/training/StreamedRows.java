package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.Awaited;
import io.vae4j.experiments.data.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Examples that stay on the host, in memory or in a mapped file, and come to the device batch by batch. While the
 * device works on one batch, the two that follow in the same order are read on another thread.
 */
final class StreamedRows implements StoredRows {

    /** More at once, such as a whole test split, comes in portions and is not read ahead. */
    private static final long LARGEST = 64 << 20;

    /** Two, so that one slow read is not waited for. */
    private static final int AHEAD = 2;

    private static final ExecutorService READERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "batches-ahead");
        // what nobody asks for any more must not keep a process alive
        thread.setDaemon(true);
        return thread;
    });

    private final Values values;
    private final Shape event;
    private final long largest;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private long waitedNanos;

    /** Part of an order; two are the same if they are of the very same array. */
    @SuppressWarnings("ArrayRecordComponent") // by identity
    private record Request(long[] order, int from, int to) {

        Optional<Request> next() {
            int end = Math.min(order.length, to + to - from);
            return end > to ? Optional.of(new Request(order, to, end)) : Optional.empty();
        }
    }

    /** A batch that is being read. */
    private record Ahead(Request request, Future<ByteBuffer> bytes) {}

    /** @param event the shape in which the model takes an example */
    StreamedRows(Values values, Shape event) {
        this(values, event, LARGEST);
    }

    /** As the other one, with at most so many bytes read ahead for a batch. */
    StreamedRows(Values values, Shape event, long largest) {
        this.values = values;
        this.event = event;
        this.largest = largest;
    }

    @Override
    public int count() {
        return values.count();
    }

    @Override
    public DataType type() {
        return values.type();
    }

    @Override
    public NDArray rows(NDArray index, long[] order, int from, int to) {
        long start = System.nanoTime();
        Request request = new Request(order, from, to);
        boolean whole = bytes(request) > largest;
        NDArray rows = whole ? inPortions(index.getManager(), request) : inOnePiece(index.getManager(), request);
        waitedNanos += System.nanoTime() - start;
        if (!whole) {
            readAhead(request);
        }
        return rows;
    }

    private NDArray inOnePiece(NDManager owner, Request request) {
        ByteBuffer bytes = taken(request);
        // the engine reads Java's memory in place, and the memory is used again
        try (NDArray view = owner.create(bytes, shape(request), values.type())) {
            return view.duplicate();
        } finally {
            free.add(bytes.clear());
        }
    }

    private NDArray inPortions(NDManager owner, Request request) {
        int[] places = IntStream.range(request.from(), request.to())
                .map(i -> Math.toIntExact(request.order()[i]))
                .toArray();
        try (NDArray stored = values.select(places).stored(owner)) {
            return stored.reshape(shape(request));
        }
    }

    private Shape shape(Request request) {
        return new Shape(request.to() - request.from()).addAll(event);
    }

    private long bytes(Request request) {
        return (long) (request.to() - request.from()) * values.exampleBytes();
    }

    @Override
    public Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    private ByteBuffer taken(Request request) {
        if (ahead.isEmpty() || !ahead.peek().request().equals(request)) {
            while (!ahead.isEmpty()) {
                free.add(result(ahead.remove()).clear());
            }
            return read(request, buffer(request));
        }
        return result(ahead.remove());
    }

    /** What was read, or what went wrong, as if it had been read here. */
    private static ByteBuffer result(Ahead read) {
        try {
            return Awaited.result(read.bytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a batch was read");
        }
    }

    private void readAhead(Request current) {
        Request last = ahead.isEmpty() ? current : ahead.getLast().request();
        while (ahead.size() < AHEAD) {
            Optional<Request> next = last.next();
            if (next.isEmpty()) {
                return;
            }
            last = next.get();
            Request request = last;
            ByteBuffer into = buffer(request);
            ahead.add(new Ahead(request, READERS.submit(() -> read(request, into))));
        }
    }

    /** One that is free and large enough, or a new one. */
    private ByteBuffer buffer(Request request) {
        int bytes = (int) bytes(request);
        ByteBuffer found = free.poll();
        return found != null && found.capacity() >= bytes
                ? found
                : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private ByteBuffer read(Request request, ByteBuffer into) {
        for (int i = request.from(); i < request.to(); i++) {
            values.read(Math.toIntExact(request.order()[i]), into);
        }
        return into.flip();
    }
}
