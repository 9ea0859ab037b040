import { Route, Switch } from 'wouter-preact'
import { Toasts } from './design/index.ts'

/** Addresses of the program. */
export const App = () => (
  <>
    <Switch>
      <Route path="/">Interes</Route>
    </Switch>
    <Toasts />
  </>
)
