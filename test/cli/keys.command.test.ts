import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readApiKey } from '../../src/access/api-key.js'
import { decodeKeyFile } from '../../src/access/key-file.js'
import { KeyRing } from '../../src/access/key-ring.js'
import { TODAY } from '../gateway.js'
import { rowsOf, runProgram } from './terminal.js'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'billgraph-keys-'))
  path = join(folder, 'keys.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A HOST without AUTH is wrong for the gateway only. */
const variables = () => ({ AUTH_KEYS_FILE: path, HOST: '0.0.0.0' })
const keys = (args: string, now = TODAY) => runProgram(['keys', ...args.split(' ')], variables(), now)
const later = (ms: number) => new Date(TODAY.getTime() + ms)

function find(printed: string, now = TODAY) {
  const key = readApiKey(printed.trim())
  if (!key) throw new Error(`no key: ${printed}`)
  return new KeyRing(decodeKeyFile(readFileSync(path, 'utf8'))).find(key, now)
}

const RIGHTS = '--scope billing:read --scope costs:read --project p1 --prefix customer-1 --prefix customer-2 --buyer *'

describe('billgraph keys', () => {
  it('prints a new key once and stores its hash in a file that only its owner can read', async () => {
    const { status, stdout, stderr } = await keys(`add router ${RIGHTS}`)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^bg_\w{12}_\w{49}\n$/)
    expect(stderr).toContain('SIGHUP')
    expect(stderr).not.toContain(stdout.trim())
    expect(readFileSync(path, 'utf8')).not.toContain(stdout.trim().slice(-49))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keys.json'])
    expect(find(stdout)).toEqual({
      id: 'key:router',
      scopes: new Set(['billing:read', 'costs:read']),
      grants: { projects: new Set(['p1']), prefixes: new Set(['customer-1', 'customer-2']), buyers: '*' },
    })
  })

  it('rotates a key: the old one is valid for the grace period and leaves the file with the next change after it', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    const { stdout: next, stderr } = await keys('rotate router --grace 30m')
    expect(stderr).toContain(`valid until ${later(1_800_000).toISOString()}`)
    expect([find(old, later(1_799_999)), find(next)]).toMatchObject([{ id: 'key:router' }, { id: 'key:router' }])
    expect(find(old, later(1_800_000))).toBe('expired')
    await keys('rotate router --grace 0', later(1_800_000))
    expect(find(old, later(1_800_000))).toBe('unknown')
    expect(find(next, later(1_800_000))).toBe('unknown')
  })

  it('never extends the validity of an old key', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    await keys('rotate router --grace 1h')
    await keys('rotate router --grace 7d')
    expect(find(old, later(3_600_000))).toBe('expired')
  })

  it('removes a name and all its keys, and lets it be added again', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    await keys('rotate router')
    expect((await keys('remove router')).status).toBe(0)
    expect(find(old)).toBe('unknown')
    expect((await keys(`add router ${RIGHTS}`)).status).toBe(0)
  })

  it('lists holders, key ids, expiry and rights, and no key', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    await keys('rotate router --grace 1h')
    const { stdout } = await keys('list', later(3_600_000))
    const rest = ['billing:read, costs:read', 'p1', 'customer-1, customer-2', '*']
    expect(rowsOf(stdout)).toEqual([
      ['router', `${old.slice(0, 16)}…`, TODAY.toISOString(), `${later(3_600_000).toISOString()} (expired)`, ...rest],
      ['router', expect.stringMatching(/^bg_\w{12}_…$/), TODAY.toISOString(), 'no expiry', ...rest],
    ])
  })

  it.each<[string, string]>([
    ['', 'keys: "" is not one of add, list, rotate, remove'],
    ['show', 'keys: "show" is not one of add, list, rotate, remove'],
    ['list x', 'keys: unexpected argument "x"'],
    ['add a b --scope admin', 'keys: unexpected argument "b"'],
    ['add --scope admin', 'NAME: missing'],
    ['add ../x --scope admin', 'NAME: "../x" is not a name'],
    ['add a', '--scope: missing'],
    ['add a --scope root', '--scope: "root" is not one of billing:read, costs:read, billing:write, admin'],
    ['add a --scope admin --project ../x', '--project: "../x" is not an OpenStack project id, or *'],
    ['add a --scope admin --buyer x', '--buyer: "x" is not the id of a 3scale account, or *'],
    ['add a --scope admin --prefix=', '--prefix: "" is not a prefix of 1 to 255 characters, or *'],
    ['rotate a --grace 1y', '--grace: "1y" is not a duration such as'],
    ['rotate a --grace 91d', '--grace: "91d" is not a duration such as'],
    ['rotate a', 'NAME: "a" has no key'],
    ['remove a', 'NAME: "a" has no key'],
  ])('refuses %j', async (args, problem) => {
    const { status, stdout, stderr } = await keys(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(problem)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['--scope admin', 'its scopes (admin)'],
    ['--scope costs:read --buyer *', 'its scopes (costs:read)'],
    ['--scope billing:write --project p1', 'its scopes (billing:write)'],
  ])('warns when a key with %s can see no data', async (rights, scopes) => {
    const { status, stderr } = await keys(`add blind ${rights}`)
    expect(status).toBe(0)
    expect(stderr.toLowerCase()).toContain(`warning: blind cannot see any data. ${scopes}`)
    expect(stderr).toContain('billgraph keys remove blind')
  })

  it.each([
    '--scope admin --buyer *',
    '--scope costs:read --prefix customer-1',
    '--scope billing:read --project p1',
    RIGHTS,
  ])('does not warn when a key with %s is added', async rights => {
    expect((await keys(`add router ${rights}`)).stderr).not.toContain('warning')
  })

  it('refuses a name that exists', async () => {
    await keys('add a --scope admin')
    const before = readFileSync(path, 'utf8')
    expect(await keys('add a --scope admin')).toMatchObject({ status: 2, stdout: '' })
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('requires AUTH_KEYS_FILE, and does not change a file that is not a key file', async () => {
    const { status, stderr } = await runProgram(['keys', 'list'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('AUTH_KEYS_FILE: missing')])
    writeFileSync(path, '{"version": 1, "holders": 1}')
    expect(await keys('add a --scope admin')).toMatchObject({ status: 2, stderr: expect.stringContaining('holders: ') })
    expect(readFileSync(path, 'utf8')).toBe('{"version": 1, "holders": 1}')
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })

  it('does not change the file while another program does', async () => {
    await keys('add a --scope admin')
    writeFileSync(`${path}.new`, '')
    const { status, stderr } = await keys('remove a')
    expect([status, stderr]).toEqual([2, expect.stringContaining('another billgraph keys is running')])
    expect(readdirSync(folder)).toEqual(['keys.json', 'keys.json.new'])
  })

  it('changes the target of a symbolic link and keeps the link', async () => {
    const target = path
    await keys('add a --scope admin')
    path = join(folder, 'link.json')
    symlinkSync(target, path)
    await keys('add b --scope admin')
    expect(decodeKeyFile(readFileSync(target, 'utf8')).holders).toHaveLength(2)
  })

  it('has a help', async () => {
    const { status, stdout } = await keys('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('billgraph keys rotate NAME')
    expect((await runProgram(['--help'])).stdout).toMatch(/^ {2}keys +create, list, rotate/m)
  })
})
