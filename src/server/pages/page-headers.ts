import type { FastifyReply } from 'fastify'

/** Sources by directive. */
type ContentSecurityPolicy = Readonly<Record<string, string>>

/** Everything comes from this server, and nothing is inline. */
const POLICY: ContentSecurityPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const

/**
 * Sends an HTML page with a content security policy.
 *
 * @param exceptions directives that replace those of the common policy
 */
export function sendPage(reply: FastifyReply, html: string, exceptions: ContentSecurityPolicy = {}): FastifyReply {
  const policy = Object.entries({ ...POLICY, ...exceptions }).map(([directive, sources]) => `${directive} ${sources}`)
  return reply.headers({ ...HEADERS, 'content-security-policy': policy.join('; ') }).send(html)
}
