/** Shows what a page is for in the browser's title, tabs and history. */
export const nameInTitle = (words: string): void => {
  document.title = `${words} — Interes`
}
