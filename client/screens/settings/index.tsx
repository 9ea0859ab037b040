/** Настройки: tiles, and a page behind each. */
import { Redirect } from 'wouter-preact'
import { lazy } from '../../frame/lazy.tsx'
import { TrashPage } from '../trash/trash-page.tsx'
import { AccountPage } from './account-page.tsx'
import { CompaniesPage } from './companies-page.tsx'
import { DepartmentsPage } from './departments-page.tsx'
import { DevicePage } from './device-page.tsx'
import { DirectoriesPage } from './directories/directories-page.tsx'
import { EmployeePage } from './employee-page.tsx'
import { EmployeesPage } from './employees-page.tsx'
import { FieldsPage } from './fields/fields-page.tsx'
import { MailPage } from './mail-page.tsx'
import { NewMailPage } from './new-mail-page.tsx'
import { NumberingPage } from './numbering-page.tsx'
import { RolesPage } from './roles-page.tsx'
import { SalesPage } from './sales/sales-page.tsx'
import { Tiles } from './tiles.tsx'

/** Opened seldom, and larger than the rest. */
const ArchivesPage = lazy(async () => (await import('../archives/archives-page.tsx')).ArchivesPage)
const OrganisationPage = lazy(
  async () => (await import('../organisation/organisation-page.tsx')).OrganisationPage,
)
const TemplatesPage = lazy(
  async () => (await import('../templates/templates-page.tsx')).TemplatesPage,
)
const TemplatePage = lazy(async () => (await import('../templates/template-page.tsx')).TemplatePage)
const ImportPage = lazy(async () => (await import('../import/index.tsx')).ImportPage)
const ProgramsPage = lazy(async () => (await import('../programs/programs-page.tsx')).ProgramsPage)

interface Props {
  params: { section?: string; item?: string }
}

export const SettingsScreen = ({ params: { section, item } }: Props) => {
  switch (section) {
    case undefined:
      return <Tiles />
    case 'mail':
      if (item === undefined) return <MailPage />
      return item === 'new' ? <NewMailPage /> : <AccountPage key={item} id={item} />
    case 'employees':
      return item === undefined ? <EmployeesPage /> : <EmployeePage key={item} id={item} />
    case 'roles':
      return <RolesPage />
    case 'departments':
      return <DepartmentsPage />
    case 'companies':
      return <CompaniesPage />
    case 'directories':
      return <DirectoriesPage key={item} {...(item !== undefined && { name: item })} />
    case 'fields':
      return <FieldsPage key={item} {...(item !== undefined && { type: item })} />
    case 'documents':
      return <NumberingPage />
    case 'sales':
      return <SalesPage />
    case 'organisation':
      return <OrganisationPage />
    case 'templates':
      return item === undefined ? <TemplatesPage /> : <TemplatePage key={item} id={item} />
    case 'device':
      return <DevicePage />
    case 'import':
      return <ImportPage />
    case 'archives':
      return <ArchivesPage />
    case 'api':
      return <ProgramsPage />
    case 'trash':
      return <TrashPage />
    default:
      return <Redirect to="/settings" replace />
  }
}
