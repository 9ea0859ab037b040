import { describe, expect, test } from 'vitest'
import {
  acceptWrites,
  forwardWrites,
  rejectWrites,
} from '../../../client/screens/dialogs/appeal-decision.ts'
import { remediesOf } from '../../../client/screens/dialogs/sending.ts'

const appeal = { id: 'appeal', dialog: 'dialog' }
const decision = { by: 'me', at: 5 }

describe('a decision about an appeal', () => {
  test('a new client is created with its managers and linked, in one go', () => {
    const writes = acceptWrites(
      appeal,
      { created: { kind: 'person', name: 'Анна', email: 'anna@elki.test', custom: { field: 7 } } },
      'colleague',
      decision,
    )
    const [client, decided, dialog] = writes
    expect(writes.map(({ type }) => type)).toEqual(['client', 'appeal', 'dialog'])
    // Who accepts stays a manager: otherwise they could not create the record.
    expect(client?.patch.managers).toEqual(['me', 'colleague'])
    expect(client?.patch.custom).toEqual({ field: 7 })
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
