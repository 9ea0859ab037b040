/** Мои продажи: a board of a scenario, or all Interests as a list. */
export { InterestScreen } from './card.tsx'
export { InterestsScreen } from './screen.tsx'
