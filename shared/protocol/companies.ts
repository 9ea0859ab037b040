/**
 * What a register knows of a company, asked by ИНН through the relay (F72): the key of the service
 * is the administrator's and never reaches a device.
 *
 *     GET    /api/companies?inn=…   → { companies: Company[] }   head office first; empty: none known
 *     GET    /api/companies/key     → KeyState                   administrators
 *     PUT    /api/companies/key     { key } → KeyState           administrators; tried before it is kept
 *     DELETE /api/companies/key     → KeyState                   administrators
 */
import * as v from 'valibot'
import type { NameParts } from '../records/name-parts.ts'
import type { RegisterState } from '../records/register.ts'

export interface Company {
  kind: 'organisation' | 'entrepreneur'
  inn: string
  /** Of organisations; each branch has its own. */
  kpp?: string
  ogrn?: string
  name: string
  fullName?: string
  address?: string
  /** Of an entrepreneur. */
  person?: NameParts
  head?: { name: string; post?: string }
  /** Absent where the register does not say. */
  state?: RegisterState
  branch: boolean
}

export interface KeyState {
  connected: boolean
}

/** DaData's keys are 40 hexadecimal digits; other lengths may come. */
export const keyPattern = /^[\w-]{20,100}$/
export const newKey = v.object({ key: v.pipe(v.string(), v.trim(), v.regex(keyPattern)) })
