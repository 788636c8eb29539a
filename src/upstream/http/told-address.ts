import { isTrustworthyUrl } from './url-trust.js'

/**
 * True for an address that a server may send us on to: trustworthy, and on this machine in plain http only if the server itself
 * is. Told by another machine, an address on this one would be a way to what only this machine reaches.
 *
 * @param teller the address of the server that told it
 */
export function isTrustworthyCatalogUrl(url: string, teller: string): boolean {
  return isTrustworthyUrl(url) && (isPlain(teller) || !isPlain(url))
}

/** Plain http is for this machine only. */
function isPlain(url: string): boolean {
  return new URL(url).protocol === 'http:'
}
