/** The worker of ABC and XYZ classes: tells them, and again when something they depend on has changed. */
import { followPaced } from '../replica/paced.ts'
import { openBase } from '../replica/tables.ts'
import { classTables, readClasses } from './read-classes.ts'
import type { ClassesAsk } from './use-classes.ts'

addEventListener('message', async ({ data: { name, self } }: MessageEvent<ClassesAsk>) => {
  const base = openBase(name)
  await base.open()
  followPaced(
    base,
    classTables,
    () => readClasses(base, Date.now(), self),
    (classes) => postMessage(classes),
  )
})
