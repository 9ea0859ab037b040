/**
 * A small company's data through the relay's doors: a mailbox, clients with and without everything,
 * letters long and short, an appeal, a letter that failed, one whose fate is unknown.
 */
import { createHash } from 'node:crypto'
import { day, hour, minute } from '../../../shared/clock.ts'
import { derivedId, monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { PushEntry } from '../../../shared/protocol/push.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import type { FileRef, Message, MessageState } from '../../../shared/records/segment.ts'
import { type NodeDevice, pushAsService } from '../../lab/device.ts'
import type { Relay } from '../../lab/relay.ts'

const address = 'sales@romashka.test'

/** A transparent picture of one pixel, the smallest there is. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const letterHtml = `<html><head><style>h1 { color: #a33 } body { background: url("https://tracker.test/style.png") }</style></head>
<body><h1>Коммерческое предложение</h1><p onclick="alert(1)">Плитка <b>керамическая</b>, 120 м².</p>
<img src="cid:logo@elki" alt="логотип"><img src="https://tracker.test/open.gif" alt="">
<script>parent.document.title = 'взломано'</script>
<a href="javascript:alert(1)">скидка</a> <a href="https://elki.test/price">прайс-лист</a></body></html>`

interface SeedMessage extends Partial<Message> {
  text: string
  ago: number
  state?: MessageState
}

export interface Seeded {
  account: string
  clients: { elki: string; long: string; ivanov: string }
  dialogs: { order: string; appeal: string; failed: string; long: string }
}

export const seed = async (relay: Relay, admin: NodeDevice, now: number): Promise<Seeded> => {
  const entries: PushEntry[] = []
  let writer = 1000
  const put = (type: RecordType, id: string, patch: Patch): string => {
    const made = change(type, id, null, patch, ++writer)
    if (!made.ok || !made.value.update)
      throw new Error(`${type} ${JSON.stringify(made)} ${JSON.stringify(patch).slice(0, 500)}`)
    entries.push({ n: entries.length, id, type, at: now, update: made.value.update })
    return id
  }
  const send = async () => {
    const { outcomes } = await pushAsService(relay.url, relay.token, entries.splice(0))
    const refused = outcomes.filter(({ ok }) => !ok)
    if (refused.length > 0) throw new Error(JSON.stringify(refused))
  }
  const me = admin.session.user.id
  const part = (value: string, kind: string, order = 'a0') => ({
    [newId()]: { value, kind, order },
  })

  const account = put('account', newId(), {
    channel: 'mail',
    name: 'Отдел продаж «Ромашка»',
    address,
    receive: true,
    send: true,
    access: 'all',
    appealSource: true,
    reasonRequired: true,
    signature: 'С уважением,\nООО «Ромашка», +7 495 123-45-67',
    since: now - 30 * day,
    health: { state: 'connected', since: now - day },
    folders: [
      { path: 'INBOX', name: 'INBOX', use: '\\Inbox', total: 5, synced: true },
      { path: 'Отправленные', name: 'Отправленные', use: '\\Sent', total: 2, synced: true },
      { path: 'Спам', name: 'Спам', use: '\\Junk', total: 312, synced: false },
      { path: 'Проекты/Новостройки', name: 'Новостройки', total: 48, synced: false },
    ],
  })

  const elki = put('client', newId(), {
    kind: 'organisation',
    name: 'ООО «Ёлки-Палки»',
    fullName: 'Общество с ограниченной ответственностью «Ёлки-Палки»',
    inn: '7736050003',
    relation: 'buyer',
    managers: [me],
    open: 'read',
    tags: ['опт', 'VIP'],
    phones: part('+74951112233', 'work'),
    emails: part('zakaz@elki.test', 'work'),
    addresses: part('Москва, ул. Лесная, д. 5, стр. 2, офис 301', 'actual'),
    note: 'Платят в срок. Звонить Анне после 11:00.',
  })
  const long = put('client', newId(), {
    kind: 'organisation',
    name: 'Федеральное государственное бюджетное образовательное учреждение высшего образования «Санкт-Петербургский политехнический университет Петра Великого»',
    managers: [me],
  })
  const ivanov = put('client', newId(), {
    kind: 'person',
    name: 'Иванов Константин Константинович',
    relation: 'other',
    managers: [me],
    phones: part('+79161234567', 'mobile'),
  })
  put('person', newId(), {
    name: 'Ёлкина Анна Викторовна',
    position: 'Начальник отдела закупок',
    client: elki,
    managers: [me],
    phones: part('+79031112233', 'mobile'),
    emails: part('anna@elki.test', 'work'),
  })
  for (const [index, name] of names.entries())
    put('client', newId(), {
      kind: index % 3 === 0 ? 'person' : 'organisation',
      name,
      managers: [me],
      ...(index % 2 && { phones: part(`+7495${String(2_000_000 + index * 4321)}`, 'work') }),
      ...(index % 4 && { emails: part(`info${index}@firma${index}.test`, 'work') }),
      ...(index % 3 && { relation: index % 2 ? 'buyer' : 'supplier' }),
    })
  await send()

  const files = new Map<string, { content: Buffer; type: string; record: string }>()
  const file = (record: string, content: Buffer, name: string, type: string): FileRef => {
    const hash = createHash('sha256').update(content).digest('hex')
    files.set(hash, { content, type, record })
    return { hash, name, size: content.length, type }
  }

  const dialog = (
    name: string,
    patch: Patch,
    messages: (segment: string) => SeedMessage[],
  ): string => {
    const id = derivedId('dialog', account, name)
    put('dialog', id, { account, channel: 'mail', state: 'open', ...patch })
    const byMonth = new Map<string, Patch>()
    messages(segmentId(id, now)).forEach(({ ago, state, ...message }, index) => {
      const at = now - ago
      const key = `mail:<${name}-${index}@test>`
      const segment = byMonth.get(segmentId(id, at)) ?? {
        dialog: id,
        account,
        month: monthOf(at),
        messages: {},
        states: {},
      }
      byMonth.set(segmentId(id, at), segment)
      const peer = patch.peer as { name?: string; address: string } // given by each call below
      const own = message.direction === 'out'
      segment.messages = {
        ...segment.messages,
        [key]: {
          at,
          direction: 'in',
          kind: 'letter',
          author: own ? { employee: me, name: admin.session.user.name } : peer,
          to: [own ? peer : { address }],
          ...(message.kind !== 'note' && !state && { folder: own ? 'Отправленные' : 'INBOX' }),
          ...message,
        },
      }
      if (message.kind !== 'note')
        segment.states = {
          ...segment.states,
          [key]: state ?? { status: own ? 'sent' : 'received', at },
        }
    })
    for (const [segment, body] of byMonth) put('segment', segment, body)
    return id
  }

  const anna = { name: 'Анна Ёлкина', address: 'zakaz@elki.test' }
  const subject = 'Заказ плитки для объекта на Лесной'
  const urgency = put('field', newId(), { recordType: 'dialog', kind: 'text', name: 'Срочность' })
  const order = dialog(
    'order',
    {
      ...{ subject, peer: anna, client: elki, responsible: me },
      custom: { [urgency]: 'к пятнице' },
    },
    (segment) => [
      {
        ago: 26 * hour,
        subject,
        text: 'Добрый день!\n\nНужна плитка керамическая, 120 м², доставка на Лесную до конца месяца. Предложение и чертёж приложила.\n\nАнна Ёлкина',
        html: file(segment, Buffer.from(letterHtml), 'letter.html', 'text/html').hash,
        files: [
          { ...file(segment, pixel, 'логотип.png', 'image/png'), cid: 'logo@elki' },
          file(
            segment,
            Buffer.from('чертёж '.repeat(9000)),
            'Чертёж первого этажа, окончательный вариант 3.pdf',
            'application/pdf',
          ),
        ],
      },
      {
        ago: 25 * hour,
        direction: 'out',
        subject: `Re: ${subject}`,
        text: 'Анна, здравствуйте!\n\nПлитка есть, счёт подготовим сегодня.\n\n-- \nООО «Ромашка»',
      },
      {
        ago: 25 * hour - minute,
        direction: 'out',
        kind: 'note',
        text: 'Скидку больше 7 % не давать, в прошлый раз дали 10 % без согласования.',
      },
      {
        ago: 40 * minute,
        subject: `Re: ${subject}`,
        text: 'Спасибо! Ждём счёт.\n\n20 ноября 2026 г., 12:00, Отдел продаж <sales@romashka.test> пишет:\n> Плитка есть, счёт подготовим сегодня.\n> ООО «Ромашка»',
      },
    ],
  )
  const stranger = { name: 'Пётр Незнакомцев', address: 'petr@new-build.test' }
  const appealDialog = dialog(
    'appeal',
    { subject: 'Сколько стоит укладка?', peer: stranger },
    () => [
      {
        ago: 15 * minute,
        subject: 'Сколько стоит укладка?',
        text: 'Здравствуйте. Подскажите цену укладки за квадратный метр и сроки.',
      },
    ],
  )
  put('appeal', derivedId('appeal', appealDialog), {
    account,
    channel: 'mail',
    dialog: appealDialog,
    who: stranger,
    firstWords: 'Здравствуйте. Подскажите цену укладки',
    at: now - 15 * minute,
    state: 'new',
    reasonRequired: true,
  })
  const failed = dialog(
    'failed',
    { subject: 'Счёт № 118', peer: { address: 'bukh@stroymontazh.test' }, seenAt: now },
    () => [
      {
        ago: 3 * day,
        direction: 'out',
        subject: 'Счёт № 118',
        text: 'Добрый день! Счёт во вложении.',
        state: {
          status: 'failed',
          at: now - 3 * day,
          reason: 'recipientRefused',
          detail: '550 5.1.1 <bukh@stroymontazh.test>: Recipient address rejected',
        },
      },
      {
        ago: 2 * day,
        direction: 'out',
        subject: 'Счёт № 118',
        text: 'Повторяю письмо.',
        state: { status: 'unknown', at: now - 2 * day, reason: 'outcomeUnknown' },
      },
    ],
  )
  const longDialog = dialog(
    'long',
    { subject: '', peer: { name: 'Учебный отдел', address: 'uchotdel@spbstu.test' }, client: long },
    () =>
      Array.from({ length: 600 }, (_, index) => ({
        ago: 5 * day + (600 - index) * 20 * minute,
        kind: 'text' as const,
        ...(index % 3 === 0 && { direction: 'out' as const }),
        text: `Сообщение ${index + 1}. ${'Очень длинное пояснение к смете. '.repeat(index % 7)}`,
      })),
  )
  await send()
  for (const [hash, { content, type, record }] of files) {
    const answer = await fetch(`${relay.url}/files/${hash}?record=${record}&name=file`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${relay.token}`,
        'content-type': type,
      },
      body: new Uint8Array(content),
    })
    if (!answer.ok) throw new Error(`file: ${answer.status} ${await answer.text()}`)
  }
  return {
    account,
    clients: { elki, long, ivanov },
    dialogs: { order, appeal: appealDialog, failed, long: longDialog },
  }
}

const names = [
  'Абрамов Сергей Петрович',
  'АО «Балтийская строительная компания»',
  'ООО «Вектор»',
  'ИП Григорян Ашот Гургенович',
  'ООО «ДомКомплект-Юг»',
  'Журавлёва Мария',
  'ПАО «Завод железобетонных изделий № 4»',
  'ООО «Интерьер и Ко»',
  'Кузнецова Ольга Владимировна',
  'ООО «Лидер Плюс»',
  'АО «Мосстройснаб»',
  'Никитин Андрей',
  'ООО «ОптТоргСервис»',
  'ЗАО «Промтехмонтаж»',
  'Романова-Задунайская Екатерина Александровна',
  'ООО «СеверСтройИнвест»',
  'ТСЖ «Тихая гавань»',
  'Ульянов Владимир',
  'ООО «Фасад»',
  'ООО «Ясень»',
]
