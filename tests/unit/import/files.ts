/**
 * Files as programs and people really make them: header sets, encodings and faults of 1С, Битрикс24,
 * amoCRM, Google, Outlook, Yandex, Apple and Excel. Made here and not kept as bytes, so that one can
 * read what is in them.
 */
import type { Encoding } from '../../../client/import/read/encoding.ts'
import { xlsx } from './spreadsheet.ts'

/** Node writes no code pages: each is turned round from what its decoder reads. */
export const encoded = (text: string, encoding: Encoding): Uint8Array => {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = new Uint8Array(text.length * 2)
    const view = new DataView(bytes.buffer)
    for (let at = 0; at < text.length; at++)
      view.setUint16(at * 2, text.charCodeAt(at), encoding === 'utf-16le')
    return bytes
  }
  const decoder = new TextDecoder(encoding)
  const bytes = new Map<string, number>()
  for (let byte = 255; byte >= 0; byte--) bytes.set(decoder.decode(Uint8Array.of(byte)), byte)
  return Uint8Array.from(text, (letter) => {
    const byte = bytes.get(letter)
    if (byte === undefined) throw new Error(`no «${letter}» in ${encoding}`)
    return byte
  })
}

const bom = '\uFEFF'
export const lines = (rows: string[], end = '\r\n') => rows.join(end) + end

/** Real check digits. */
export const inns = [
  '7707083893',
  '7736050003',
  '7740000076',
  '7728168971',
  '500100732259',
] as const

const bitrixCompanies = [
  'ID;Название компании;Тип компании;Сфера деятельности;Рабочий телефон;Мобильный телефон;Номер факса;Корпоративный сайт;Рабочий e-mail;Частный e-mail;Адрес;Юридический адрес;Ответственный;Комментарий;Дата создания',
  '12;"ООО ""Ромашка""";Клиент;Торговля;+7 495 123-45-67, 8 (916) 765-43-21;;;romashka.test;info@romashka.test;;"Москва, ул. Ленина, 5";"119019, Москва, ул. Ленина, 5";Анна Смирнова;"Постоянный',
  'клиент";12.03.2024 10:11:12',
  '13;АО «Вектор»;Поставщик;;84957778899;;;;sales@vektor.test;boss@vektor.test;;;;;13.03.2024',
]

export const files: Record<string, Uint8Array> = {
  '1c-contractors-1251.csv': encoded(
    lines([
      'Код;Наименование;Полное наименование;Вид контрагента;ИНН;КПП;Юридический адрес;Фактический адрес;Телефон;Электронная почта;Контактное лицо',
      `00-000001;Ромашка ООО;"Общество с ограниченной ответственностью ""Ромашка""";Юридическое лицо;${inns[0]};773601001;"117997, Москва г, Вавилова ул, дом № 19";;(495) 123-45-67;info@romashka.test;Иванов Иван`,
      `00-000002;Сидоров Пётр ИП;ИП Сидоров Пётр Ильич;Индивидуальный предприниматель;${inns[4]};;;;8-916-111-22-33;;`,
    ]),
    'windows-1251',
  ),
  '1c-report-title.xlsx': xlsx({
    rows: [
      ['Список контрагентов на 12.03.2024'],
      ['Организация: ООО «Наша фирма»'],
      [],
      [null, 'Контрагент', null, 'ИНН/КПП', 'Контакты', null, 'Договор от'],
      [null, null, null, null, 'Телефон', 'Адрес эл. почты', null],
      [
        null,
        'ООО «Лютик»',
        null,
        `${inns[1]} / 770101001`,
        '+7 (495) 111-22-33',
        'a@lutik.test',
        { xml: ' s="1"><v>45363</v></c>' },
      ],
      [null, 'ООО «Лютик»', null, `${inns[1]} / 770101001`, '+7 (495) 111-22-34', '', null],
      [
        null,
        'АО «Мак»',
        null,
        `${inns[2]}`,
        84951112235,
        'b@mak.test',
        { xml: ' s="3"><v>45364</v></c>' },
      ],
    ],
    merges: ['A1:G1', 'B4:B5', 'D4:D5', 'E4:F4', 'G4:G5'],
  }),
  'bitrix-companies-utf8-bom.csv': encoded(bom + lines(bitrixCompanies), 'utf-8'),
  'bitrix-contacts-1251.csv': encoded(
    lines([
      '"ID";"Обращение";"Имя";"Отчество";"Фамилия";"Дата рождения";"Тип контакта";"Компания";"Должность";"Рабочий телефон";"Мобильный телефон";"Рабочий e-mail";"Ответственный"',
      '"7";"г-н";"Олег";"Игоревич";"Щукин";"05.01.1980";"Клиенты";"ООО Ромашка";"Директор";"+74951234567";"89161234567";"oleg@romashka.test";""',
      '"8";"";"Юлия";"";"Ёжикова";"";"";"";"";"";"8 903 555 44 33";"julia@mail.test";""',
    ]),
    'windows-1251',
  ),
  'amocrm-contacts.csv': encoded(
    lines(
      [
        'ID,Полное имя контакта,Имя контакта,Фамилия,Компания контакта,Ответственный,Теги,Рабочий телефон,Мобильный телефон,Рабочий email,Должность,Примечание 1',
        '1,Анна Белова,Анна,Белова,ООО «Вега»,,"выставка, vip","\'+74951110000","\'+79031110000",anna@vega.test,Закупки,позвонить в марте',
        '2,Глеб,Глеб,,,,,,,gleb@mail.test,,',
      ],
      '\n',
    ),
    'utf-8',
  ),
  'amocrm-companies.xlsx': xlsx({
    shared: false,
    rows: [
      [
        'ID',
        'Название компании',
        'Дата создания',
        'Ответственный',
        'Теги',
        'Телефон',
        'Email',
        'Web',
        'Адрес',
      ],
      [
        1001,
        'Завод «Прогресс»',
        '01.02.2024',
        '',
        'опт',
        '+7 812 333-44-55',
        'zavod@progress.test',
        'progress.test',
        'Санкт-Петербург',
      ],
    ],
  }),
  'google-contacts.csv': encoded(
    lines(
      [
        'First Name,Middle Name,Last Name,Nickname,Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Formatted,Website 1 - Value',
        'Мария,Петровна,Козлова,,ООО «Сатурн»,Бухгалтер,1985-04-12,звонить утром,https://lh3.test/p,Клиенты ::: * myContacts,Work,maria@saturn.test,Home,masha@mail.test,Mobile,+7 916 123-45-60 ::: +7 916 123-45-61,"Москва, Арбат, 1",https://saturn.test',
        'John,,Smith,,,,,,,* myContacts,* ,john@smith.test,,,Work,+44 20 7946 0958,,',
      ],
      '\n',
    ),
    'utf-8',
  ),
  'google-contacts-old-utf16.csv': encoded(
    bom +
      lines([
        'Name,Given Name,Additional Name,Family Name,Yomi Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title',
        'Лев Гусев,Лев,,Гусев,,* myContacts,* Work,lev@gusev.test,Mobile,8 (905) 000-11-22,,Типография №1,печатник',
      ]),
    'utf-16le',
  ),
  'outlook-en.csv': encoded(
    lines([
      '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street","Business City","Business Postal Code","Business Country/Region","Home Street","Business Fax","Business Phone","Business Phone 2","Home Phone","Mobile Phone","Categories","E-mail Address","E-mail 2 Address","Notes","Web Page"',
      '"Mr.","Peter","","Brown","","Brown & Sons, Ltd","Sales","Buyer","1 High Street","London","SW1A 1AA","United Kingdom","","","+44 20 7946 0000","","","+44 7700 900123","Business;VIP","peter@brown.test","","met at ""Expo""","http://brown.test"',
    ]),
    'utf-8',
  ),
  'outlook-ru-1251.csv': encoded(
    lines([
      '"Обращение","Имя","Отчество","Фамилия","Суффикс","Организация","Отдел","Должность","Улица (раб. адрес)","Город (раб. адрес)","Почтовый код (раб. адрес)","Рабочий факс","Рабочий телефон","Телефон раб. 2","Домашний телефон","Телефон переносной","Адрес эл. почты","Адрес 2 эл. почты","Заметки","Категории"',
      '"","Нина","Олеговна","Цой","","ЗАО «Юпитер»","","Юрист","Мира, 3","Казань","420000","+7 843 111-11-11","+7 843 222-22-22","","","+7 917 333-33-33","nina@upiter.test","","",""',
    ]),
    'windows-1251',
  ),
  'yandex-contacts.csv': encoded(
    lines(
      ['Фамилия,Имя,Отчество,Почта,Телефон,Компания', 'Орлов,Яков,,yakov@orlov.test,+79261234567,'],
      '\n',
    ),
    'utf-8',
  ),
  // A page that calls itself a workbook, as its exports to Excel are.
  'bitrix-contacts.xls': encoded(
    `<html>
<head>
<title>Контакты</title>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
<style>
td {mso-number-format:\\@;}
</style>
</head>
<body>
<table border="1">
<thead><tr><th>ID</th><th>Имя</th><th>Фамилия</th><th colspan="2">Рабочий телефон</th><th>Компания</th></tr></thead>
<tbody>
<tr><td>7</td><td>Олег</td><td>Щукин</td><td>+7 495 123-45-67<br>+7 495 123-45-68</td><td>89161234567</td><td rowspan="2">ООО &quot;Ромашка&quot; &amp; сыновья</td></tr>
<tr><td>8</td><td>Юлия</td><td>Ёжикова</td><td>
  8 903 555
  44 33</td><td></td></tr>
</tbody>
</table>
</body>
</html>`,
    'windows-1251',
  ),
  // Quotes put round a cell by hand, not doubled inside; one of them never closed.
  '1c-broken-quotes.csv': encoded(
    lines([
      'Наименование;Телефон;Комментарий',
      '"ООО "Ромашка"";+7 495 123-45-67;"две',
      'строки"',
      '"Вектор" АО;+7 495 123-45-68;',
      '"АО ""Мак""";+7 495 123-45-69;"цвет ""алый"""',
      'Труба 20";+7 495 123-45-70;',
      '"ООО Обрыв;+7 495 123-45-71;',
      'ООО Последнее;+7 495 123-45-72;',
    ]),
    'windows-1251',
  ),
  'koi8-clients.csv': encoded(
    lines(
      [
        'Название\tТелефон\tПочта',
        'Общество Восход\t8 351 222-33-44\toffice@voshod.test',
        'Общество Закат\t8 351 222-33-45\t',
      ],
      '\n',
    ),
    'koi8-r',
  ),
  'mac-cr-only.csv': encoded(
    lines(
      [
        'Клиент;Телефон;E-mail',
        'ООО «Кит»;"+7 495 000-00-01\n+7 495 000-00-02";kit@kit.test',
        'ООО «Слон»;+7 495 000-00-03;',
      ],
      '\r',
    ),
    'utf-8',
  ),
  'excel-utf16be.txt': encoded(
    bom + lines(['Наименование\tИНН\tТелефон', `Газ\t${inns[1]}\t+7 495 719-30-01`]),
    'utf-16be',
  ),
  'excel-sep-line.csv': encoded(
    `sep=;\r\n${lines(['Компания;ИНН;Телефон', `ООО «Альфа»;="${inns[3]}";="84957889900"`])}`,
    'utf-8',
  ),
  'excel-phones.xlsx': xlsx({
    rows: [
      ['Фирма', 'Тел.', 'ИНН', 'КПП', 'Сумма', 'Дата'],
      [
        'ООО «Экспонента»',
        { xml: '><v>7.9161234567E10</v></c>' },
        { xml: ' s="2"><v>277015840</v></c>' },
        { xml: '><v>27701001</v></c>' },
        { xml: '><f>1+2.5</f><v>3.5</v></c>' },
        { xml: ' s="1"><v>45000</v></c>' },
      ],
      [
        { xml: ' t="str"><f>"ООО "&amp;"Формула"</f><v>ООО Формула</v></c>' },
        '8(495)111-11-11; 8(495)222-22-22',
        { xml: ' t="e"><v>#N/A</v></c>' },
        null,
        0.1 + 0.2,
        { xml: ' s="3"><v>45000.5</v></c>' },
      ],
    ],
  }),
  'csv-exponent.csv': encoded(
    lines(['Название;Телефон', 'ООО «Потеря»;7,9161E+10', 'ООО «Целый»;7.9161234567E+10']),
    'utf-8',
  ),
  'no-header.csv': encoded(
    lines([
      'ООО «Без шапки»;+7 495 100-20-30;no@header.test',
      'АО «Тоже»;+7 495 100-20-31;also@header.test',
    ]),
    'utf-8',
  ),
  'empty-columns.csv': encoded(
    lines([
      ';;;;',
      ';Название;;Телефон;',
      ';ООО «Дыра»;;+7 495 555-55-55;',
      ';;;;',
      ';ООО «Окно»;;+7 495 555-55-56;',
    ]),
    'utf-8',
  ),
  'injection.csv': encoded(
    lines(['Название;Заметка', "=cmd|' /C calc'!A0;-2+3", '\'=HYPERLINK("http://x.test");@SUM(1)']),
    'utf-8',
  ),
  'thousand-columns.csv': encoded(
    lines([
      ['Название', ...Array.from({ length: 1499 }, (_, n) => `Поле ${n}`)].join(';'),
      ['ООО «Ширь»', ...Array.from({ length: 1499 }, (_, n) => `${n}`)].join(';'),
    ]),
    'utf-8',
  ),
  'outlook-21.vcf': encoded(
    lines([
      'BEGIN:VCARD',
      'VERSION:2.1',
      'N;LANGUAGE=ru;CHARSET=windows-1251:Лосев;Артём;Павлович',
      'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D1=80=D1=82=D1=91=D0=BC=20=',
      '=D0=9B=D0=BE=D1=81=D0=B5=D0=B2',
      'ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9E=D0=9E=D0=9E=20=D0=9B=D0=B5=D1=81',
      'TEL;WORK;VOICE:+7 (3952) 11-22-33',
      'TEL;CELL;VOICE:8 902 111 22 33',
      'EMAIL;PREF;INTERNET:losev@les.test',
      'PHOTO;TYPE=JPEG;ENCODING=BASE64:',
      ' /9j/4AAQSkZJRgABAQEAYABgAAD',
      '',
      'END:VCARD',
    ]),
    'windows-1251',
  ),
  'apple-30.vcf': encoded(
    lines([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'PRODID:-//Apple Inc.//iOS 17.0//EN',
      'N:Волкова;Дарья;;;',
      'FN:Дарья Волкова',
      'ORG:ООО «Волна\\; море»;Отдел',
      'TITLE:Логист',
      'item1.TEL;type=pref:+7 921 000-00-01',
      'item1.X-ABLabel:_$!<Other>!$_',
      'TEL;type=CELL;type=VOICE:+7 921 000-00-02',
      'TEL;type=CELL;type=VOICE:+7 921 000-00-03',
      'EMAIL;type=INTERNET;type=HOME:dasha@mail.test',
      'item2.ADR;type=WORK:;;Невский пр.\\, 1;Санкт-Петербург;;191186;Россия',
      'BDAY;value=date:1990-07-05',
      'NOTE:Любит короткие пись',
      ' ма',
      'END:VCARD',
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:;;;;',
      'FN:Кофейня у дома',
      'ORG:Кофейня у дома;',
      'TEL;type=WORK:+7 921 000-00-04',
      'END:VCARD',
    ]),
    'utf-8',
  ),
  'rfc6350-40.vcf': encoded(
    lines([
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:Зоя Ким',
      'N:Ким;Зоя;;;',
      'TEL;VALUE=uri;TYPE="voice,work":tel:+7-812-000-00-05',
      'EMAIL;TYPE=work:zoya@kim.test',
      'END:VCARD',
    ]),
    'utf-8',
  ),
}
