import { catalogue } from '../../../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Из соцсетей', en: 'From social networks' },
  show: { ru: 'Показать картинки', en: 'Show the pictures' },
  about: {
    ru: 'Картинки запросит сервер. Сайты узнают, что страницей интересуются, но не вашу сеть и не ваше устройство.',
    en: 'The server asks for the pictures. The sites learn that somebody looks at the page, but neither your network nor your device.',
  },
  offline: {
    ru: 'Картинки можно будет запросить, когда появится сеть.',
    en: 'The pictures can be asked for when the network is back.',
  },
  asking: { ru: 'Спрашиваем сайты…', en: 'Asking the sites…' },
  found: {
    ru: {
      one: 'Найдена {count} картинка',
      few: 'Найдены {count} картинки',
      other: 'Найдено {count} картинок',
    },
    en: { one: '{count} picture was found', other: '{count} pictures were found' },
  },
  none: { ru: 'Картинок не нашлось', en: 'No pictures were found' },
  take: { ru: 'Взять картинку: {name}, {address}', en: 'Take the picture: {name}, {address}' },
  site: { ru: 'Сайт', en: 'Site' },
  againFor: { ru: 'Спросить ещё раз: {address}', en: 'Ask again: {address}' },
  'missing.notFound': {
    ru: 'На странице нет картинки',
    en: 'There is no picture on the page',
  },
  'missing.hostUnknown': {
    ru: 'Такого сайта нет. Проверьте ссылку в карточке',
    en: 'There is no such site. Check the link in the card',
  },
  'missing.hostNotAllowed': {
    ru: 'По такой ссылке сервер не ходит: нужен открытый сайт с https',
    en: 'The server does not follow such links: an open site with https is needed',
  },
  'missing.invalidAddress': {
    ru: 'Это не ссылка на страницу. Проверьте её в карточке',
    en: 'This is no link to a page. Check it in the card',
  },
  'missing.tooLarge': {
    ru: 'Картинка слишком большая: больше 5 МБ или 50 Мпикс',
    en: 'The picture is too large: more than 5 MB or 50 Mpx',
  },
  'missing.timedOut': {
    ru: 'Сайт не ответил за 10 секунд',
    en: 'The site did not answer within 10 seconds',
  },
  'missing.serviceUnavailable': {
    ru: 'Сайт недоступен или показывает страницу только тем, кто вошёл',
    en: 'The site is down, or shows the page only to those who are signed in',
  },
  'missing.serviceNotConnected': {
    ru: 'Картинки по ссылкам выключены на сервере',
    en: 'Pictures by links are switched off at the server',
  },
  'missing.unreachable': {
    ru: 'Нет связи с сервером. Спросите ещё раз, когда появится сеть',
    en: 'The server cannot be reached. Ask again when the network is back',
  },
  'missing.tooManyRequests': {
    ru: 'Слишком много запросов подряд. Подождите минуту',
    en: 'Too many requests in a row. Wait a minute',
  },
})
