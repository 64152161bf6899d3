/** The largest body that nginx holds in memory whole before it passes it on; larger ones are streamed. Bytes. */
export const bufferedBody = 1024 * 1024;

/** A little more than the largest buffered body: at exactly its size, nginx writes a chunked one to disk. */
export const bodyBuffer = bufferedBody + 8 * 1024;
