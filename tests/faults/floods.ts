/** Floods of one employee against the others: `floods.test.ts`, each measured against a calm relay. */
import { runProject } from './project.ts'

/** Throws where a flood was not held off; its figures are on the screen. */
export const floods = async (): Promise<string> => {
  if ((await runProject('floods')) !== 0)
    throw new Error('an employee who floods the relay harms the others')
  return 'nine floods: the others go on editing, the relay keeps its memory'
}
