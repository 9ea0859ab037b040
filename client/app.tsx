/** Addresses of the program. Every screen is a chunk of its own. */
import { Compass } from 'lucide-preact'
import { Redirect, Route, Switch } from 'wouter-preact'
import { EmptyState, LinkButton, Toasts } from './design/index.ts'
import { lazy } from './frame/lazy.tsx'
import { Shell } from './frame/shell.tsx'
import { Start } from './frame/start.tsx'
import { t } from './frame/texts.ts'
import type { SessionStore } from './session/index.ts'

const DialogsScreen = lazy(async () => (await import('./screens/dialogs/index.tsx')).DialogsScreen)
const ClientsScreen = lazy(async () => (await import('./screens/clients/list.tsx')).ClientsScreen)
const DuplicatesScreen = lazy(
  async () => (await import('./screens/duplicates/index.tsx')).DuplicatesScreen,
)
const CompletenessPage = lazy(
  async () => (await import('./screens/completeness/completeness-page.tsx')).CompletenessPage,
)
const ClassesPage = lazy(
  async () => (await import('./screens/classes/classes-page.tsx')).ClassesPage,
)
const PortraitPage = lazy(
  async () => (await import('./screens/portrait/portrait-page.tsx')).PortraitPage,
)
const SegmentsPage = lazy(
  async () => (await import('./screens/segments/segments-page.tsx')).SegmentsPage,
)
const ClientScreen = lazy(async () => (await import('./screens/clients/card.tsx')).ClientScreen)
const PersonScreen = lazy(async () => (await import('./screens/clients/card.tsx')).PersonScreen)
const InterestsScreen = lazy(
  async () => (await import('./screens/interests/index.tsx')).InterestsScreen,
)
const InterestScreen = lazy(
  async () => (await import('./screens/interests/index.tsx')).InterestScreen,
)
const DocumentsScreen = lazy(
  async () => (await import('./screens/documents/index.tsx')).DocumentsScreen,
)
const ContractScreen = lazy(
  async () => (await import('./screens/documents/index.tsx')).ContractScreen,
)
const ProductsScreen = lazy(
  async () => (await import('./screens/products/list.tsx')).ProductsScreen,
)
const ProductScreen = lazy(async () => (await import('./screens/products/card.tsx')).ProductScreen)
const NewsScreen = lazy(async () => (await import('./screens/news/index.tsx')).NewsScreen)
const MailScreen = lazy(async () => (await import('./screens/mail/index.tsx')).MailScreen)
const TasksScreen = lazy(async () => (await import('./screens/tasks/index.tsx')).TasksScreen)
const CalendarScreen = lazy(
  async () => (await import('./screens/calendar/calendar-screen.tsx')).CalendarScreen,
)
const SettingsScreen = lazy(
  async () => (await import('./screens/settings/index.tsx')).SettingsScreen,
)
const ProfileScreen = lazy(
  async () => (await import('./screens/profile/profile-screen.tsx')).ProfileScreen,
)
const OfflineWorkScreen = lazy(
  async () => (await import('./screens/offline-work/offline-work-screen.tsx')).OfflineWorkScreen,
)

/** Screens that the program is mostly begun with, by their addresses. */
const beginnings: readonly [path: RegExp, screen: { preload: () => Promise<void> }][] = [
  [/^\/(dialogs|$)/, DialogsScreen],
  [/^\/(clients|persons)$/, ClientsScreen],
  [/^\/clients\/[\da-f-]{36}$/, ClientScreen],
  [/^\/interests$/, InterestsScreen],
  [/^\/documents$/, DocumentsScreen],
  [/^\/tasks\/calendar/, CalendarScreen],
  [/^\/tasks/, TasksScreen],
  [/^\/mail/, MailScreen],
]

/**
 * Fetches the code of the screen at an address while the replica is still being opened: asked for by
 * the screen itself, it would come after that, a quarter of the time that a start takes.
 */
export const fetchScreen = (path: string): void => {
  const [, screen] = beginnings.find(([pattern]) => pattern.test(path)) ?? []
  // The screen itself asks again, and tells of a failure.
  screen?.preload().catch(() => {})
}

export const App = ({ sessions }: { sessions: SessionStore }) => (
  <Start sessions={sessions}>
    <Shell>
      <Switch>
        <Route path="/">
          <Redirect to="/dialogs" replace />
        </Route>
        <Route path="/dialogs/:id?" component={DialogsScreen} />
        <Route path="/interests">
          <InterestsScreen />
        </Route>
        <Route path="/interests/new">
          <InterestsScreen creating />
        </Route>
        <Route path="/interests/:id" component={InterestScreen} />
        <Route path="/clients">
          <ClientsScreen />
        </Route>
        <Route path="/persons">
          <ClientsScreen table="person" />
        </Route>
        <Route path="/clients/new">
          <ClientsScreen creating="client" />
        </Route>
        <Route path="/persons/new">
          <ClientsScreen creating="person" />
        </Route>
        <Route path="/clients/duplicates/:tab?" component={DuplicatesScreen} />
        <Route path="/clients/completeness">
          <CompletenessPage />
        </Route>
        <Route path="/clients/classes">
          <ClassesPage />
        </Route>
        <Route path="/clients/portrait">
          <PortraitPage />
        </Route>
        <Route path="/clients/segments">
          <SegmentsPage />
        </Route>
        <Route path="/clients/:id" component={ClientScreen} />
        <Route path="/persons/:id" component={PersonScreen} />
        <Route path="/documents">
          <DocumentsScreen />
        </Route>
        <Route path="/documents/new">
          <DocumentsScreen creating />
        </Route>
        <Route path="/documents/:id" component={ContractScreen} />
        <Route path="/mail/:account?/:folder?/:dialog?" component={MailScreen} />
        <Route path="/tasks/calendar/:id?" component={CalendarScreen} />
        <Route path="/tasks/:id?" component={TasksScreen} />
        <Route path="/settings/:section?/:item?" component={SettingsScreen} />
        <Route path="/products">
          <ProductsScreen />
        </Route>
        <Route path="/products/new">
          <ProductsScreen creating />
        </Route>
        <Route path="/products/:id" component={ProductScreen} />
        <Route path="/news">
          <NewsScreen />
        </Route>
        <Route path="/profile">
          <ProfileScreen />
        </Route>
        <Route path="/offline-work">
          <OfflineWorkScreen />
        </Route>
        <Route>
          <EmptyState
            icon={Compass}
            title={t('missing.title')}
            text={t('missing.text')}
            action={<LinkButton href="/">{t('missing.home')}</LinkButton>}
          />
        </Route>
      </Switch>
    </Shell>
    <Toasts />
  </Start>
)
