/** `URL` forgives white space, backslashes, missing slashes and an empty query; whoever appends a path cannot. */
const PLAIN = /^https?:\/\/[^\s\p{Cc}\\?#@]+$/iu

/**
 * True for an absolute https URL, and for plain http to this very machine; false for anything else, and for a URL that
 * carries a user name, a query or a fragment.
 */
export function isTrustworthyUrl(text: string): boolean {
  if (!PLAIN.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** True for the names and addresses that never leave this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
