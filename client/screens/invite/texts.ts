import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Приглашение в «{company}»', en: 'Invitation to {company}' },
  titleUnknown: { ru: 'Приглашение', en: 'Invitation' },
  intro: {
    ru: 'Придумайте пароль, и можно работать.',
    en: 'Choose a password and you can start.',
  },
  accept: { ru: 'Начать работу', en: 'Start working' },
  retry: { ru: 'Повторить', en: 'Try again' },
  toSignIn: { ru: 'Ко входу', en: 'To sign-in' },
  signedInAlready: {
    ru: 'На этом устройстве уже работает {name}. Откройте приглашение в другом браузере или сначала выйдите.',
    en: '{name} works on this device already. Open the invitation in another browser, or sign out first.',
  },
  toProgram: { ru: 'Открыть программу', en: 'Open the program' },
})
