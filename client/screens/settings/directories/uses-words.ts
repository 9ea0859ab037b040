import type { Uses } from '../../../fields/entry-uses.ts'
import { t } from './texts.ts'

/** `12 клиентов, 1 контактное лицо` */
export const usesWords = ({
  clients,
  persons,
  interests,
  products,
  interactions,
  tasks,
  entries,
  replaced,
}: Uses): string =>
  [
    clients > 0 && t('uses.clients', { count: clients }),
    persons > 0 && t('uses.persons', { count: persons }),
    interests > 0 && t('uses.interests', { count: interests }),
    products > 0 && t('uses.products', { count: products }),
    interactions > 0 && t('uses.interactions', { count: interactions }),
    tasks > 0 && t('uses.tasks', { count: tasks }),
    entries > 0 && t('uses.entries', { count: entries }),
    replaced > 0 && t('uses.replaced', { count: replaced }),
  ]
    .filter(Boolean)
    .join(', ') || t('uses.none')
