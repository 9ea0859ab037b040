import { rights, type Subject } from '../../../shared/rights.ts'

/** Judged by the rights themselves on a product that is not there yet. */
export const mayCreateProduct = (subject: Subject): boolean =>
  rights(subject, null, { id: '', type: 'product', name: '' }) === null
