package io.vae4j.experiments.data;

/**
 * What an IDX file holds.
 *
 * @param shape as its header says
 * @param bytes behind the header, as many as the shape has; shared, not copied
 * @param sha256 of the whole file, unpacked
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record IdxContent(IdxShape shape, byte[] bytes, String sha256) {}
