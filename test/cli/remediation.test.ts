import { describe, expect, it } from 'vitest'
import { remediationFor } from '../../src/cli/remediation.js'
import {
  UpstreamCircuitOpenError,
  UpstreamDegradedError,
  UpstreamDeniedError,
  UpstreamFormatError,
  UpstreamNotFoundError,
  type UpstreamRequest,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from '../../src/upstream/http/errors.js'

const KEYSTONE: UpstreamRequest = { upstream: 'keystone', operation: 'POST /v3/auth/tokens' }
const CATALYST: UpstreamRequest = { upstream: 'catalyst', operation: 'GET /v2/quotations' }
const THREESCALE: UpstreamRequest = { upstream: 'threescale', operation: 'GET /api/invoices.xml' }

function broken(code: string, asked = THREESCALE): UpstreamUnreachableError {
  return new UpstreamUnreachableError(asked, new Error('wrapped', { cause: Object.assign(new Error('x'), { code }) }))
}

describe('remediationFor', () => {
  it.each([
    [new UpstreamDeniedError('refused', KEYSTONE), 'OS_PASSWORD'],
    [new UpstreamDeniedError('refused', { ...KEYSTONE, cloud: 'acme' }), 'secure.yaml'],
    [new UpstreamTimeoutError(15_000, { ...KEYSTONE, cloud: 'acme' }), 'auth.auth_url in clouds.yaml'],
    [broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { ...CATALYST, cloud: 'acme' }), 'cacert in clouds.yaml'],
    [new UpstreamDeniedError('refused', CATALYST), 'billing'],
    [new UpstreamDeniedError('refused', THREESCALE), 'Tokens'],
    [new UpstreamDeniedError('has its finance module switched off for this tenant', THREESCALE), 'switch billing on'],
    [new UpstreamDeniedError('lists no region', { ...KEYSTONE, operation: 'service catalog' }), 'CATALYST_REGIONS'],
    [new UpstreamTimeoutError(15_000, KEYSTONE), 'OS_AUTH_URL'],
    [new UpstreamTimeoutError(60_000, CATALYST), 'CATALYST_DEADLINE_MS'],
    [new UpstreamTimeoutError(15_000, THREESCALE), 'THREESCALE_DEADLINE_MS'],
    [new UpstreamFormatError('it is not JSON by its type', CATALYST), 'login page'],
    [new UpstreamStatusError(429, CATALYST, 7), 'wait 7 s'],
    [new UpstreamStatusError(429, CATALYST), 'send fewer requests'],
    [new UpstreamStatusError(503, CATALYST), 'try again later'],
    [new UpstreamDegradedError('says that its usage collection is behind', CATALYST), 'report it to its operator'],
    [new UpstreamStatusError(404, THREESCALE), 'THREESCALE_URL'],
    [new UpstreamNotFoundError(THREESCALE), 'the API is not at that address'],
    [new UpstreamCircuitOpenError(THREESCALE), 'try again'],
    [broken('ENOTFOUND'), 'DNS'],
    [broken('EAI_AGAIN'), 'DNS'],
    [broken('ECONNREFUSED'), 'nothing is listening there'],
    [broken('ECONNRESET'), 'firewalls'],
    [broken('UND_ERR_CONNECT_TIMEOUT'), 'firewalls'],
    [broken('SELF_SIGNED_CERT_IN_CHAIN'), 'THREESCALE_CACERT'],
    [broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE', KEYSTONE), 'OS_CACERT'],
    [broken('UNABLE_TO_GET_ISSUER_CERT_LOCALLY', CATALYST), 'OS_CACERT'],
    [broken('CERT_HAS_EXPIRED'), 'expired'],
    [broken('ERR_TLS_CERT_ALTNAME_INVALID'), 'for another host'],
    [broken('ERR_SSL_WRONG_VERSION_NUMBER'), 'does not speak TLS'],
    [new UpstreamUnreachableError(THREESCALE), 'THREESCALE_URL'],
  ])('for "%s" contains %s', (error, words) => {
    expect(remediationFor(error)).toContain(words)
  })
})
