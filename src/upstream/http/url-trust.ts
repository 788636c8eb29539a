/** `URL` accepts white space, backslashes, missing slashes and an empty query, all of which break an appended path. */
const PLAIN = /^https?:\/\/[^\s\p{Cc}\\?#@]+$/iu

/**
 * True for an absolute https URL, and for plain http to this machine. False for anything else, and for a URL with a user name, a
 * query or a fragment.
 */
export function isTrustworthyUrl(text: string): boolean {
  if (!PLAIN.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/**
 * True for a URL that a server's response may send the gateway to: trustworthy, and plain http only if the server itself uses it.
 * A remote server must not point the gateway at what only this machine can reach.
 *
 * @param source the URL of the server that names it
 */
export function isTrustworthyCatalogUrl(url: string, source: string): boolean {
  return isTrustworthyUrl(url) && (isPlainHttp(source) || !isPlainHttp(url))
}

/** True for the names and addresses that never leave this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function isPlainHttp(url: string): boolean {
  return new URL(url).protocol === 'http:'
}
