import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCatalyst } from '../../src/standin/catalyst/start.js'
import { startThreescale } from '../../src/standin/threescale/start.js'
import { BUILD_MS, type BuiltProgram, bareEnvironment, buildProgram } from '../built-program.js'

const root = new URL('../../', import.meta.url).pathname
let program: BuiltProgram
let folder: string

beforeAll(async () => {
  program = await buildProgram()
  folder = mkdtempSync(join(tmpdir(), 'billgraph-main-'))
}, BUILD_MS)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Started {
  readonly process: ChildProcess
  readonly output: () => string
  /** True when it has ended and its output is complete. */
  readonly isClosed: () => boolean
}

function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [join(program.dist, 'main.js')], {
    env: { ...bareEnvironment(), PORT: '0', DRAIN_DELAY_MS: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', chunk => (text += String(chunk)))
  child.stderr.on('data', chunk => (text += String(chunk)))
  let isClosed = false
  child.once('close', () => {
    isClosed = true
  })
  return { process: child, output: () => text, isClosed: () => isClosed }
}

/** Resolves when the program has printed the text so many times. */
async function printed(started: Started, text: string, times = 1): Promise<void> {
  while (started.output().split(text).length <= times) {
    if (started.isClosed()) throw new Error(started.output())
    await Promise.race([once(started.process.stdout ?? started.process, 'data'), once(started.process, 'close')])
  }
}

async function addressOf(started: Started): Promise<string> {
  await printed(started, 'is ready at')
  return /is ready at (\S+)\/graphql/.exec(started.output())?.[1] ?? ''
}

async function ask(address: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return response.json()
}

async function end(started: Started, signal: NodeJS.Signals): Promise<number | null> {
  started.process.kill(signal)
  if (!started.isClosed()) await once(started.process, 'close')
  return started.process.exitCode
}

const COST =
  '{ customerCost(prefix: "customer-wcc", month: "2017-07") { total { net { amount } } } sources { source message } }'

describe('the program', () => {
  it('starts as a demo without any configuration, says so, and ends on SIGINT', async () => {
    const started = start({})
    const address = await addressOf(started)
    expect(await ask(address, COST)).toMatchObject({
      data: {
        customerCost: { total: { net: { amount: '81.69' } } },
        sources: [{ message: expect.stringContaining('Demo') }, { message: expect.stringContaining('Demo') }],
      },
    })
    const lines = started.output().trim().split('\n')
    const ready = lines.findIndex(line => line.includes('is ready at'))
    expect(started.output()).toContain('DEMO')
    expect(lines[ready]).toContain('customerCost(prefix: \\"customer-wcc\\"'.replaceAll('\\', ''))
    expect(await end(started, 'SIGINT')).toBe(0)
  })

  it('reads from the Keystone, the two rating servers and the 3scale that the environment names, and starts no stand-in', async () => {
    await using catalyst = await startCatalyst()
    await using threescale = await startThreescale()
    const { username, password, userDomainName, projectName, projectDomainId } = catalyst.credentials
    const started = start({
      NODE_ENV: 'production',
      OS_AUTH_URL: catalyst.authUrl,
      OS_USERNAME: username,
      OS_PASSWORD: password,
      OS_USER_DOMAIN_NAME: userDomainName,
      OS_PROJECT_NAME: projectName,
      OS_PROJECT_DOMAIN_ID: projectDomainId,
      THREESCALE_URL: threescale.url,
      THREESCALE_ACCESS_TOKEN: threescale.accessToken,
    })
    const address = await addressOf(started)
    const answer = await ask(
      address,
      `{ invoices(filter: { source: THREESCALE }, first: 3) { nodes { id } } ${COST.slice(1)}`,
    )
    expect(answer).toMatchObject({
      data: { customerCost: { total: { net: { amount: '81.69' } } }, sources: [{ message: null }, { message: null }] },
    })
    expect(catalyst.requests).toContain('GET /v2/invoices')
    expect(threescale.requests).toContain('GET /api/invoices.xml')
    expect(started.output()).not.toContain('DEMO')
    expect([password, threescale.accessToken].filter(secret => started.output().includes(secret))).toEqual([])
    expect(await end(started, 'SIGTERM')).toBe(0)
  })

  it('reads from one system alone with an application credential, and has no other', async () => {
    await using catalyst = await startCatalyst()
    const { applicationCredentialId, applicationCredentialSecret } = catalyst.credentials
    const started = start({
      OS_AUTH_URL: catalyst.authUrl,
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_APPLICATION_CREDENTIAL_ID: applicationCredentialId,
      OS_APPLICATION_CREDENTIAL_SECRET: applicationCredentialSecret,
    })
    const address = await addressOf(started)
    const answer = await ask(address, '{ sources { source reachable } invoices { unavailable nodes { source } } }')
    expect(answer).toMatchObject({
      data: { sources: [{ source: 'CATALYST', reachable: true }], invoices: { unavailable: [] } },
    })
    expect(JSON.stringify(answer)).not.toContain('THREESCALE')
    expect(await end(started, 'SIGTERM')).toBe(0)
  })

  it('does not start with an invalid configuration, and names every problem', async () => {
    const started = start({
      OS_AUTH_URL: 'http://keystone.example.com:5000',
      OS_USERNAME: 'x',
      THREESCALE_URL: 'https://acme.example.com',
      PORT: 'x',
    })
    await once(started.process, 'close')
    expect(started.process.exitCode).toBe(1)
    for (const name of [
      'OS_AUTH_URL',
      'OS_PASSWORD',
      'OS_USER_DOMAIN_NAME',
      'OS_PROJECT_NAME',
      'THREESCALE_ACCESS_TOKEN',
      'PORT',
    ]) {
      expect(started.output()).toContain(`- ${name} `)
    }
  })

  it('answers trusted documents alone with TRUSTED_DOCUMENTS=enforce', async () => {
    const manifest = join(root, 'examples/typed-client/src/gql/persisted-documents.json')
    const started = start({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: manifest })
    const address = await addressOf(started)
    const documents = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>
    const sources = Object.values(documents).find(text => text.startsWith('query Sources')) ?? ''
    expect(await ask(address, sources)).toMatchObject({ data: { sources: [{ reachable: true }, { reachable: true }] } })
    expect(await ask(address, COST)).toMatchObject({ errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] })
    expect(await end(started, 'SIGTERM')).toBe(0)
  })

  it('does not start with trusted documents that are invalid for its schema, and names each', async () => {
    const manifest = join(folder, 'manifest.json')
    writeFileSync(manifest, JSON.stringify({ a: '{ nothing }', b: '{ sources { source } }', c: '{ invoice { id } }' }))
    const started = start({ TRUSTED_DOCUMENTS: 'log', TRUSTED_DOCUMENTS_FILE: manifest })
    await once(started.process, 'close')
    expect(started.process.exitCode).toBe(1)
    expect(started.output()).toMatch(
      /- TRUSTED_DOCUMENTS_FILE entry a is not valid for this schema: Cannot query field/,
    )
    expect(started.output()).toMatch(/- TRUSTED_DOCUMENTS_FILE entry c .*argument "id" of type "ID!" is required/)
    expect(started.output()).not.toContain('entry b')
  })

  it('does not start on a port in use, and says what to set', async () => {
    const first = start({})
    const { port } = new URL(await addressOf(first))
    const second = start({ PORT: port })
    await once(second.process, 'close')
    expect(second.process.exitCode).toBe(1)
    expect(second.output()).toContain(`address already in use 127.0.0.1:${port}; set PORT to another port`)
    expect(await end(first, 'SIGTERM')).toBe(0)
  })

  it('does not start with an unknown NODE_ENV or a misspelt protective setting', async () => {
    for (const variables of [{ NODE_ENV: 'prod' }, { NODE_ENVV: 'production' }]) {
      const started = start(variables)
      await once(started.process, 'close')
      expect(started.process.exitCode).toBe(1)
      expect(started.output()).toMatch(/^ {2}- NODE_ENV/m)
      expect(started.output()).not.toContain('is ready at')
    }
  })

  it('does not start in production without verified certificates, and warns of it elsewhere', async () => {
    const variables = { DEMO: '1', NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    const refused = start({ ...variables, NODE_ENV: 'production' })
    await once(refused.process, 'close')
    expect(refused.process.exitCode).toBe(1)
    expect(refused.output()).toContain('- NODE_TLS_REJECT_UNAUTHORIZED is 0, so that upstream certificates are not')
    const warned = start(variables)
    await addressOf(warned)
    await printed(warned, 'NODE_TLS_REJECT_UNAUTHORIZED is 0')
    expect(await end(warned, 'SIGTERM')).toBe(0)
  })

  it('logs a warning for a misspelt setting, with the nearest name', async () => {
    const started = start({ CATALYST_REGION: 'nz-por-1' })
    await addressOf(started)
    await printed(started, 'CATALYST_REGION is not a setting of Billgraph; the nearest one is CATALYST_REGIONS.')
    expect(await end(started, 'SIGTERM')).toBe(0)
  })

  it('does not start as a demo in production without DEMO=1', async () => {
    const started = start({ NODE_ENV: 'production' })
    await once(started.process, 'close')
    expect(started.process.exitCode).toBe(1)
    expect(started.output()).toContain('DEMO=1')
    const demo = start({ NODE_ENV: 'production', DEMO: '1' })
    expect(await ask(await addressOf(demo), COST)).toMatchObject({
      data: { customerCost: { total: { net: { amount: '81.69' } } } },
    })
    expect(await end(demo, 'SIGTERM')).toBe(0)
  })

  it.each(['0.0.0.0', '::', 'billing.example.com'])(
    'does not start on HOST=%s without AUTH, and says what to set',
    async HOST => {
      const started = start({ HOST })
      await once(started.process, 'close')
      expect(started.process.exitCode).toBe(1)
      expect(started.output()).toContain(`- AUTH is missing, and HOST is ${HOST}: set AUTH to jwt, keys or keystone`)
      const open = start({ HOST, AUTH: 'open' })
      await once(open.process, 'close')
      expect(open.process.exitCode).toBe(1)
      expect(open.output()).toContain('set AUTH_OPEN_TO_NETWORK to yes-anyone-may-read-our-bills')
    },
  )

  it('is open to a network with explicit consent, and warns of it at each start', async () => {
    const consent = { AUTH: 'open', AUTH_OPEN_TO_NETWORK: 'yes-anyone-may-read-our-bills' }
    const started = start({ HOST: '0.0.0.0', ...consent })
    const { port } = new URL(await addressOf(started))
    expect(await ask(`http://127.0.0.1:${port}`, '{ __typename }')).toEqual({ data: { __typename: 'Query' } })
    await printed(started, 'OPEN: AUTH is open on an address that other machines reach')
    expect(await end(started, 'SIGTERM')).toBe(0)
    const local = start({ AUTH: 'open' })
    await addressOf(local)
    expect(await end(local, 'SIGTERM')).toBe(0)
    expect(local.output()).not.toContain('OPEN')
  })

  it('reads its secrets and API keys again on SIGHUP, and keeps the old ones when the new ones are invalid', async () => {
    await using threescale = await startThreescale()
    const files = { AUTH_KEYS_FILE: join(folder, 'keys.json'), THREESCALE_ACCESS_TOKEN_FILE: join(folder, 'token') }
    const makeKey = (...options: string[]) => {
      const args = [join(program.dist, 'cli/main.js'), 'keys', ...options]
      return execFileSync(process.execPath, args, {
        env: { ...process.env, ...files },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .toString()
        .trim()
    }
    const first = makeKey('add', 'tester', '--scope', 'billing:read', '--buyer', '*')
    writeFileSync(files.THREESCALE_ACCESS_TOKEN_FILE, 'no-such-token')
    const started = start({ AUTH: 'keys', THREESCALE_URL: threescale.url, ...files })
    const address = await addressOf(started)
    const billsBy = async (key: string) => {
      const headers = { 'content-type': 'application/json', 'x-api-key': key }
      const body = JSON.stringify({ query: '{ invoices(first: 1) { unavailable } }' })
      const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body })
      return response.status === 200 ? response.json() : response.status
    }
    expect(await billsBy(first)).toMatchObject({ errors: [{ extensions: { code: 'UPSTREAM_DENIED' } }] })

    const second = makeKey('rotate', 'tester', '--grace', '0')
    writeFileSync(files.THREESCALE_ACCESS_TOKEN_FILE, `${threescale.accessToken}\n`)
    expect(await billsBy(second)).toBe(401)
    started.process.kill('SIGHUP')
    await printed(started, '"reloaded: ')
    expect(await billsBy(first)).toBe(401)
    expect(await billsBy(second)).toEqual({ data: { invoices: { unavailable: [] } } })

    writeFileSync(files.AUTH_KEYS_FILE, '{')
    started.process.kill('SIGHUP')
    await printed(started, '"not reloaded: ')
    expect(started.output()).toContain('which is not a valid key file: the file: is not JSON')
    expect(await billsBy(second)).toEqual({ data: { invoices: { unavailable: [] } } })
    const secrets = [first, second, 'no-such-token', threescale.accessToken]
    expect(secrets.filter(secret => started.output().includes(secret))).toEqual([])
    expect(await end(started, 'SIGTERM')).toBe(0)
  })
})
