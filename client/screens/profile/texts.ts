import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Профиль', en: 'Profile' },
  self: { ru: 'О вас', en: 'About you' },
  name: { ru: 'ФИО', en: 'Full name' },
  phone: { ru: 'Телефон', en: 'Phone' },
  position: { ru: 'Должность', en: 'Position' },
  email: { ru: 'Электронная почта', en: 'E-mail' },
  look: { ru: 'Вид', en: 'Look' },
  language: { ru: 'Язык', en: 'Language' },
  theme: { ru: 'Тема', en: 'Theme' },
  'theme.system': { ru: 'Системная', en: 'System' },
  'theme.light': { ru: 'Светлая', en: 'Light' },
  'theme.dark': { ru: 'Тёмная', en: 'Dark' },
  password: { ru: 'Пароль', en: 'Password' },
  current: { ru: 'Нынешний пароль', en: 'Current password' },
  next: { ru: 'Новый пароль', en: 'New password' },
  nextHint: {
    ru: 'Не короче 10 знаков; лучше несколько слов',
    en: 'At least 10 characters; several words are best',
  },
  change: { ru: 'Сменить пароль', en: 'Change the password' },
  changed: {
    ru: 'Пароль сменён. На других устройствах нужно войти снова.',
    en: 'The password was changed. Other devices have to sign in again.',
  },
  wrongCurrent: { ru: 'Нынешний пароль не подходит', en: 'The current password is wrong' },
  signOut: { ru: 'Выйти на этом устройстве', en: 'Sign out on this device' },
})
