/** One text for each reason why something was not done: what happened, what was not lost, what to do. */
import type { Reason } from '../../shared/reasons.ts'
import { catalogue } from './catalogue.ts'

const texts = {
  'reason.signedOut': {
    ru: 'Вход на этом устройстве закончился. Всё, что сделано, сохранено здесь. Войдите снова, и отправка продолжится.',
    en: 'You are signed out on this device. Everything you did is kept here. Sign in again and sending goes on.',
  },
  'reason.wrongCredentials': {
    ru: 'Почта или пароль не подходят. Проверьте раскладку и Caps Lock.',
    en: 'The e-mail or the password is wrong. Check the keyboard layout and Caps Lock.',
  },
  'reason.forbidden': {
    ru: 'На это нет прав. Ваш вариант сохранён у вас. Попросите доступ у ответственного или администратора.',
    en: 'You have no right to do this. Your version is kept on this device. Ask a manager of the record or an administrator.',
  },
  'reason.blocked': {
    ru: 'Ваш доступ закрыт администратором. Обратитесь к нему.',
    en: 'Your access was closed by an administrator. Please talk to them.',
  },
  'reason.tokenSuspended': {
    ru: 'Токен приостановлен после восстановления данных.',
    en: 'The token is suspended since the data was restored.',
  },
  'reason.revoked': {
    ru: 'Это устройство отключено от программы. Войдите снова, если оно ваше.',
    en: 'This device was disconnected from the program. Sign in again if it is yours.',
  },
  'reason.badOrigin': {
    ru: 'Запрос пришёл не со страницы программы. Откройте Interes по его обычному адресу и повторите.',
    en: 'The request did not come from the program’s page. Open Interes at its usual address and try again.',
  },
  'reason.tooManyRequests': {
    ru: 'Слишком много попыток подряд. Введённое не потеряно. Подождите минуту и повторите.',
    en: 'Too many attempts in a row. What you typed is not lost. Wait a minute and try again.',
  },
  'reason.inviteInvalid': {
    ru: 'Приглашение уже использовано, отозвано или устарело. Попросите администратора прислать новое.',
    en: 'The invitation was used, withdrawn or has expired. Ask an administrator for a new one.',
  },
  'reason.alreadySetUp': {
    ru: 'Компания здесь уже заведена. Войдите или попросите приглашение.',
    en: 'A company has been set up here already. Sign in or ask for an invitation.',
  },
  'reason.emailTaken': {
    ru: 'Сотрудник с такой почтой уже есть. Войдите под ней или укажите другую.',
    en: 'There is an employee with this e-mail already. Sign in with it or give another.',
  },
  'reason.weakPassword': {
    ru: 'Пароль слишком короткий или известен из утечек. Нужно не меньше 10 знаков, лучше несколько слов.',
    en: 'The password is too short or known from leaks. Use at least 10 characters; several words are best.',
  },

  'reason.notFound': {
    ru: 'Этого здесь нет: удалено или не видно вам. Остальное на месте.',
    en: 'It is not here: deleted, or not visible to you. Everything else is in place.',
  },
  'reason.gone': {
    ru: 'Запись удалена или больше вам не видна. Ваш вариант можно скопировать.',
    en: 'The record was deleted or is no longer visible to you. You can copy your version.',
  },
  'reason.invalidRequest': {
    ru: 'Программа отправила непонятный запрос. Данные на устройстве не потеряны. Обновите страницу и повторите.',
    en: 'The program sent a request that was not understood. Data on the device is not lost. Reload and try again.',
  },
  'reason.epochChanged': {
    ru: 'Сервер восстановлен из копии. Данные загружаются заново, ваши неотправленные изменения сохранены.',
    en: 'The server was restored from a backup. Data is being fetched anew; your waiting changes are kept.',
  },
  'reason.programTooOld': {
    ru: 'Эта версия программы устарела. Изменения сохранены на устройстве. Обновите страницу, и они уйдут.',
    en: 'This version of the program is too old. Changes are kept on the device. Reload and they will be sent.',
  },
  'reason.tooLarge': {
    ru: 'Слишком большой объём. Остальное сохранено. Уменьшите файл или текст и повторите.',
    en: 'Too large. Everything else is saved. Make the file or the text smaller and try again.',
  },

  'reason.malformedUpdate': {
    ru: 'Изменение повреждено при отправке. Прежние данные целы. Внесите его ещё раз.',
    en: 'The change was damaged on its way. Earlier data is intact. Make it once more.',
  },
  'reason.foreignWriter': {
    ru: 'Изменение помечено чужим автором. Ваш вариант сохранён. Нажмите «Повторить».',
    en: 'The change carried another author’s mark. Your version is kept. Press “Retry”.',
  },
  'reason.causalGap': {
    ru: 'Перед этим изменением не дошло другое. Ваш вариант сохранён. Нажмите «Повторить».',
    en: 'A change before this one did not arrive. Your version is kept. Press “Retry”.',
  },
  'reason.clockJump': {
    ru: 'Изменение нельзя принять: у него неправдоподобный порядковый номер. Ваш вариант сохранён. Нажмите «Повторить».',
    en: 'The change has an impossible sequence number and was not taken. Your version is kept. Press “Retry”.',
  },
  'reason.unknownType': {
    ru: 'Сервер не знает записей такого вида. Ваш вариант сохранён. Обновите страницу и повторите.',
    en: 'The server does not know this kind of record. Your version is kept. Reload and try again.',
  },
  'reason.unknownField': {
    ru: 'Сервер не знает такого поля. Ваш вариант сохранён. Обновите страницу и повторите.',
    en: 'The server does not know this field. Your version is kept. Reload and try again.',
  },
  'reason.invalidValue': {
    ru: 'Значение не подходит. Ваш вариант сохранён. Исправьте поле и повторите.',
    en: 'The value does not fit. Your version is kept. Correct the field and try again.',
  },
  'reason.missingRequired': {
    ru: 'Обязательное поле пусто. Остальное не потеряно. Заполните его и повторите.',
    en: 'A required field is empty. The rest is not lost. Fill it in and try again.',
  },
  'reason.immutableField': {
    ru: 'Это поле менять нельзя. Остальные данные целы.',
    en: 'This field cannot be changed. All other data is intact.',
  },
  'reason.alreadyDecided': {
    ru: 'Обращение уже разобрал другой сотрудник. Его решение осталось, ваше можно скопировать.',
    en: 'A colleague has already decided on this appeal. Their decision stands; yours can be copied.',
  },
  'reason.mergedMeanwhile': {
    ru: 'Это обращение тем временем объединили с другим: решите по тому. Ваше решение можно скопировать.',
    en: 'Meanwhile this appeal was merged into another one: decide on that. Your decision can be copied.',
  },
  'reason.reasonRequired': {
    ru: 'Нужно указать причину. Остальное не потеряно. Впишите её и повторите.',
    en: 'A reason has to be given. The rest is not lost. Write it and try again.',
  },

  'reason.changedMeanwhile': {
    ru: 'Запись изменили раньше вас. Посмотрите её и повторите.',
    en: 'The record was changed before you. Look at it and try again.',
  },
  'reason.keyReused': {
    ru: 'Под этим ключом уже просили о другом.',
    en: 'Something else was asked for by this key.',
  },
  'reason.duplicate': {
    ru: 'Такая запись уже есть.',
    en: 'There is such a record already.',
  },

  'reason.invalidAddress': {
    ru: 'Это не похоже на адрес почты. Нужен вид имя@компания.ру.',
    en: 'This does not look like an e-mail address. It should be like name@company.com.',
  },
  'reason.parametersNotFound': {
    ru: 'Параметры подключения не нашлись. Укажите серверы вручную: их знает поставщик почты.',
    en: 'No connection parameters were found. Give the servers by hand: the mail provider knows them.',
  },
  'reason.wrongPassword': {
    ru: 'Почтовый сервер не принял пароль. Проверьте раскладку; многим почтам нужен отдельный пароль приложения.',
    en: 'The mail server did not accept the password. Check the layout; many providers want an application password.',
  },
  'reason.needsApplicationPassword': {
    ru: 'Обычный пароль здесь не годится. Создайте у поставщика почты пароль приложения и впишите его.',
    en: 'The usual password does not work here. Create an application password at the provider and type that.',
  },
  'reason.imapDisabled': {
    ru: 'Доступ по IMAP выключен. Включите его в настройках ящика у поставщика и нажмите ещё раз.',
    en: 'IMAP access is switched off. Switch it on in the mailbox settings at the provider and try again.',
  },
  'reason.certificate': {
    ru: 'Сертификат сервера не подтверждён, пароль не отправлен. Проверьте имя сервера.',
    en: 'The server’s certificate is not trusted, so the password was not sent. Check the server’s name.',
  },
  'reason.hostUnknown': {
    ru: 'Сервера с таким именем нет. Проверьте, как оно написано.',
    en: 'There is no server with this name. Check how it is written.',
  },
  'reason.hostNotAllowed': {
    ru: 'К этому серверу подключаться нельзя: он во внутренней сети или подключение к нему не защищено. Выберите другой сервер или вид защиты либо обратитесь к администратору.',
    en: 'Connecting to this server is not allowed: it is in the internal network, or the connection is not secured. Choose another server or kind of security, or ask an administrator.',
  },
  'reason.connectionRefused': {
    ru: 'Сервер не принимает подключения. Проверьте порт и вид защиты.',
    en: 'The server takes no connections. Check the port and the kind of security.',
  },
  'reason.timedOut': {
    ru: 'Сервер не ответил вовремя. Введённое не потеряно. Повторите немного позже.',
    en: 'The server did not answer in time. What you typed is not lost. Try again a little later.',
  },
  'reason.temporarilyBlocked': {
    ru: 'Поставщик почты временно закрыл вход в ящик. Подождите или зайдите в ящик в браузере и подтвердите, что это вы.',
    en: 'The provider has closed the mailbox for a while. Wait, or open it in a browser and confirm it is you.',
  },
  'reason.providerError': {
    ru: 'Почтовый сервер ответил ошибкой. Ничего не потеряно, мы повторим сами.',
    en: 'The mail server answered with an error. Nothing is lost; we shall try again.',
  },
  'reason.accountExists': {
    ru: 'Этот ящик уже подключён. Найдите его в списке учётных записей.',
    en: 'This mailbox is connected already. Look for it in the list of accounts.',
  },

  'reason.serviceNotConnected': {
    ru: 'Заполнение по ИНН не подключено. Впишите данные вручную или попросите администратора подключить его в настройках.',
    en: 'Filling in by INN is not connected. Type the data by hand, or ask an administrator to connect it in the settings.',
  },
  'reason.serviceKeyRefused': {
    ru: 'Сервис не принял ключ: он неверен, отозван или исчерпан на сегодня. Введённое не потеряно. Проверьте ключ в личном кабинете сервиса.',
    en: 'The service refused the key: it is wrong, withdrawn or used up for today. What you typed is not lost. Check the key in your account there.',
  },
  'reason.serviceUnavailable': {
    ru: 'Сервис сейчас не отвечает как следует. Введённое не потеряно. Впишите данные вручную или повторите позже.',
    en: 'The service does not answer properly now. What you typed is not lost. Type the data by hand or try again later.',
  },

  'reason.recipientRefused': {
    ru: 'Сервер не принял адрес получателя. Письмо сохранено. Исправьте адрес и отправьте снова.',
    en: 'The server refused the recipient’s address. The letter is kept. Correct the address and send again.',
  },
  'reason.messageTooLarge': {
    ru: 'Письмо больше, чем принимает сервер. Оно сохранено. Уберите часть вложений и отправьте снова.',
    en: 'The letter is larger than the server takes. It is kept. Remove some attachments and send again.',
  },
  'reason.bounced': {
    ru: 'Письмо вернулось: получатель его не принял. Текст сохранён. Проверьте адрес.',
    en: 'The letter came back: the recipient did not take it. Its text is kept. Check the address.',
  },
  'reason.outcomeUnknown': {
    ru: 'Связь оборвалась в момент отправки, и неизвестно, ушло ли письмо. Проверьте «Отправленные», прежде чем повторять.',
    en: 'The connection broke while sending, so it is unknown whether the letter left. Check “Sent” before sending again.',
  },
  'reason.fileMissing': {
    ru: 'Файл вложения не найден. Текст сохранён. Приложите файл ещё раз.',
    en: 'The attached file was not found. The text is kept. Attach the file again.',
  },

  'reason.connectorsAway': {
    ru: 'Служба почты не запущена. Введённое не потеряно. Повторите позже или обратитесь к администратору.',
    en: 'The mail service is not running. What you typed is not lost. Try later or ask an administrator.',
  },
  'reason.ring': {
    ru: 'Так компания вошла бы сама в себя. Прежняя связь осталась. Выберите другую.',
    en: 'That would make the company a part of itself. The link is as it was. Choose another.',
  },
  'reason.fieldRestricted': {
    ru: 'Поле теперь видят не все, и его значения хранятся отдельно. Ваш вариант сохранён у вас. Повторите изменение, и оно попадёт на своё место.',
    en: 'Not everyone sees this field any more, and its values are kept apart. Your version is kept on this device. Make the change again, and it goes where it belongs.',
  },
  'reason.contractInForce': {
    ru: 'Нельзя удалить: с клиентом есть договор в статусе «Действует», пусть срок его и истёк. Завершите или расторгните его, тогда клиента можно будет удалить.',
    en: 'It cannot be deleted: a contract with the client has the status “In force”, even if it is past its end. End or terminate it, then the client can be deleted.',
  },
  'reason.numberTaken': {
    ru: 'Такой номер уже есть у другого документа. Введённое не потеряно: укажите другой номер или оставьте его пустым.',
    en: 'Another document has this number. What you typed is not lost: give another number or leave it empty.',
  },
  'reason.numberGiven': {
    ru: 'У документа уже есть номер, он больше не меняется. Остальное не потеряно.',
    en: 'The document has its number already, and it does not change any more. Nothing else is lost.',
  },
  'reason.inUse': {
    ru: 'Запись используется, поэтому её нельзя изменить или удалить. Сначала замените её там, где она указана.',
    en: 'The entry is in use and cannot be changed or deleted. First replace it where it is named.',
  },
  'reason.systemEntry': {
    ru: 'Это системная запись: на неё опирается программа. Её можно переименовать, но нельзя удалить.',
    en: 'This is a system entry: the program relies on it. It can be renamed but not deleted.',
  },
  'reason.overloaded': {
    ru: 'Сервер занят. Ничего не потеряно, программа повторит сама.',
    en: 'The server is busy. Nothing is lost; the program will try again.',
  },
  'reason.deviceFull': {
    ru: 'На устройстве кончилось место, поэтому это не сохранено. Набранное осталось на экране: освободите место и повторите.',
    en: 'This device is out of space, so this was not saved. What you typed is still on the screen: free some space and try again.',
  },
  'reason.storageFull': {
    ru: 'Кончилось место. Сделанное сохранено на устройстве. Сообщите администратору.',
    en: 'Storage is full. What you did is kept on the device. Please tell an administrator.',
  },
  'reason.restarting': {
    ru: 'Сервер перезапускается. Ничего не потеряно, через минуту всё уйдёт само.',
    en: 'The server is restarting. Nothing is lost; all will be sent in a minute.',
  },
  'reason.internal': {
    ru: 'На сервере случилась ошибка. Ваши данные на устройстве целы. Повторите; если не поможет, сообщите администратору.',
    en: 'The server had an error. Your data on the device is intact. Try again; if it stays, tell an administrator.',
  },
  'reason.unreadableFile': {
    ru: 'Файл не читается: он повреждён или другого вида. Сохраните его заново как .xlsx или CSV и повторите.',
    en: 'The file cannot be read: it is damaged or of another kind. Save it again as .xlsx or CSV and try again.',
  },
  'reason.emptyFile': {
    ru: 'В файле нет ни одной строки. Проверьте, тот ли это файл и на том ли листе таблица.',
    en: 'There is not a single row in the file. Check that it is the right file and the table is on its first sheet.',
  },
  'reason.oldWorkbook': {
    ru: 'Это книга Excel старого вида или с паролем. Сохраните её без пароля как .xlsx или CSV и повторите.',
    en: 'This is a workbook of an old Excel, or one with a password. Save it as .xlsx or CSV without a password and try again.',
  },
  'reason.tooManyRows': {
    ru: 'В файле больше 300 000 строк. Разделите его на части и загрузите их по очереди.',
    en: 'The file has more than 300,000 rows. Split it and import the parts one after another.',
  },
  'reason.unreachable': {
    ru: 'Нет связи с сервером. Введённое не потеряно. Проверьте сеть и повторите.',
    en: 'The server cannot be reached. What you typed is not lost. Check the network and try again.',
  },
} satisfies Record<`reason.${Reason}`, { ru: string; en: string }>

const t = catalogue(texts)

/** What to tell the person. */
export const reasonText = (reason: Reason): string => t(`reason.${reason}`)
