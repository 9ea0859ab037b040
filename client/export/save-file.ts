/** The browser reads a file after the click: its address must live that long, ms. */
const addressLife = 60_000

/** Gives a file to the browser to be saved. */
export const saveFile = (blob: Blob, name: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), addressLife)
}
