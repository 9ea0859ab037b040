import { render } from 'preact'
import './design/tokens.css'
import './design/fonts.css'
import './design/base.css'
import { App, fetchScreen } from './app.tsx'
import { keepInstallPrompt } from './frame/install.ts'
import { registerServiceWorker } from './frame/update.ts'
import { createSessionStore } from './session/index.ts'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
const sessions = createSessionStore()
render(<App sessions={sessions} />, root)
if (sessions.session.peek()) fetchScreen(location.pathname)
registerServiceWorker()
keepInstallPrompt()
