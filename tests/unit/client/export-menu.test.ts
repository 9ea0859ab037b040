import { h } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MenuItem } from '../../../client/design/index.ts'
import { toasts } from '../../../client/design/Toast.tsx'
import { type AppContext, AppContextProvider } from '../../../client/frame/app-context.ts'
import { useNamedExports } from '../../../client/screens/export/export-menu.tsx'
import { renderIn, stubDocument } from './no-dom.ts'

beforeEach(() => {
  stubDocument()
  toasts.value = []
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  toasts.value = []
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a file is made once for two presses, and one that could not be made can be asked for again', async () => {
  let refuse = (_: Error) => {}
  const found = vi.fn(
    () =>
      new Promise<string[]>((_, reject) => {
        refuse = reject
      }),
  )
  let items: MenuItem[] = []
  const Exporting = () => {
    items = useNamedExports({ table: 'task', ids: found })
    return null
  }
  // All that is asked of it before what is exported is found.
  const app = { replica: { subject: { peek: () => null } } } as unknown as AppContext
  const { show, end } = renderIn(() =>
    h(AppContextProvider.Provider, { value: app }, h(Exporting, {})),
  )
  show({})
  const [excel, csv] = items
  excel?.onSelect?.()
  excel?.onSelect?.()
  expect(found).toHaveBeenCalledTimes(1)
  const refuseExcel = refuse
  csv?.onSelect?.()
  expect(found).toHaveBeenCalledTimes(2)

  refuseExcel(new Error('its code did not come'))
  await expect.poll(() => toasts.value.length).toBe(1)
  toasts.value[0]?.action?.onSelect?.()
  expect(found).toHaveBeenCalledTimes(3)
  end()
})
