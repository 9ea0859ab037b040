/** Components rendered where there is no document: as much of one as Preact asks for. */
import { type ComponentType, h, render } from 'preact'
import { vi } from 'vitest'

const element = () => {
  const childNodes: unknown[] = []
  return {
    childNodes,
    get firstChild() {
      return childNodes[0] ?? null
    },
    namespaceURI: 'http://www.w3.org/1999/xhtml',
    style: { setProperty: () => {} },
    setAttribute: () => {},
    removeAttribute: () => {},
    insertBefore: (child: unknown) => childNodes.push(child),
  }
}

/** The test puts it back with `vi.unstubAllGlobals()`. */
export const stubDocument = (): void => {
  const document = { createElementNS: element, createTextNode: (data: string) => ({ data }) }
  vi.stubGlobal('document', document)
}

/** Renders it into one place, with other props each time; `end` takes it away. */
export const renderIn = <P extends object>(component: ComponentType<P>) => {
  const root = element() as unknown as Element // see `element`
  return {
    show: (props: P) => render(h(component, props), root),
    end: () => render(null, root),
  }
}
