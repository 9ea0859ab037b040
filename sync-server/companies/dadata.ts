/**
 * DaData, «Организация по ИНН или ОГРН»: https://dadata.ru/api/find-party/
 *
 * One ИНН gives the head office and its branches. An entrepreneur has neither КПП nor management.
 * Nothing found is an empty list, not a 404. Moments are milliseconds.
 */
import * as v from 'valibot'
import { isInn } from '../../shared/inn.ts'
import type { Company } from '../../shared/protocol/companies.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { NameParts } from '../../shared/records/name-parts.ts'
import type { RegisterState } from '../../shared/records/register.ts'

export const dadataUrl = 'https://suggestions.dadata.ru'
const path = '/suggestions/api/4_1/rs/findById/party'
/** The service answers in 100 ms; who waits longer types by hand. */
const timeoutMs = 8_000
/** Branches asked for: banks have about a hundred, nobody scrolls through more. */
const maxBranches = 100
/** A hundred branches weigh 400 KB. */
const maxAnswerBytes = 4_000_000

const states: Record<string, RegisterState> = {
  ACTIVE: 'active',
  LIQUIDATING: 'liquidating',
  LIQUIDATED: 'liquidated',
  BANKRUPT: 'bankrupt',
  REORGANIZING: 'reorganising',
}

const line = v.nullish(v.string())
/** Only what is used; the rest of an answer differs from tariff to tariff. */
const answer = v.object({
  suggestions: v.array(
    v.object({
      value: v.string(),
      data: v.object({
        inn: v.string(),
        kpp: line,
        ogrn: line,
        type: line,
        branch_type: line,
        state: v.nullish(v.object({ status: line })),
        name: v.nullish(v.object({ full_with_opf: line, short_with_opf: line })),
        address: v.nullish(v.object({ value: line, unrestricted_value: line })),
        // Of an entrepreneur.
        fio: v.nullish(v.object({ surname: line, name: line, patronymic: line })),
        management: v.nullish(v.object({ name: line, post: line })),
      }),
    }),
  ),
})

type Suggestion = v.InferOutput<typeof answer>['suggestions'][number]
type Fio = NonNullable<Suggestion['data']['fio']>

const asCompany = ({ value, data }: Suggestion): Company => {
  const name = data.name?.short_with_opf || value
  const fullName = data.name?.full_with_opf
  const address = data.address?.unrestricted_value || data.address?.value
  const state = data.state?.status ? states[data.state.status] : undefined
  return {
    kind: data.type === 'INDIVIDUAL' ? 'entrepreneur' : 'organisation',
    inn: data.inn,
    name,
    branch: data.branch_type === 'BRANCH',
    ...(data.kpp && { kpp: data.kpp }),
    ...(data.ogrn && { ogrn: data.ogrn }),
    ...(fullName && { fullName }),
    ...(address && { address }),
    ...(data.fio && { person: humanOf(data.fio) }),
    ...(data.management?.name && {
      head: {
        name: data.management.name,
        ...(data.management.post && { post: sentence(data.management.post) }),
      },
    }),
    ...(state && { state }),
  }
}

const humanOf = ({ surname, name, patronymic }: Fio): NameParts => ({
  ...(surname && { lastName: surname }),
  ...(name && { firstName: name }),
  ...(patronymic && { middleName: patronymic }),
})

/** The register shouts: «ГЕНЕРАЛЬНЫЙ ДИРЕКТОР». */
const sentence = (words: string): string =>
  words.slice(0, 1).toUpperCase() + words.slice(1).toLowerCase()

/** What an answer of the service says, head office first. Fails with `serviceUnavailable` on anything else. */
export const companiesOf = (body: unknown): Result<Company[]> => {
  const parsed = v.safeParse(answer, body)
  if (!parsed.success) return fail('serviceUnavailable')
  const companies = parsed.output.suggestions.map(asCompany)
  return ok(companies.sort((a, b) => Number(a.branch) - Number(b.branch)))
}

export type FindCompanies = (inn: string, key: string) => Promise<Result<Company[]>>

/**
 * Asks the service. Fails with `invalidValue` (no ИНН, nothing is asked), `serviceKeyRefused`,
 * `tooManyRequests` (30 a second, or the day's limit), `timedOut` or `serviceUnavailable`.
 */
export const dadata =
  (base = dadataUrl): FindCompanies =>
  async (inn, key) => {
    if (!isInn(inn)) return fail('invalidValue', 'inn')
    try {
      const response = await fetch(base + path, {
        method: 'POST',
        headers: {
          authorization: `Token ${key}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify({ query: inn, count: maxBranches }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (response.status === 401 || response.status === 403) return fail('serviceKeyRefused')
      if (response.status === 429) return fail('tooManyRequests')
      if (!response.ok) return fail('serviceUnavailable')
      if (Number(response.headers.get('content-length') ?? 0) > maxAnswerBytes)
        return fail('serviceUnavailable')
      return companiesOf(await response.json())
    } catch (error) {
      // `fetch` throws where there is no network, `json` where a proxy answered with a page.
      return fail(
        error instanceof DOMException && error.name === 'TimeoutError'
          ? 'timedOut'
          : 'serviceUnavailable',
      )
    }
  }
