// Before the first paint, so that a chosen theme never flashes in the other one. A file, since the
// content security policy allows no inline scripts. The same key stands in frame/theme.ts.
try {
  const theme = localStorage.getItem('interes-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is forbidden: the system's theme is used.
}
