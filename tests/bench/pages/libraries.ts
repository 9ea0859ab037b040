/** The libraries that the first screen stands on, and nothing else. */
import * as signals from '@preact/signals'
import Dexie from 'dexie'
import * as preact from 'preact'
import * as hooks from 'preact/hooks'
import * as wouter from 'wouter-preact'
import * as Yjs from 'yjs'

// Named on the page, so that nothing of them is left out of the bundle.
Object.assign(window, { signals, Dexie, preact, hooks, wouter, Yjs })
