import { describe, expect, test } from 'vitest'
import { timelineEntries } from '../../../client/screens/clients/timeline-entries.ts'
import {
  acceptWrites,
  forwardWrites,
  rejectWrites,
} from '../../../client/screens/dialogs/appeal-decision.ts'
import { remediesOf } from '../../../client/screens/dialogs/sending.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'

const appeal = { id: 'appeal', dialog: 'dialog' }
const decision = { by: 'me', at: 5 }

describe('a decision about an appeal', () => {
  test('a new client is created with its managers and linked, in one go', () => {
    const writes = acceptWrites(
      appeal,
      { created: { kind: 'person', name: 'Анна', email: 'anna@elki.test' } },
      'colleague',
      decision,
    )
    const [client, decided, dialog] = writes
    expect(writes.map(({ type }) => type)).toEqual(['client', 'appeal', 'dialog'])
    // Who accepts stays a manager: otherwise they could not create the record.
    expect(client?.patch.managers).toEqual(['me', 'colleague'])
    expect(decided?.patch).toMatchObject({
      state: 'accepted',
      responsible: 'colleague',
      decision: { by: 'me', at: 5, client: client?.id },
    })
    expect(dialog?.patch).toEqual({ client: client?.id, responsible: 'colleague' })
  })
  test('a client that is in the base is only linked', () =>
    expect(
      acceptWrites(appeal, { existing: 'elki' }, 'me', decision).map(({ type, id }) => [type, id]),
    ).toEqual([
      ['appeal', 'appeal'],
      ['dialog', 'dialog'],
    ]))
  test('a rejected one closes its dialog; an empty reason is none', () => {
    expect(rejectWrites(appeal, '', decision)[0]?.patch.decision).toEqual({ by: 'me', at: 5 })
    expect(rejectWrites(appeal, 'Спам', decision)[1]?.patch).toEqual({ state: 'closed' })
  })
  test('forwarding moves the dialog with it', () =>
    expect(forwardWrites(appeal, 'other').map(({ patch }) => patch)).toEqual([
      { responsible: 'other' },
      { responsible: 'other' },
    ]))
})

describe('a message of ours', () => {
  test('of unknown fate is first to be checked, and can be resent by word only', () =>
    expect(remediesOf('unknown')).toEqual(['markSent', 'resend']))
  test('that is being sent or was sent leaves nothing to do', () => {
    expect(remediesOf('sending')).toEqual([])
    expect(remediesOf('sent')).toEqual([])
  })
})

describe('timeline', () => {
  const history: HistoryEntry[] = [
    {
      seq: 2,
      at: 20,
      user: 'me',
      device: 'd',
      changes: { inn: [null, '1'] },
    },
    {
      seq: 1,
      at: 10,
      user: 'me',
      device: 'd',
      changes: { name: [undefined, 'Ёлки'] },
    },
  ]
  test('tells creation from change, newest first', () =>
    expect(
      timelineEntries([], history, 'all').map((entry) =>
        entry.kind === 'change' ? [entry.created, entry.fields] : [],
      ),
    ).toEqual([
      [false, ['inn']],
      [true, ['name']],
    ]))
  test('shows no changes where messages are asked for', () =>
    expect(timelineEntries([], history, 'messages')).toEqual([]))
})
