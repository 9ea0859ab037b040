import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { SessionInfo } from '../../shared/protocol/api.ts'
import type { Replica } from '../replica/index.ts'
import type { SessionStore } from '../session/index.ts'

/** What every screen of a signed-in person has. */
export interface AppContext {
  replica: Replica
  sessions: SessionStore
}

export const AppContextProvider = createContext<AppContext | null>(null)

const useApp = (): AppContext => {
  const app = useContext(AppContextProvider)
  if (!app) throw new Error('Used outside the signed-in part of the program')
  return app
}

/** The replica of the signed-in person. */
export const useReplica = (): Replica => useApp().replica
export const useSessions = (): SessionStore => useApp().sessions
/** The signed-in person and their workspace. */
export const useSession = (): SessionInfo => useApp().replica.session
