import { catalogue } from '../i18n/index.ts'

export const t = catalogue({
  'place.sales': { ru: 'Мои продажи', en: 'My sales' },
  'place.salesShort': { ru: 'Продажи', en: 'Sales' },
  'place.dialogs': { ru: 'Диалоги', en: 'Dialogs' },
  'place.mail': { ru: 'Почта', en: 'Mail' },
  'place.tasks': { ru: 'Дела', en: 'Tasks' },
  'place.clients': { ru: 'Клиенты', en: 'Clients' },
  'place.documents': { ru: 'Документы', en: 'Documents' },
  'place.settings': { ru: 'Настройки', en: 'Settings' },
  'place.more': { ru: 'Ещё', en: 'More' },
  'rail.label': { ru: 'Разделы', en: 'Places' },
  'rail.narrow': { ru: 'Свернуть панель', en: 'Collapse the rail' },
  'rail.wide': { ru: 'Развернуть панель', en: 'Expand the rail' },
  'counter.unread': {
    ru: {
      one: '{count} непрочитанный диалог',
      few: '{count} непрочитанных диалога',
      other: '{count} непрочитанных диалогов',
    },
    en: { one: '{count} unread dialog', other: '{count} unread dialogs' },
  },
  'counter.appeals': {
    ru: {
      one: '{count} новое обращение',
      few: '{count} новых обращения',
      other: '{count} новых обращений',
    },
    en: { one: '{count} new appeal', other: '{count} new appeals' },
  },
  'counter.overdue': {
    ru: {
      one: '{count} просроченное дело',
      few: '{count} просроченных дела',
      other: '{count} просроченных дел',
    },
    en: { one: '{count} overdue task', other: '{count} overdue tasks' },
  },

  skip: { ru: 'К содержанию', en: 'Skip to content' },
  back: { ru: 'Назад', en: 'Back' },
  search: { ru: 'Поиск', en: 'Search' },

  create: { ru: 'Создать', en: 'Create' },
  'create.client': { ru: 'Клиент', en: 'Client' },
  'create.person': { ru: 'Контактное лицо', en: 'Contact person' },
  'create.interest': { ru: 'Интерес', en: 'Interest' },
  'create.contract': { ru: 'Договор', en: 'Contract' },
  'create.product': { ru: 'Товар или услуга', en: 'Product or service' },
  'create.task': { ru: 'Дело', en: 'Task' },
  'create.letter': { ru: 'Письмо', en: 'Letter' },

  'sync.saved': { ru: 'Сохранено', en: 'Saved' },
  'sync.sending': { ru: 'Отправляем {count}…', en: 'Sending {count}…' },
  'sync.offline': { ru: 'Нет сети', en: 'Offline' },
  'sync.offlineWaiting': {
    ru: { one: 'Нет сети · {count} ждёт', other: 'Нет сети · {count} ждут' },
    en: 'Offline · {count} waiting',
  },
  'sync.rejected': {
    ru: {
      one: '{count} отклонено',
      few: '{count} отклонены',
      other: '{count} отклонено',
    },
    en: '{count} refused',
  },
  'sync.full': { ru: 'Нет места', en: 'Out of space' },
  'sync.signedOut': { ru: 'Нужен вход', en: 'Sign in needed' },
  'sync.programTooOld': { ru: 'Нужно обновление', en: 'Update needed' },
  'sync.revoked': { ru: 'Доступ закрыт', en: 'Access closed' },
  'sync.open': { ru: 'Открыть «Работа без сети»', en: 'Open “Working offline”' },
  'sync.first': {
    ru: 'Загружаем данные: {done} из {total}. Работать можно уже сейчас.',
    en: 'Fetching data: {done} of {total}. You can work already.',
  },
  'sync.restoring': {
    ru: 'Браузер очистил данные на этом устройстве. Восстанавливаем: {done} из {total}.',
    en: 'The browser cleared this device’s data. Restoring: {done} of {total}.',
  },
  'sync.restoringStart': {
    ru: 'Браузер очистил данные на этом устройстве. Восстанавливаем их с сервера.',
    en: 'The browser cleared this device’s data. Restoring it from the server.',
  },

  'sync.restoringTitle': { ru: 'Восстанавливаем данные', en: 'Restoring your data' },
  'sync.restoringText': {
    ru: 'Браузер очистил данные на этом устройстве. Они остались на сервере и появятся здесь, как только загрузятся.',
    en: 'The browser cleared this device’s data. It is still on the server and appears here once it has loaded.',
  },
  'sync.firstTitle': { ru: 'Данные ещё загружаются', en: 'Data is still loading' },
  'sync.part': { ru: 'Ещё загружается…', en: 'Still on its way…' },
  'sync.firstText': {
    ru: 'Они появятся здесь, как только придут с сервера. Создавать новое можно уже сейчас.',
    en: 'It appears here as it comes from the server. You can create new things already.',
  },
  'lost.text': {
    ru: {
      one: 'Браузер очистил данные на этом устройстве вместе с {count} изменением, которое не успело уйти на сервер. Остальное восстанавливается само; это изменение придётся сделать заново.',
      other:
        'Браузер очистил данные на этом устройстве вместе с {count} изменениями, которые не успели уйти на сервер. Остальное восстанавливается само; эти изменения придётся сделать заново.',
    },
    en: {
      one: 'The browser cleared this device’s data, and with it {count} change that had not been sent. The rest is restored by itself; that change has to be made again.',
      other:
        'The browser cleared this device’s data, and with it {count} changes that had not been sent. The rest is restored by itself; those changes have to be made again.',
    },
  },
  'lost.read': { ru: 'Понятно', en: 'I see' },
  'full.text': {
    ru: 'На устройстве кончилось место: новое с сервера и новые изменения не помещаются. Сохранённое раньше не пропадёт и уйдёт на сервер. Освободите место на диске.',
    en: 'This device is out of space: neither news from the server nor new changes fit. What was saved before is not lost and will be sent. Free some disk space.',
  },
  'full.again': { ru: 'Попробовать снова', en: 'Try again' },

  notices: { ru: 'Оповещения', en: 'Notices' },
  'notices.unread': {
    ru: {
      one: 'Оповещения: {count} новое',
      few: 'Оповещения: {count} новых',
      other: 'Оповещения: {count} новых',
    },
    en: 'Notices: {count} new',
  },
  'person.menu': { ru: 'Меню сотрудника {name}', en: 'Menu of {name}' },
  'person.profile': { ru: 'Профиль', en: 'Profile' },
  'person.offlineWork': { ru: 'Работа без сети', en: 'Working offline' },
  'person.keys': { ru: 'Клавиши', en: 'Keyboard' },
  'person.signOut': { ru: 'Выйти', en: 'Sign out' },

  'expired.text': {
    ru: 'Вход на этом устройстве закончился. Всё сделанное сохранено здесь и уйдёт после входа.',
    en: 'You are signed out. Everything you did is kept here and will be sent once you sign in.',
  },
  'expired.signIn': { ru: 'Войти', en: 'Sign in' },
  'revoked.text': {
    ru: 'Доступ этого устройства закрыт. Данные компании стираются с него.',
    en: 'This device’s access was closed. The company’s data is being erased from it.',
  },
  'update.ready': { ru: 'Готова новая версия программы.', en: 'A new version is ready.' },
  'update.needed': {
    ru: 'Эта версия программы устарела: сделанное хранится на устройстве и уйдёт после обновления.',
    en: 'This version is too old: what you do is kept here and will be sent after the update.',
  },
  'outdated.title': { ru: 'Программа обновилась', en: 'The program was updated' },
  'outdated.text': {
    ru: 'Новая версия уже работает с данными этого устройства, здесь открыта прежняя. Всё сделанное и набранное сохранено. Обновите страницу, чтобы продолжить.',
    en: 'A newer version already works with this device’s data; this page still shows the old one. Everything you did and typed is kept. Reload the page to go on.',
  },
  'blocked.title': { ru: 'Программа обновляется', en: 'The program is being updated' },
  'blocked.text': {
    ru: 'Её прежняя версия ещё открыта в другой вкладке или окне. Закройте их, и работа продолжится сама.',
    en: 'Its earlier version is still open in another tab or window. Close them, and work goes on by itself.',
  },
  'update.do': { ru: 'Обновить', en: 'Update' },

  'crash.title': { ru: 'Этот экран не открылся', en: 'This screen did not open' },
  'crash.text': {
    ru: 'В программе ошибка. Данные на устройстве не пострадали. Откройте экран заново.',
    en: 'The program has a fault. Data on the device is intact. Open the screen again.',
  },
  'crash.reload': { ru: 'Открыть заново', en: 'Reload' },
  'noStorage.title': { ru: 'Браузер не даёт хранить данные', en: 'The browser keeps no data' },
  'noStorage.text': {
    ru: 'Interes хранит клиентов и письма на устройстве. Откройте его не в приватном окне и освободите место на диске.',
    en: 'Interes keeps clients and letters on the device. Open it outside a private window and free some disk space.',
  },
  'missing.title': { ru: 'Такой страницы нет', en: 'There is no such page' },
  'missing.text': {
    ru: 'Проверьте адрес или начните с диалогов.',
    en: 'Check the address, or start with the dialogs.',
  },
  'missing.home': { ru: 'К диалогам', en: 'To the dialogs' },
})
