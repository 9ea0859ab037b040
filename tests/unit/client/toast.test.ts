import { h, render } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openModal } from '../../../client/design/modals.ts'
import { showToast, ToastList, Toasts, toasts, undoNewest } from '../../../client/design/Toast.tsx'
import { startTerm } from '../../../client/design/term.ts'

beforeEach(() => {
  vi.useFakeTimers()
  toasts.value = []
})

/** Of what a test rendered. */
let unmount = () => {}

afterEach(() => {
  unmount()
  unmount = () => {}
  toasts.value = []
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const texts = () => toasts.value.map(({ text }) => text)

it('a notice goes after ten seconds; one that stays does not', () => {
  showToast({ text: 'Сохранено' })
  showToast({ text: 'Не вышло', stays: true })
  vi.advanceTimersByTime(9_999)
  expect(texts()).toEqual(['Сохранено', 'Не вышло'])
  vi.advanceTimersByTime(1)
  expect(texts()).toEqual(['Не вышло'])
})

it('its time halts, and goes on with what was left of it', () => {
  showToast({ text: 'Удалено' })
  const [{ term } = {}] = toasts.value
  vi.advanceTimersByTime(9_000)
  term?.halt()
  vi.advanceTimersByTime(60_000)
  expect(texts()).toEqual(['Удалено'])
  term?.goOn()
  vi.advanceTimersByTime(999)
  expect(texts()).toEqual(['Удалено'])
  vi.advanceTimersByTime(1)
  expect(texts()).toEqual([])
})

it('halted or let go on twice, it is no longer and no shorter', () => {
  const over = vi.fn()
  const term = startTerm(1_000, over)
  vi.advanceTimersByTime(400)
  term.goOn()
  term.halt()
  vi.advanceTimersByTime(400)
  term.halt()
  term.goOn()
  term.goOn()
  vi.advanceTimersByTime(599)
  expect(over).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(over).toHaveBeenCalledOnce()
})

it('what was done last and can be undone is undone by a key, once', () => {
  const undone: string[] = []
  showToast({ text: 'Первое', undo: () => undone.push('Первое') })
  showToast({ text: 'Второе', undo: () => undone.push('Второе') })
  showToast({ text: 'Не вышло', stays: true })
  undoNewest()
  expect(texts()).toEqual(['Первое', 'Не вышло'])
  undoNewest()
  undoNewest()
  expect(undone).toEqual(['Второе', 'Первое'])
  expect(texts()).toEqual(['Не вышло'])
})

/** As much of an element as Preact and the notices ask of one. */
class Part {
  readonly namespaceURI = null
  readonly style = {}
  readonly attributes = []
  readonly onpointerenter = null
  readonly onpointerleave = null
  readonly heard = new Map<string, (event: { type: string }) => void>()
  childNodes: Part[] = []
  parentNode: Part | null = null
  get firstChild() {
    return this.childNodes[0] ?? null
  }
  get nextSibling() {
    const beside = this.parentNode?.childNodes ?? []
    return beside[beside.indexOf(this) + 1] ?? null
  }
  insertBefore(child: Part, before: Part | null) {
    child.remove()
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length
    this.childNodes.splice(at, 0, child)
    child.parentNode = this
  }
  remove() {
    if (this.parentNode)
      this.parentNode.childNodes = this.parentNode.childNodes.filter((one) => one !== this)
    this.parentNode = null
  }
  removeChild(child: Part) {
    child.remove()
  }
  contains(other: Part | null): boolean {
    return other === this || (other?.parentNode ? this.contains(other.parentNode) : false)
  }
  setAttribute() {}
  removeAttribute() {}
  append(child: Part) {
    this.insertBefore(child, null)
  }
  showModal() {}
  close() {}
  hidePopover() {}
  showPopover() {}
  addEventListener(type: string, hear: (event: { type: string }) => void) {
    this.heard.set(type, hear)
  }
  tell(type: string, more: object = {}) {
    this.heard.get(type)?.call(this, { type, ...more })
  }
}

it('what is told while dialogs are open stands in the topmost one, and is out of it before it goes', () => {
  const body = new Part()
  const make = () => new Part()
  vi.stubGlobal('document', {
    body,
    createElement: make,
    createElementNS: make,
    createTextNode: make,
  })
  const root = new Part() as unknown as Element // see Part
  render(h(Toasts, {}), root)
  unmount = () => render(null, root)
  const [place] = body.childNodes
  const [lower, upper] = [new Part(), new Part()]
  const open = (dialog: Part) => openModal(dialog as unknown as HTMLDialogElement) // see Part
  const closeLower = open(lower)
  expect(place?.parentNode).toBe(lower)
  const closeUpper = open(upper)
  expect(place?.parentNode).toBe(upper)
  // Put there anew, it would be hidden by that.
  const puts = vi.spyOn(upper, 'append')
  closeLower()
  expect(puts).not.toHaveBeenCalled()
  const close = vi.spyOn(upper, 'close').mockImplementation(() => {
    expect(place?.parentNode).toBe(body)
  })
  closeUpper()
  expect(close).toHaveBeenCalledOnce()
  unmount()
  unmount = () => {}
  expect(body.childNodes).toEqual([])
})

it('while one points at a notice, or has the focus in it, the time of all halts', async () => {
  const page: { activeElement: Part | null } & Record<string, unknown> = {
    activeElement: null,
    createElementNS: () => new Part(),
    createTextNode: () => new Part(),
  }
  vi.stubGlobal('document', page)
  vi.stubGlobal('HTMLElement', Part)
  const root = new Part()
  const place = root as unknown as Element // see Part
  render(h(ToastList, {}), place)
  unmount = () => render(null, place)
  const settled = () => vi.advanceTimersByTimeAsync(100)
  showToast({ text: 'Удалено' })
  showToast({ text: 'Перенесено' })
  await settled()
  const [section] = root.childNodes
  expect(section?.childNodes).toHaveLength(2)

  section?.tell('pointerenter')
  await vi.advanceTimersByTimeAsync(60_000)
  // One that comes meanwhile is pointed at as well.
  showToast({ text: 'Сохранено' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(texts()).toEqual(['Удалено', 'Перенесено', 'Сохранено'])

  section?.tell('pointerleave')
  page.activeElement = section?.childNodes[0] ?? null
  section?.tell('focusin', { relatedTarget: null })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(texts()).toEqual(['Удалено', 'Перенесено', 'Сохранено'])

  page.activeElement = null
  section?.tell('focusout')
  await vi.advanceTimersByTimeAsync(9_950)
  expect(texts()).toEqual(['Сохранено'])
  await vi.advanceTimersByTimeAsync(100)
  expect(texts()).toEqual([])
})
