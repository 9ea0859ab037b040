import { render } from 'preact'
import './design/tokens.css'
import './design/fonts.css'
import './design/base.css'
import { App, fetchScreen } from './app.tsx'
import { keepInstallPrompt } from './frame/install.ts'
import { registerServiceWorker } from './frame/update.ts'
import { whenIdle } from './frame/when-idle.ts'
import { fetchWriting } from './replica/index.ts'
import { createSessionStore } from './session/index.ts'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
const sessions = createSessionStore()
render(<App sessions={sessions} />, root)
if (sessions.session.peek()) fetchScreen(location.pathname)
// While one types who one is: a device that loses its network right after can write all the same.
else whenIdle(() => fetchWriting().catch(() => {}))
registerServiceWorker()
keepInstallPrompt()
