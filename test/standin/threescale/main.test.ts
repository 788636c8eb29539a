import { describe, expect, it } from 'vitest'
import { ArgumentError, parseStandInArguments, startStandIns } from '../../../src/standin/main.js'

describe('parseStandInArguments', () => {
  it('starts everything on free ports by default', () => {
    expect(parseStandInArguments([])).toEqual({
      isHelp: false,
      catalyst: true,
      threescale: true,
      ports: { threescale: 0, keystone: 0, por: 0, hlz: 0 },
      seed: 1,
      driver: 'odoo',
      generation: 'released',
    })
  })

  it('reads every option', () => {
    const text =
      'threescale --port 8081 --keystone-port 5000 --por-port 9999 --hlz-port 9998 --seed 7 ' +
      '--clock 2026-11-22T00:00:00Z --driver jsonfile --generation main --help'
    expect(parseStandInArguments(text.split(' '))).toEqual({
      isHelp: true,
      catalyst: false,
      threescale: true,
      ports: { threescale: 8081, keystone: 5000, por: 9999, hlz: 9998 },
      seed: 7,
      clockStart: new Date('2026-11-22T00:00:00Z'),
      driver: 'jsonfile',
      generation: 'main',
    })
  })

  it.each([
    ['openstack', 'unknown stand-in: "openstack"'],
    ['catalyst threescale', 'one stand-in too many: "threescale"'],
    ['--port http', '--port is to be a whole number from 0 to 65535: "http"'],
    ['--hlz-port 65536', '--hlz-port is to be a whole number from 0 to 65535: "65536"'],
    ['--seed 0', '--seed is to be a whole number from 1 to 9007199254740991: "0"'],
    ['--seed -3', '--seed is to be a whole number from 1 to 9007199254740991: "-3"'],
    ['--clock 2026-11-22', '--clock is to be an instant such as 2026-11-22T00:00:00Z: "2026-11-22"'],
    [
      '--clock 2026-13-22T00:00:00Z',
      '--clock is to be an instant such as 2026-11-22T00:00:00Z: "2026-13-22T00:00:00Z"',
    ],
    ['--driver oracle', '--driver is to be odoo or jsonfile: "oracle"'],
    ['--generation 3', '--generation is to be released or main: "3"'],
    ['--colour', "Unknown option '--colour'"],
    ['--seed', "Option '--seed <value>' argument missing"],
  ])('refuses %j: %s', (text, message) => {
    expect(() => parseStandInArguments(text.split(' '))).toThrow(new ArgumentError(message))
  })
})

describe('startStandIns', () => {
  it('prints lines a shell can take, and the servers behind them answer', async () => {
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

  it('prints the credentials of the cloud too', async () => {
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

  it('closes what it started when a port is taken', async () => {
    const first = await startStandIns(parseStandInArguments(['threescale']))
    const port = new URL(first.lines[0]?.split(' ').at(-1) ?? '').port
    await expect(startStandIns(parseStandInArguments(['all', '--port', port]))).rejects.toThrow('EADDRINUSE')
    await first.close()
  })
})
