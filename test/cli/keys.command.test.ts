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

/** HOST and PORT are the gateway's affair. */
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
  it('adds a key that is shown once on stdout and kept as a hash, in a file for its owner alone', async () => {
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

  it('rotates a key: the old one is good for the grace, and gone from the file with the next change after it', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    const { stdout: next, stderr } = await keys('rotate router --grace 30m')
    expect(stderr).toContain(`good until ${later(1_800_000).toISOString()}`)
    expect([find(old, later(1_799_999)), find(next)]).toMatchObject([{ id: 'key:router' }, { id: 'key:router' }])
    expect(find(old, later(1_800_000))).toBe('expired')
    await keys('rotate router --grace 0', later(1_800_000))
    expect(find(old, later(1_800_000))).toBe('unknown')
    expect(find(next, later(1_800_000))).toBe('unknown')
  })

  it('never gives an old key more life than it had', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    await keys('rotate router --grace 1h')
    await keys('rotate router --grace 7d')
    expect(find(old, later(3_600_000))).toBe('expired')
  })

  it('removes a name and all its keys, and lets it be given again', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    await keys('rotate router')
    expect((await keys('remove router')).status).toBe(0)
    expect(find(old)).toBe('unknown')
    expect((await keys(`add router ${RIGHTS}`)).status).toBe(0)
  })

  it('lists who has which key for what, and shows none', async () => {
    const { stdout: old } = await keys(`add router ${RIGHTS}`)
    await keys('rotate router --grace 1h')
    const { stdout } = await keys('list', later(3_600_000))
    const rest = ['billing:read, costs:read', 'p1', 'customer-1, customer-2', '*']
    expect(rowsOf(stdout)).toEqual([
      ['router', `${old.slice(0, 16)}…`, TODAY.toISOString(), `${later(3_600_000).toISOString()} (over)`, ...rest],
      ['router', expect.stringMatching(/^bg_\w{12}_…$/), TODAY.toISOString(), 'removed', ...rest],
    ])
  })

  it.each<[string, string]>([
    ['', 'keys: "" is not one of add, list, rotate, remove'],
    ['show', 'keys: "show" is not one of add, list, rotate, remove'],
    ['list x', 'keys: "x" is one word too many'],
    ['add a b --scope admin', 'keys: "b" is one word too many'],
    ['add --scope admin', 'NAME: missing'],
    ['add ../x --scope admin', 'NAME: "../x" is not a name'],
    ['add a', '--scope: missing'],
    ['add a --scope root', '--scope: "root" is not one of billing:read, costs:read, billing:write, admin'],
    ['add a --scope admin --project ../x', '--project: "../x" is not an OpenStack project id, or *'],
    ['add a --scope admin --buyer x', '--buyer: "x" is not the id of a 3scale account, or *'],
    ['add a --scope admin --prefix=', '--prefix: "" is not a prefix of 1 to 255 characters, or *'],
    ['rotate a --grace 1y', '--grace: "1y" is not a time such as'],
    ['rotate a --grace 91d', '--grace: "91d" is not a time such as'],
    ['rotate a', 'NAME: "a" has no key'],
    ['remove a', 'NAME: "a" has no key'],
  ])('does not do %j', async (args, problem) => {
    const { status, stdout, stderr } = await keys(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(problem)
    expect(readdirSync(folder)).toEqual([])
  })

  it('does not give a name twice', async () => {
    await keys('add a --scope admin')
    const before = readFileSync(path, 'utf8')
    expect(await keys('add a --scope admin')).toMatchObject({ status: 2, stdout: '' })
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('needs to be told the file, and leaves one alone that it does not understand', async () => {
    const { status, stderr } = await runProgram(['keys', 'list'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('AUTH_KEYS_FILE: missing')])
    writeFileSync(path, '{"version": 1, "holders": 1}')
    expect(await keys('add a --scope admin')).toMatchObject({ status: 2, stderr: expect.stringContaining('holders: ') })
    expect(readFileSync(path, 'utf8')).toBe('{"version": 1, "holders": 1}')
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })

  it('changes the file only where nobody else does', async () => {
    await keys('add a --scope admin')
    writeFileSync(`${path}.new`, '')
    const { status, stderr } = await keys('remove a')
    expect([status, stderr]).toEqual([2, expect.stringContaining('another billgraph keys is at work')])
    expect(readdirSync(folder)).toEqual(['keys.json', 'keys.json.new'])
  })

  it('changes what a link leads to, and leaves the link', async () => {
    const target = path
    await keys('add a --scope admin')
    path = join(folder, 'link.json')
    symlinkSync(target, path)
    await keys('add b --scope admin')
    expect(decodeKeyFile(readFileSync(target, 'utf8')).holders).toHaveLength(2)
  })

  it('says what it does', async () => {
    const { status, stdout } = await keys('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('billgraph keys rotate NAME')
    expect((await runProgram(['--help'])).stdout).toMatch(/^ {2}keys +makes, lists, rotates/m)
  })
})
