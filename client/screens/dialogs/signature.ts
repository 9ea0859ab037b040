/** The text as it is sent; the signature is marked off the way mail programs know (RFC 3676 §4.3). */
export const withSignature = (text: string, signature: string | undefined): string =>
  signature?.trim() ? `${text}\n\n-- \n${signature.trim()}` : text
