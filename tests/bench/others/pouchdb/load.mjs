// The same work as ../load.ts over CouchDB's protocol: each device edits a document of its own, some
// edits at a time, and goes on when the server has confirmed them. A document cannot be written twice
// in one request, so edits at a time are documents at a time: the same number of confirmed writes.
// argv: port, devices, milliseconds, edits at a time. Prints JSON { acknowledged: number[] }.
const [port, devices, duration, batch, read] = process.argv.slice(2)
const base = `http://127.0.0.1:${port}/bench`
const parts = Number(batch)

const call = async (method, path, body) => {
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return response.json()
}

if (read) {
  const { rows } = await call('GET', '/_all_docs?include_docs=true')
  const found = new Array(Number(devices)).fill(0)
  for (const { doc } of rows) if (doc.device !== undefined) found[doc.device] += doc.edit
  console.log(JSON.stringify({ found }))
  process.exit(0)
}

await call('PUT', '')
const acknowledged = new Array(Number(devices)).fill(0)
const started = performance.now()
const end = started + Number(duration)
await Promise.all(
  acknowledged.map(async (_, device) => {
    const revisions = new Array(parts).fill(undefined)
    for (let edit = 1; performance.now() < end; edit++) {
      const docs = revisions.map((_rev, part) => ({
        _id: `${device}-${part}`,
        ...(_rev && { _rev }),
        device,
        edit,
        kind: 'person',
        name: `Правка ${edit}`,
      }))
      const answers = await call('POST', '/_bulk_docs', { docs })
      for (const [part, { ok, rev }] of answers.entries()) {
        if (!ok) throw new Error(JSON.stringify(answers[part]))
        revisions[part] = rev
        acknowledged[device]++
      }
    }
  }),
)
console.log(JSON.stringify({ acknowledged, seconds: (performance.now() - started) / 1000 }))
process.exit(0)
