declare module 'virtual:near-phones' {
  import type { MetadataJson } from 'libphonenumber-js/core'

  const metadata: MetadataJson
  export default metadata
}
