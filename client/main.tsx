import { render } from 'preact'
import './design/tokens.css'
import './design/fonts.css'
import './design/base.css'
import { App } from './app.tsx'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
render(<App />, root)
