import { isIPv4 } from 'node:net'

/**
 * True for an address to listen on that nobody else reaches. Only the plain ways to write it: what another spelling becomes is
 * for the system to say, and it may say that it is every address.
 */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}
