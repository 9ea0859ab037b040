// Run by tests/run.mjs after the tests: ends the mail laboratories nobody is left to end.

import { sweepMailLabs } from './mail-servers.ts'

await sweepMailLabs()
