/**
 * How the REST API refuses: `application/problem+json` (RFC 9457) with our `reason`, and words for the
 * people who read the log of the program that asked. The client's own texts speak to somebody at a
 * device, of what is kept there.
 */
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiFailure } from '../../shared/protocol/api.ts'
import { isPassing, type Reason, statusOf } from '../../shared/reasons.ts'
import type { Label } from '../../shared/records/declaration.ts'
import type { RelayContext } from '../http/context.ts'

const words: Partial<Record<Reason, Label>> = {
  signedOut: {
    ru: 'Нужен действующий токен в заголовке Authorization: Bearer …',
    en: 'A valid token is needed in the header Authorization: Bearer …',
  },
  revoked: { ru: 'Токен отозван или его срок вышел', en: 'The token was revoked or has expired' },
  tokenSuspended: {
    ru: 'База восстановлена из копии: администратор ещё не возобновил токен',
    en: 'The base was restored from a backup: no administrator has resumed the token yet',
  },
  blocked: {
    ru: 'Сотрудник, от имени которого работает токен, заблокирован или удалён',
    en: 'The employee whom the token acts for is blocked or removed',
  },
  forbidden: {
    ru: 'На это нет прав у токена или у его сотрудника',
    en: 'The token or its employee has no right to do this',
  },
  tooManyRequests: { ru: 'Слишком много запросов подряд', en: 'Too many requests in a row' },
  notFound: { ru: 'Такой записи или такого адреса нет', en: 'There is no such record or address' },
  gone: { ru: 'Запись удалена или объединена с другой', en: 'The record was deleted or merged' },
  invalidRequest: { ru: 'Запрос составлен неверно', en: 'The request is malformed' },
  epochChanged: {
    ru: 'База восстановлена из копии: прочитайте записи заново, без курсора',
    en: 'The base was restored from a backup: read the records anew, without a cursor',
  },
  tooLarge: { ru: 'Слишком большой объём', en: 'Too large' },
  unknownField: { ru: 'Такого поля нет', en: 'There is no such field' },
  invalidValue: { ru: 'Значение не подходит полю', en: 'The value does not fit the field' },
  missingRequired: { ru: 'Не заполнено обязательное поле', en: 'A required field is missing' },
  immutableField: { ru: 'Это поле менять нельзя', en: 'This field cannot be changed' },
  inUse: { ru: 'Запись используется другими', en: 'Other records name it' },
  ring: { ru: 'Запись вошла бы сама в себя', en: 'The record would be a part of itself' },
  alreadyDecided: { ru: 'Решение уже принято', en: 'It was decided already' },
  mergedMeanwhile: {
    ru: 'Запись объединена с другой: решение принимается по ней',
    en: 'The record was merged into another one, which is to be decided',
  },
  reasonRequired: { ru: 'Нужна причина', en: 'A reason is required' },
  changedMeanwhile: {
    ru: 'Запись изменилась с тех пор, как вы её читали',
    en: 'The record has changed since you read it',
  },
  keyReused: {
    ru: 'С этим Idempotency-Key уже был другой запрос',
    en: 'This Idempotency-Key came with another request',
  },
  duplicate: { ru: 'Такая запись уже есть', en: 'There is such a record already' },
  fileMissing: { ru: 'Такого файла нет', en: 'There is no such file' },
}

const passing: Label = {
  ru: 'Сервер сейчас не может ответить, повторите позже',
  en: 'The server cannot answer now, try again later',
}
const other: Label = { ru: 'Запрос не выполнен', en: 'The request was not carried out' }

/** Russian where the header prefers it; English otherwise, also without a header. */
export const languageOf = (c: RelayContext): keyof Label => {
  const weighed = (c.req.header('accept-language') ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
      const weight = rest.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find(Boolean)
      return { language: tag.slice(0, 2), weight: Number(weight ?? 1) }
    })
    .filter(({ language, weight }) => ['ru', 'en'].includes(language) && weight > 0)
  return weighed.sort((a, b) => b.weight - a.weight)[0]?.language === 'ru' ? 'ru' : 'en'
}

/** Something that passes is worth asking again after so many seconds, where nothing else is said. */
const waitSeconds = 2

/** `more`: members of the problem that belong to its reason, such as the ids of duplicates. */
export const problem = (
  c: RelayContext,
  { reason, field, retryAfter }: ApiFailure,
  more: Readonly<Record<string, unknown>> = {},
): Response => {
  const status = statusOf(reason) as ContentfulStatusCode // every one of the list may carry a body
  const wait = retryAfter ?? (isPassing(reason) ? waitSeconds : undefined)
  if (wait !== undefined) c.header('retry-after', String(Math.ceil(wait)))
  if (status === 401) c.header('www-authenticate', 'Bearer')
  const language = languageOf(c)
  const title = (words[reason] ?? (isPassing(reason) ? passing : other))[language]
  const body = {
    type: `urn:interes:problem:${reason}`,
    title,
    status,
    reason,
    ...(field !== undefined && { field: field.replace(/^custom\//, 'custom.') }),
    ...more,
  }
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
  })
}
