/**
 * A mark of what an employee may read. Where it changes, records have come into reach or gone without
 * being changed themselves: a program that follows changes reads everything anew then.
 */
import type { Subject } from '../../shared/rights.ts'
import { hashOf } from './programs.ts'

const markLength = 12

export const rightsMark = ({ tokens }: Subject): string =>
  hashOf([...tokens].sort().join(' ')).slice(0, markLength)
