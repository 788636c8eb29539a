import { describe, expect, it } from 'vitest'
import { ArgumentError, help, parseStandInArguments, startStandIns } from '../../../src/standin/program.js'

describe('parseStandInArguments', () => {
  it('starts everything on free ports by default', () => {
    expect(parseStandInArguments([])).toEqual({
      isHelp: false,
      catalyst: true,
      threescale: true,
      ports: { threescale: 0, keystone: 0, por: 0, hlz: 0 },
      seed: 1,
      driver: 'odoo',
      isDegraded: false,
      isCaching: false,
      generation: 'released',
      faults: [],
    })
  })

  it('reads every option', () => {
    const text =
      'threescale --port 8081 --keystone-port 5000 --por-port 9999 --hlz-port 9998 --seed 7 ' +
      '--clock 2026-11-22T00:00:00Z --driver jsonfile --degraded --cache --generation main --help'
    expect(parseStandInArguments(text.split(' '))).toEqual({
      isHelp: true,
      catalyst: false,
      threescale: true,
      ports: { threescale: 8081, keystone: 5000, por: 9999, hlz: 9998 },
      seed: 7,
      clockStart: new Date('2026-11-22T00:00:00Z'),
      driver: 'jsonfile',
      isDegraded: true,
      isCaching: true,
      generation: 'main',
      faults: [],
    })
  })

  it('reads every fault of a repeated option', () => {
    const args = ['--fault', 'GET /v2/invoices=status:500,count=3,skip=1', '--fault=* /api/*=delay:50']
    expect(parseStandInArguments(args).faults).toEqual([
      { route: 'GET /v2/invoices', kind: 'status:500', count: 3, skip: 1 },
      { route: '* /api/*', kind: 'delay:50' },
    ])
  })

  it.each([
    ['GET /v2/invoices', '--fault "GET /v2/invoices": missing = between route and kind'],
    ['*=explode', '--fault "*=explode": unknown kind "explode"'],
    ['*=hang,often', '--fault "*=hang,often": unknown option "often"'],
  ])('rejects the fault %j and names it', (fault, message) => {
    expect(() => parseStandInArguments(['--fault', fault])).toThrow(ArgumentError)
    expect(() => parseStandInArguments(['--fault', fault])).toThrow(message)
  })

  it.each([
    ['openstack', 'unknown stand-in "openstack"; use catalyst, threescale or all'],
    ['catalyst threescale', 'unexpected argument: "threescale"; name one stand-in, or all'],
    ['--port http', '--port must be a whole number from 0 to 65535: "http"'],
    ['--hlz-port 65536', '--hlz-port must be a whole number from 0 to 65535: "65536"'],
    ['--seed 0', '--seed must be a whole number from 1 to 9007199254740991: "0"'],
    ['--seed -3', '--seed must be a whole number from 1 to 9007199254740991: "-3"'],
    ['--clock 2026-11-22', '--clock must be an instant such as 2026-11-22T00:00:00Z: "2026-11-22"'],
    ['--clock 2026-13-22T00:00:00Z', '--clock must be an instant such as 2026-11-22T00:00:00Z: "2026-13-22T00:00:00Z"'],
    ['--driver oracle', '--driver must be odoo or jsonfile: "oracle"'],
    ['--generation 3', '--generation must be released or main: "3"'],
    ['--colour', "Unknown option '--colour'"],
    ['--seed', "Option '--seed <value>' argument missing"],
  ])('rejects %j: %s', (text, message) => {
    expect(() => parseStandInArguments(text.split(' '))).toThrow(new ArgumentError(message))
  })
})

describe('help', () => {
  it('names every option', () => {
    const names = [
      'port',
      'keystone-port',
      'por-port',
      'hlz-port',
      'seed',
      'clock',
      'driver',
      'degraded',
      'cache',
      'generation',
      'fault',
    ]
    for (const name of names) expect(help).toContain(`--${name} `)
  })
})

describe('startStandIns', () => {
  it('prints shell exports, and the servers at these URLs respond', async () => {
    const options = parseStandInArguments(['threescale', '--clock', '2026-11-22T00:00:00Z'])
    const running = await startStandIns(options)
    const exported = Object.fromEntries(
      running.lines.flatMap(line => {
        const [, name, value] = /^export (\w+)='(.*)'$/.exec(line) ?? []
        return name === undefined ? [] : [[name, value]]
      }),
    )
    expect(Object.keys(exported)).toEqual(['THREESCALE_URL', 'THREESCALE_ACCESS_TOKEN'])
    const url = `${exported.THREESCALE_URL}/api/invoices.xml?access_token=${exported.THREESCALE_ACCESS_TOKEN}`
    expect((await fetch(`${url}&month=2026-11`)).status).toBe(200)
    await running.close()
    await expect(fetch(url)).rejects.toThrow()
  })

  it('prints the credentials of the cloud as well', async () => {
    const running = await startStandIns(parseStandInArguments(['all']))
    const names = running.lines.flatMap(line => /^export (\w+)=/.exec(line)?.[1] ?? [])
    expect(names).toEqual([
      'OS_AUTH_URL',
      'OS_USERNAME',
      'OS_PASSWORD',
      'OS_USER_DOMAIN_NAME',
      'OS_PROJECT_NAME',
      'OS_PROJECT_DOMAIN_ID',
      'THREESCALE_URL',
      'THREESCALE_ACCESS_TOKEN',
    ])
    await running.close()
  })

  it('adds the faults to every server it starts, each with a count of its own', async () => {
    const running = await startStandIns(parseStandInArguments(['--fault', '*=status:503,count=1']))
    const urls = running.lines.flatMap(line => /^# .*: (http.*)$/.exec(line)?.[1] ?? [])
    expect(urls).toHaveLength(4)
    for (const url of urls) {
      expect((await fetch(url)).status).toBe(503)
      expect((await fetch(url)).status).not.toBe(503)
    }
    await running.close()
  })

  it('closes the servers it started when a port is in use', async () => {
    const first = await startStandIns(parseStandInArguments(['threescale']))
    const port = new URL(first.lines[0]?.split(' ').at(-1) ?? '').port
    await expect(startStandIns(parseStandInArguments(['all', '--port', port]))).rejects.toThrow('EADDRINUSE')
    await first.close()
  })
})
