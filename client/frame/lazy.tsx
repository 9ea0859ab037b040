import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/**
 * A screen whose code is fetched when it is first opened (from the precache: no network needed).
 *
 * @example const ClientsScreen = lazy(async () => (await import('../screens/clients/list.tsx')).ClientsScreen)
 */
export const lazy = <P extends object = object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> & { preload: () => Promise<void> } => {
  let loaded: ComponentType<P> | null = null
  let loading: Promise<void> | null = null
  const preload = () => {
    loading ??= load().then(
      (component) => {
        loaded = component
      },
      (error: unknown) => {
        // Who asks next fetches it again: what was fetched ahead may have met a network that is back.
        loading = null
        throw error
      },
    )
    return loading
  }
  const Lazy = (props: P) => {
    const [error, setError] = useState<unknown>(null)
    const [isReady, setReady] = useState(loaded !== null)
    useEffect(() => {
      // By what was rendered: the code may have come since, fetched by somebody else.
      if (!isReady) preload().then(() => setReady(true), setError)
    }, [])
    // To the boundary around the screen, which offers to load the program anew.
    if (error) throw error
    const Loaded = loaded
    return Loaded ? <Loaded {...props} /> : null
  }
  return Object.assign(Lazy, { preload })
}
