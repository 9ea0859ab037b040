import { render } from 'preact'
import './design/tokens.css'
import './design/fonts.css'
import './design/base.css'
import { App } from './app.tsx'
import { keepInstallPrompt } from './frame/install.ts'
import { registerServiceWorker } from './frame/update.ts'
import { createSessionStore } from './session/index.ts'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
render(<App sessions={createSessionStore()} />, root)
registerServiceWorker()
keepInstallPrompt()
