/** The mark: a dialog bubble with the i of Interes. The same drawing is in public/icons/icon.svg. */
export const Logo = ({ size }: { size: number }) => (
  <svg viewBox="0 0 512 512" width={size} height={size} aria-hidden="true">
    <rect width="512" height="512" rx="112" fill="#4353d6" />
    <path
      d="M120 146a42 42 0 0 1 42-42h188a42 42 0 0 1 42 42v142a42 42 0 0 1-42 42H262l-86 74a11 11 0 0 1-18-8.400V330a42 42 0 0 1-38-42Z"
      fill="#fff"
    />
    <circle cx="256" cy="168" r="25" fill="#4353d6" />
    <rect x="233" y="206" width="46" height="86" rx="14" fill="#4353d6" />
  </svg>
)
