import { Keyv } from 'keyv'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatDecimal } from '../../../src/domain/decimal.js'
import { DEFAULT_DOMAIN } from '../../../src/standin/catalyst/data.js'
import type { CatalystAccounts } from '../../../src/upstream/catalyst/accounts.js'
import {
  type CatalystSettings,
  type OpenCatalystAccounts,
  openCatalystAccounts,
} from '../../../src/upstream/catalyst/open.js'
import { UpstreamDeniedError, UpstreamUnreachableError } from '../../../src/upstream/http/errors.js'
import { bill, type Cloud, startCloud } from '../../clouds.js'
import { clock } from '../../gateway.js'
import { CLOSED_MONTHS_ONLY, decoders } from './open-client.js'

const LOGIN = 'POST /v3/auth/tokens'
const MONTH = '2026-10'

/** A project with invoices at b that is no account's own. */
const STRANGER = {
  id: 'stranger',
  name: 'stranger',
  domain: DEFAULT_DOMAIN,
  enabled: true,
  collectedIn: ['nz-por-1', 'nz-hlz-1'],
}

let a: Cloud
let b: Cloud
let close: () => Promise<void> = async () => {}

beforeEach(async () => {
  a = await startCloud('a', { projectId: 'p1', documents: { p1: [bill('2026-10-31', 10)] } })
  b = await startCloud('b', { projectId: 'p2', documents: { p2: [bill('2026-10-31', 20)] } })
})
afterEach(async () => {
  await close()
  await Promise.all([a.close(), b.close()])
})

function open(...settings: readonly CatalystSettings[]): CatalystAccounts {
  const opened = openWith(new Keyv<string>(), ...settings)
  close = opened.close
  return opened.accounts
}

function openWith(store: Keyv<string>, ...settings: readonly CatalystSettings[]): OpenCatalystAccounts {
  const opened = openCatalystAccounts(settings, {
    clock,
    cache: { ttls: CLOSED_MONTHS_ONLY, store: { entries: store, generations: null } },
    decoders,
  })
  if (!opened) throw new Error('no account')
  return opened
}

async function netOf(accounts: CatalystAccounts, projectId: string): Promise<readonly string[]> {
  const billing = await accounts.of(projectId)
  const months = await billing.invoicesByMonth({ projectId, months: [MONTH], detailed: true })
  return (months.get(MONTH) ?? []).map(({ total }) => formatDecimal(total.net))
}

function logins(): readonly number[] {
  return [a, b].map(({ keystone }) => keystone.requests.filter(request => request === LOGIN).length)
}

/** Another admin's cloud, where `stranger` has bills. */
async function startAdmin(): Promise<void> {
  await b.close()
  b = await startCloud('b', {
    projectId: 'p2',
    roles: ['admin'],
    documents: { p2: [bill('2026-10-31', 20)], stranger: [bill('2026-10-31', 30)] },
    more: { projects: [{ ...STRANGER, id: 'p2', name: 'two' }, STRANGER] },
  })
}

describe('the account for a project', () => {
  it("is the one whose own it is; no other logs in when the configuration has the project's id", async () => {
    const accounts = open(a.settings, b.settings)

    expect(logins()).toEqual([0, 0])
    expect(await netOf(accounts, 'p2')).toEqual(['20.0'])
    expect([logins(), a.requests]).toEqual([[0, 1], []])
    expect(await netOf(accounts, 'p1')).toEqual(['10.0'])
    expect(logins()).toEqual([1, 1])
  })

  it('is found by logging in to all accounts, once, when only Keystone knows their projects', async () => {
    const accounts = open(a.nameless, b.nameless)

    expect(await netOf(accounts, 'p2')).toEqual(['20.0'])
    expect(await netOf(accounts, 'p1')).toEqual(['10.0'])
    expect(logins()).toEqual([1, 1])
  })

  it('is found while the Keystone of another account hangs', async () => {
    a.keystone.intercept = () => new Promise(() => {})
    const accounts = open(a.nameless, b.nameless)

    expect(await netOf(accounts, 'p2')).toEqual(['20.0'])
    // The deadline of Keystone itself is 15 s.
  }, 10_000)

  it("is found while the Keystone of another account is down, and an error names that account's cloud", async () => {
    const accounts = open(a.nameless, b.nameless)
    await a.close()

    expect(await netOf(accounts, 'p2')).toEqual(['20.0'])
    const failure = await accounts.of('p1').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UpstreamUnreachableError)
    expect(failure).toMatchObject({
      cloud: 'a',
      message: 'Keystone (cloud a) cannot be reached (POST /v3/auth/tokens)',
    })
  })

  it('is the first one when no project is named', async () => {
    const accounts = open(b.settings, a.settings)

    expect(await accounts.default.ownProjectId()).toBe('p2')
    expect(await accounts.default.regions()).toEqual(['nz-por-1', 'nz-hlz-1'])
    expect(logins()).toEqual([0, 1])
  })

  it.each(['settings', 'nameless'] as const)(
    "is the one with the role admin when it is no account's own (%s)",
    async kind => {
      await startAdmin()
      const accounts = open(a[kind], b[kind])

      expect(await netOf(accounts, 'stranger')).toEqual(['30.0'])
      expect(a.requests).toEqual([])
    },
  )

  it("is the first one, which refuses, when it is no account's own and none has the role admin", async () => {
    const accounts = open(a.nameless, b.nameless)

    await expect(netOf(accounts, 'stranger')).rejects.toMatchObject({
      name: UpstreamDeniedError.name,
      message: expect.stringMatching(/^Catalyst Cloud \(cloud a\) refused/),
    })
    expect(b.requests).toEqual([])
  })

  it('is found although an account is down whose project is known to be another', async () => {
    await startAdmin()
    const accounts = open(a.settings, b.settings)
    await a.close()

    expect(await netOf(accounts, 'stranger')).toEqual(['30.0'])
  })

  it('is an error, and not an empty list, when it may be an account that is down', async () => {
    await startAdmin()
    const accounts = open(a.nameless, b.nameless)
    await a.close()

    await expect(netOf(accounts, 'p1')).rejects.toMatchObject({ cloud: 'a', retryable: true })
  })
})

describe('own projects', () => {
  it('are those of all accounts in the order configured, with their names', async () => {
    const { projects, failures } = await open(b.nameless, a.settings).own()

    expect(projects.map(({ project }) => [project.nativeId, project.name])).toEqual([
      ['p2', 'project p2'],
      ['p1', 'project p1'],
    ])
    expect(failures).toEqual([])
  })

  it('leave out an account that is down, with its error', async () => {
    await b.close()
    const { projects, failures } = await open(b.nameless, a.settings).own()

    expect(projects.map(({ project }) => project.nativeId)).toEqual(['p1'])
    expect(failures).toEqual([expect.objectContaining({ cloud: 'b' })])
  })

  it("count a project of two accounts once, as the first one's", async () => {
    const twin = { ...a.nameless, cloud: 'twin' }
    const accounts = open(a.settings, twin, b.settings)
    const { projects } = await accounts.own()

    expect(projects.map(({ project }) => project.nativeId)).toEqual(['p1', 'p2'])
    expect(projects[0]?.billing).toBe(accounts.all[0].billing)
    expect(await accounts.of('p1')).toBe(accounts.all[0].billing)
  })

  it('miss nothing when the first of two accounts with the same project is down', async () => {
    const twin = await startCloud('twin', { projectId: 'p1' })
    const accounts = open(a.settings, twin.settings)
    await a.close()
    const { projects, failures } = await accounts.own()

    expect(projects.map(({ project }) => project.nativeId)).toEqual(['p1'])
    expect(failures).toEqual([])
    await twin.close()
  })
})

describe('a cached month', () => {
  it('is not used for a project of the same id at another Keystone', async () => {
    const other = await startCloud('other', { projectId: 'p1', documents: { p1: [bill('2026-10-31', 99)] } })
    const store = new Keyv<string>()
    const nets = []
    for (const settings of [a.settings, other.settings, a.settings]) {
      const opened = openWith(store, settings)
      nets.push(...(await netOf(opened.accounts, 'p1')))
      await opened.close()
    }

    expect(nets).toEqual(['10.0', '99.0', '10.0'])
    // The third came from the store: otherwise the test would prove nothing.
    expect(a.requests.filter(request => request === 'GET /v2/invoices')).toHaveLength(1)
    await other.close()
  })

  it('is not used for another choice of regions', async () => {
    const store = new Keyv<string>()
    for (const regions of [null, ['nz-por-1']]) {
      const opened = openWith(store, { ...a.settings, regions })
      await netOf(opened.accounts, 'p1')
      await opened.close()
    }

    expect(a.requests.filter(request => request === 'GET /v2/invoices')).toHaveLength(2)
  })
})
