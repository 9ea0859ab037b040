/** Дела: one place for everything that somebody is to do (F145, F153). */
export { TasksScreen } from './list.tsx'
