/**
 * What an address is called in the browser's title, tabs and history. Never by the record it shows: a history
 * outlives a device's replica, and names of clients would stay in it (WCAG 2.4.2 asks for the purpose).
 */
import { catalogue } from '../i18n/index.ts'

const t = catalogue({
  missing: { ru: 'Такой страницы нет', en: 'No such page' },
  dialogs: { ru: 'Диалоги', en: 'Dialogs' },
  interests: { ru: 'Мои продажи', en: 'My sales' },
  'interests.new': { ru: 'Новый Интерес', en: 'New Interest' },
  interest: { ru: 'Карточка Интереса', en: 'Card of an Interest' },
  clients: { ru: 'Клиенты', en: 'Clients' },
  'clients.new': { ru: 'Новый клиент', en: 'New client' },
  client: { ru: 'Карточка клиента', en: 'Card of a client' },
  persons: { ru: 'Контактные лица', en: 'Contact persons' },
  'persons.new': { ru: 'Новое контактное лицо', en: 'New contact person' },
  person: { ru: 'Карточка контактного лица', en: 'Card of a contact person' },
  duplicates: { ru: 'Дубли', en: 'Duplicates' },
  completeness: { ru: 'Заполненность карточек', en: 'Completeness of cards' },
  classes: { ru: 'Классы ABC/XYZ', en: 'ABC/XYZ classes' },
  portrait: { ru: 'Портрет клиента', en: 'Portrait of a client' },
  segments: { ru: 'Сегменты', en: 'Segments' },
  documents: { ru: 'Договоры', en: 'Contracts' },
  'documents.new': { ru: 'Новый договор', en: 'New contract' },
  contract: { ru: 'Карточка договора', en: 'Card of a contract' },
  products: { ru: 'Товары и услуги', en: 'Products and services' },
  'products.new': { ru: 'Новый товар или услуга', en: 'New product or service' },
  product: { ru: 'Карточка товара', en: 'Card of a product' },
  mail: { ru: 'Почта', en: 'Mail' },
  'mail.new': { ru: 'Новое письмо', en: 'New letter' },
  tasks: { ru: 'Дела', en: 'Tasks' },
  'tasks.new': { ru: 'Новое дело', en: 'New task' },
  task: { ru: 'Дело', en: 'Task' },
  calendar: { ru: 'Календарь дел', en: 'Calendar of tasks' },
  news: { ru: 'Лента', en: 'Feed' },
  profile: { ru: 'Профиль', en: 'Profile' },
  offlineWork: { ru: 'Работа без сети', en: 'Working offline' },
  settings: { ru: 'Настройки', en: 'Settings' },
  'settings.mail': { ru: 'Настройки почты', en: 'Settings of mail' },
  'settings.mail.new': { ru: 'Подключение почты', en: 'Connecting a mailbox' },
  'settings.account': { ru: 'Почтовый ящик', en: 'Mailbox' },
  'settings.employees': { ru: 'Сотрудники', en: 'Employees' },
  'settings.employee': { ru: 'Карточка сотрудника', en: 'Card of an employee' },
  'settings.roles': { ru: 'Роли и права', en: 'Roles and rights' },
  'settings.departments': { ru: 'Подразделения', en: 'Departments' },
  'settings.companies': { ru: 'Заполнение по ИНН', en: 'Filling in by INN' },
  'settings.directories': { ru: 'Справочники', en: 'Directories' },
  'settings.fields': { ru: 'Поля', en: 'Fields' },
  'settings.documents': { ru: 'Настройки документов', en: 'Settings of documents' },
  'settings.sales': { ru: 'Настройки продаж', en: 'Settings of sales' },
  'settings.organisation': { ru: 'Организация', en: 'Organisation' },
  'settings.templates': { ru: 'Шаблоны', en: 'Templates' },
  'settings.template': { ru: 'Шаблон', en: 'Template' },
  'settings.device': { ru: 'Об этом устройстве', en: 'About this device' },
  'settings.import': { ru: 'Импорт', en: 'Import' },
  'settings.archives': { ru: 'Архив данных', en: 'Archive of the data' },
  'settings.api': { ru: 'API', en: 'API' },
  'settings.trash': { ru: 'Корзина', en: 'Trash' },
})

type Title = Parameters<typeof t>[0]

/** A title; `over`: the address of the screen that a window of this address stands over. */
type Called = readonly [title: Title, over?: string]

/** By address; `:id` stands for one step of it. */
const called: Readonly<Record<string, Called>> = {
  '/': ['dialogs'],
  '/dialogs': ['dialogs'],
  '/dialogs/:id': ['dialogs', '/dialogs'],
  '/interests': ['interests'],
  '/interests/new': ['interests.new', '/interests'],
  '/interests/:id': ['interest'],
  '/clients': ['clients'],
  '/clients/new': ['clients.new', '/clients'],
  '/clients/duplicates': ['duplicates'],
  '/clients/duplicates/:id': ['duplicates', '/clients/duplicates'],
  '/clients/completeness': ['completeness'],
  '/clients/classes': ['classes'],
  '/clients/portrait': ['portrait'],
  '/clients/segments': ['segments'],
  '/clients/:id': ['client'],
  '/persons': ['persons'],
  '/persons/new': ['persons.new', '/persons'],
  '/persons/:id': ['person'],
  '/documents': ['documents'],
  '/documents/new': ['documents.new', '/documents'],
  '/documents/:id': ['contract'],
  '/products': ['products'],
  '/products/new': ['products.new', '/products'],
  '/products/:id': ['product'],
  '/mail': ['mail'],
  '/mail/new': ['mail.new'],
  '/mail/:id': ['mail', '/mail'],
  '/mail/:id/:id': ['mail', '/mail'],
  '/mail/:id/:id/:id': ['mail', '/mail'],
  '/tasks': ['tasks'],
  '/tasks/new': ['tasks.new', '/tasks'],
  '/tasks/calendar': ['calendar'],
  '/tasks/calendar/new': ['tasks.new', '/tasks/calendar'],
  '/tasks/calendar/:id': ['task', '/tasks/calendar'],
  '/tasks/:id': ['task', '/tasks'],
  '/news': ['news'],
  '/profile': ['profile'],
  '/offline-work': ['offlineWork'],
  '/settings': ['settings'],
  '/settings/mail': ['settings.mail'],
  '/settings/mail/new': ['settings.mail.new'],
  '/settings/mail/:id': ['settings.account'],
  '/settings/employees': ['settings.employees'],
  '/settings/employees/:id': ['settings.employee'],
  '/settings/roles': ['settings.roles'],
  '/settings/departments': ['settings.departments'],
  '/settings/companies': ['settings.companies'],
  '/settings/directories': ['settings.directories'],
  '/settings/directories/:id': ['settings.directories', '/settings/directories'],
  '/settings/fields': ['settings.fields'],
  '/settings/fields/:id': ['settings.fields', '/settings/fields'],
  '/settings/documents': ['settings.documents'],
  '/settings/sales': ['settings.sales'],
  '/settings/organisation': ['settings.organisation'],
  '/settings/templates': ['settings.templates'],
  '/settings/templates/:id': ['settings.template'],
  '/settings/device': ['settings.device'],
  '/settings/import': ['settings.import'],
  '/settings/archives': ['settings.archives'],
  '/settings/api': ['settings.api'],
  '/settings/trash': ['settings.trash'],
}

/** The entry for an address: word by word first, then with ids for its last steps. */
const entryOf = (path: string): [address: string, called: Called] | null => {
  const steps = path.split('/').slice(1)
  if (steps.at(-1) === '') steps.pop()
  for (let words = steps.length; words >= Math.min(1, steps.length); words--) {
    const address = `/${steps.map((step, index) => (index < words ? step : ':id')).join('/')}`
    const found = Object.hasOwn(called, address) ? called[address] : undefined
    if (found) return [address, found]
  }
  return null
}

/** «Карточка клиента», in the language of now. */
export const titleOf = (path: string): string => t(entryOf(path)?.[1][0] ?? 'missing')

/** Which screen an address shows; a window over a screen is no other screen, nor is another record of its panes. */
export const screenOf = (path: string): string => {
  const entry = entryOf(path)
  return entry ? (entry[1][1] ?? (entry[0].includes(':id') ? path : entry[0])) : path
}
