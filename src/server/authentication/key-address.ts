import { isTrustworthyUrl } from '../../upstream/trustworthy-url.js'

/**
 * True where an issuer may say that its keys are. From an issuer on another machine, an address on this one would be a way to
 * what only this machine reaches.
 */
export function isKeyAddress(url: string, issuer: string): boolean {
  return isTrustworthyUrl(url) && (isPlain(issuer) || !isPlain(url))
}

/** Plain http is for this machine only. */
function isPlain(url: string): boolean {
  return new URL(url).protocol === 'http:'
}
