/** gzip with the streams that browsers and Node have alike. */
const through = async (
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> => {
  // Not by a Blob's stream: in Chromium that costs a millisecond more, for each change of the feed.
  const writer = stream.writable.getWriter()
  const written = writer.write(bytes as Uint8Array<ArrayBuffer>) // never a shared buffer here
  const closed = writer.close()
  // Bytes that are not gzip fail both sides; the reading one below says so.
  written.catch(() => {})
  closed.catch(() => {})
  return new Uint8Array(await new Response(stream.readable).arrayBuffer())
}

export const gzip = (bytes: Uint8Array): Promise<Uint8Array> =>
  through(bytes, new CompressionStream('gzip'))

export const gunzip = (bytes: Uint8Array): Promise<Uint8Array> =>
  through(bytes, new DecompressionStream('gzip'))
