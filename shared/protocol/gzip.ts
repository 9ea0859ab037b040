/** gzip with the streams that browsers and Node have alike. */
const through = async (
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> => {
  const body = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() // never a shared buffer here
  return new Uint8Array(await new Response(body.pipeThrough(stream)).arrayBuffer())
}

export const gzip = (bytes: Uint8Array): Promise<Uint8Array> =>
  through(bytes, new CompressionStream('gzip'))

export const gunzip = (bytes: Uint8Array): Promise<Uint8Array> =>
  through(bytes, new DecompressionStream('gzip'))
