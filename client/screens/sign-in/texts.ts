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
  blocked: { ru: 'Администратор закрыл вам доступ.', en: 'An administrator closed your access.' },
  revoked: { ru: 'Это устройство отключено.', en: 'This device was disconnected.' },
  erased: {
    ru: 'Данные компании стёрты с этого устройства. На сервере они остались.',
    en: 'The company’s data was erased from this device. It is still on the server.',
  },
  lost: {
    ru: {
      one: 'Вместе с ними пропало {count} неотправленное изменение.',
      few: 'Вместе с ними пропали {count} неотправленных изменения.',
      other: 'Вместе с ними пропало {count} неотправленных изменений.',
    },
    en: {
      one: '{count} change that had not been sent was lost with it.',
      other: '{count} changes that had not been sent were lost with it.',
    },
  },
  retry: { ru: 'Повторить', en: 'Try again' },
})
