/** Short versions of the most telling faults of `npm run faults`; each throws where something is lost. */
import { expect, it } from 'vitest'
import { cutStreams } from '../../faults/cut-streams.ts'
import { fullDisk } from '../../faults/full-disk.ts'
import { ghostPushes } from '../../faults/ghost-pushes.ts'

const nothingLost = /lost 0 creations, 0 records behind/

it('nothing acknowledged is lost while pushes come twice, late, and without their answers', async () => {
  expect(await ghostPushes(200)).toMatch(nothingLost)
})

it('nothing acknowledged is lost while every connection is cut again and again', async () => {
  expect(await cutStreams(3)).toMatch(nothingLost)
})

it.skipIf(process.getuid?.() !== 0)(
  'nothing acknowledged is lost by a full disk, and devices are told of it',
  async () => {
    expect(await fullDisk(1)).toMatch(nothingLost)
  },
)
