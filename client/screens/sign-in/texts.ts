import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Вход', en: 'Sign in' },
  email: { ru: 'Электронная почта', en: 'E-mail' },
  password: { ru: 'Пароль', en: 'Password' },
  signIn: { ru: 'Войти', en: 'Sign in' },
  otherPerson: {
    ru: 'На этом устройстве работает {name}. Войдите под той же почтой; чтобы сменить сотрудника, сначала выйдите.',
    en: '{name} works on this device. Sign in with the same e-mail; to change the person, sign out first.',
  },
  offline: {
    ru: 'Нет связи с сервером. Первый вход на устройстве возможен только с сетью.',
    en: 'The server cannot be reached. The first sign-in on a device needs a network.',
  },
  retry: { ru: 'Повторить', en: 'Try again' },
})
