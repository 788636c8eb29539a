import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuthenticationError } from '../../../src/server/authentication/authentication-error.js'
import { startGateway, type TestGateway } from '../../gateway.js'

const PAGE = '<meta property="csp-nonce" nonce="BILLGRAPH_NONCE"><p>dashboard</p>'
const SCRIPT = 'console.log(1)'
const NO_UPSTREAM = { catalyst: null, threescale: null }

describe('the dashboard of a gateway', () => {
  const dashboardFolder = mkdtempSync(join(tmpdir(), 'billgraph-dashboard-'))
  let gateway: TestGateway
  beforeAll(async () => {
    mkdirSync(join(dashboardFolder, 'assets'))
    writeFileSync(join(dashboardFolder, 'index.html'), PAGE)
    writeFileSync(join(dashboardFolder, 'icon.svg'), '<svg/>')
    writeFileSync(join(dashboardFolder, 'assets/main-1a2b.js'), SCRIPT)
    writeFileSync(join(dashboardFolder, 'assets/main-1a2b.js.br'), brotliCompressSync(SCRIPT))
    const authenticate = async () => {
      throw new AuthenticationError('missing')
    }
    gateway = await startGateway(NO_UPSTREAM, true, { dashboardFolder, authenticate })
  })
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]()
    rmSync(dashboardFolder, { recursive: true })
  })

  const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const { statusCode, headers: answered, body } = await request(gateway.url + path, { headers })
    return { status: statusCode, headers: answered, body: Buffer.from(await body.arrayBuffer()) }
  }

  it.each(['/dashboard', '/dashboard/', '/dashboard/invoices/threescale%3Ainvoice%3A1201?month=2026-10'])(
    'serves its page at %s without a credential, with a nonce that is new each time',
    async path => {
      const [first, second] = [await get(path), await get(path)]
      const nonceIn = (policy: unknown): string => /'nonce-([\w-]{22})'/.exec(String(policy))?.[1] ?? ''
      const nonce = nonceIn(first.headers['content-security-policy'])
      expect(first.status).toBe(200)
      expect(first.body.toString()).toBe(PAGE.replace('BILLGRAPH_NONCE', nonce))
      expect(nonce).not.toBe('')
      expect(nonceIn(second.headers['content-security-policy'])).not.toBe(nonce)
      expect(first.headers['cache-control']).toBe('no-store')
    },
  )

  it('allows scripts and requests of its own origin only, and no frame around it', async () => {
    const policy = String((await get('/dashboard')).headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; ")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })

  it('serves hashed files compressed and for ever, others for a check each time', async () => {
    const script = await get('/dashboard/assets/main-1a2b.js', { 'accept-encoding': 'br' })
    expect(script.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    expect(script.body).toEqual(brotliCompressSync(SCRIPT))
    expect((await get('/dashboard/assets/main-1a2b.js')).body.toString()).toBe(SCRIPT)
    expect((await get('/dashboard/icon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it.each(['/dashboard/assets/main-0000.js', '/dashboard/assets/../../package.json', '/dashboard2'])(
    'has no file %s',
    async path => {
      expect((await get(path)).status).toBe(404)
    },
  )

  it.each(['/dashboard/..%2f..%2fpackage.json', '/dashboard/%2e%2e/%2e%2e/package.json'])(
    'never serves a file outside of its folder: %s',
    async path => {
      expect((await get(path)).body.toString()).not.toContain('devDependencies')
    },
  )

  it('is not there when it is switched off', async () => {
    await using off = await startGateway(NO_UPSTREAM, true, { dashboardFolder, hasDashboard: false })
    expect((await request(`${off.url}/dashboard`)).statusCode).toBe(404)
  })
})
