import { isIPv4 } from 'node:net'

/**
 * True for a listening address that only this machine reaches. Only the usual spellings count, since the system may take
 * another one for every address.
 */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}
