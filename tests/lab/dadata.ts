/**
 * The part of DaData that finds a company by ИНН, as it answers (https://dadata.ru/api/find-party/):
 * the key is asked for in `Authorization: Token …`, bodies are JSON, a missing company is an empty
 * list, too many requests in a second are 429. Companies are made up, with real check digits.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeDadata {
  url: string
  key: string
  /** What was asked, in order. */
  asked: { query: string; count?: number }[]
  /** Answers from now on with this status, as in an outage; null ends it. */
  failWith: number | null
  stop(): Promise<void>
}

/** The service's own limit. */
const maxPerSecond = 30
const maxBodyBytes = 10_000

const legal = (more: {
  inn: string
  kpp: string
  name: string
  status: string
  branch?: boolean
  branches?: number
  address: string
}) => ({
  value: more.name,
  unrestricted_value: more.name,
  data: {
    kpp: more.kpp,
    capital: null,
    management: more.branch
      ? null
      : { name: 'Скворцов Пётр Ильич', post: 'ГЕНЕРАЛЬНЫЙ ДИРЕКТОР', disqualified: null },
    branch_type: more.branch ? 'BRANCH' : 'MAIN',
    branch_count: more.branches ?? 0,
    hid: 'x',
    type: 'LEGAL',
    state: {
      status: more.status,
      code: null,
      actuality_date: 1_764_012_800_000,
      registration_date: 1_422_576_000_000,
      liquidation_date: null,
    },
    opf: {
      type: '2014',
      code: '12300',
      full: 'Общество с ограниченной ответственностью',
      short: 'ООО',
    },
    name: {
      full_with_opf: more.name.replace('ООО', 'Общество с ограниченной ответственностью'),
      short_with_opf: more.name,
      latin: null,
      full: more.name.replace(/^ООО /, ''),
      short: null,
    },
    inn: more.inn,
    ogrn: '1027700092661',
    okved: '62.01',
    address: { value: more.address, unrestricted_value: `123001, ${more.address}`, data: null },
    phones: null,
    emails: null,
  },
})

const individual = {
  value: 'ИП Ветров Олег Иванович',
  unrestricted_value: 'ИП Ветров Олег Иванович',
  data: {
    hid: 'x',
    type: 'INDIVIDUAL',
    state: { status: 'LIQUIDATED', actuality_date: 1_764_012_800_000 },
    opf: { type: '2014', code: '50102', full: 'Индивидуальный предприниматель', short: 'ИП' },
    name: {
      full_with_opf: 'Индивидуальный предприниматель Ветров Олег Иванович',
      short_with_opf: 'ИП Ветров Олег Иванович',
      full: 'Ветров Олег Иванович',
    },
    fio: { surname: 'Ветров', name: 'Олег', patronymic: 'Иванович', gender: 'MALE' },
    inn: '500100732259',
    ogrn: '304500116000157',
    okved: '47.91',
    address: { value: 'г Балашиха', unrestricted_value: 'г Балашиха', data: null },
  },
}

/** Who is known: one head office with a branch, one in liquidation, an entrepreneur, the tax service. */
const companies = [
  legal({
    inn: '7736050003',
    kpp: '773601001',
    name: 'ООО «Северный ветер»',
    status: 'ACTIVE',
    branches: 1,
    address: 'г Москва, ул Большая Ордынка, д 8',
  }),
  legal({
    inn: '7736050003',
    kpp: '246602001',
    name: 'ФИЛИАЛ ООО «Северный ветер» В КРАСНОЯРСКЕ',
    status: 'ACTIVE',
    branch: true,
    address: 'г Красноярск, пр-кт Мира, д 10',
  }),
  legal({
    inn: '7707083893',
    kpp: '770701001',
    name: 'ООО «Тихий дом»',
    status: 'LIQUIDATING',
    address: 'г Москва, ул Малая Бронная, д 2',
  }),
  legal({
    inn: '7707329152',
    kpp: '770701001',
    name: 'ФНС РОССИИ',
    status: 'ACTIVE',
    address: 'г Москва, ул Неглинная, д 23',
  }),
  individual,
]

export const startDadata = async (): Promise<FakeDadata> => {
  const key = 'c0ffee'.repeat(6).slice(0, 40)
  let second = 0
  let inSecond = 0
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json;charset=utf-8' })
        .end(JSON.stringify(body))
    const refuse = (status: number, message: string) =>
      answer(status, { family: 'CLIENT_ERROR', reason: message, message })
    const body: Buffer[] = []
    for await (const chunk of request) body.push(chunk)
    const { authorization } = request.headers
    const now = Math.floor(Date.now() / 1000)
    inSecond = now === second ? inSecond + 1 : 1
    second = now
    if (fake.failWith !== null) return refuse(fake.failWith, 'Outage')
    if (request.url !== '/suggestions/api/4_1/rs/findById/party') return refuse(404, 'Not Found')
    if (request.method !== 'POST') return refuse(405, 'Method Not Allowed')
    if (authorization === undefined) return refuse(401, 'Unauthorized')
    if (authorization !== `Token ${key}`) return refuse(403, 'Forbidden')
    if (inSecond > maxPerSecond) return refuse(429, 'Too Many Requests')
    if (!request.headers['content-type']?.startsWith('application/json'))
      return refuse(415, 'Unsupported Media Type')
    const bytes = Buffer.concat(body)
    if (bytes.length > maxBodyBytes) return refuse(413, 'Request Entity Too Large')
    let asked: FakeDadata['asked'][number]
    try {
      asked = JSON.parse(bytes.toString())
    } catch {
      return refuse(400, 'Bad Request')
    }
    if (typeof asked.query !== 'string') return refuse(400, 'Bad Request')
    fake.asked.push(asked)
    const found = companies.filter(({ data }) => data.inn === asked.query)
    return answer(200, { suggestions: found.slice(0, asked.count ?? 10) })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  const fake: FakeDadata = {
    url: `http://127.0.0.1:${port}`,
    key,
    asked: [],
    failWith: null,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  return fake
}
