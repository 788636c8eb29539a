import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule'
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap'
import { Service } from 'kubernetes-models/v1/Service'
import { describe, expect, it } from 'vitest'
import { type KubernetesObject, readObjects, readYaml } from './deployment-files.js'

/** What the models of Kubernetes have in common. */
type Model = new (data: never) => { validate(): void }

/** Each kind with its model, whose schema is that of the Kubernetes API. */
const MODELS: Readonly<Record<string, Model>> = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PodDisruptionBudget,
  PrometheusRule,
  Service,
  ServiceMonitor,
}

/** The files that a kustomization names. */
interface Kustomization {
  readonly resources?: readonly string[]
  readonly patches?: readonly { readonly path: string }[]
}

const objects = readObjects()
const root = new URL('../../', import.meta.url).pathname

/** A TypeScript source in which the compiler compares the object with its interface, every key included. */
function sourceOf(object: KubernetesObject): string {
  const { apiVersion, kind } = object
  const packageName = apiVersion.startsWith('monitoring.coreos.com/')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models'
  return `import type { I${kind} } from '${packageName}/${apiVersion}/${kind}'\nexport const one: I${kind} = ${JSON.stringify(object)}\n`
}

/** What the compiler says of the sources by name, a line for each problem. */
function compile(sources: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'billgraph-manifests-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, `${name}.ts`), source)
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', '']
  const files = Object.keys(sources).map(name => `${name}.ts`)
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { stdout } = spawnSync(tsc, [...options, ...files], { cwd: folder, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return stdout.split('\n').filter(line => line.includes('error TS'))
}

describe('deploy/kubernetes', () => {
  it.each([...objects])('%s is valid by the schema of the Kubernetes API', (_file, object) => {
    const model = MODELS[object.kind]
    if (!model) throw new Error(`no model of ${object.kind}`)
    expect(() => new model(object as never).validate()).not.toThrow()
  })

  it('has no key that Kubernetes does not know, at any depth', () => {
    const sources = Object.fromEntries(
      [...objects].map(([file, object]) => [file.replaceAll(/\W/g, '_'), sourceOf(object)]),
    )
    // The check itself must be able to fail.
    const misspelt = (sources.deployment_yaml ?? '').replace('"readOnlyRootFilesystem"', '"readOnlyRootFileSystem"')
    const problems = compile({ ...sources, misspelt })

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^misspelt\.ts.*readOnlyRootFileSystem.* does not exist/)
  })

  it.each([
    ['the base', '', (file: string) => !file.includes('/')],
    ['a component', 'components/prometheus-operator/', (file: string) => file.startsWith('components/prometheus')],
    ['a component', 'components/scale-by-queue/', (file: string) => file.startsWith('components/scale')],
  ])('has every file in the kustomization of %s: %s', (_what, folder, isIn) => {
    const { resources = [], patches = [] } = readYaml<Kustomization>(`kubernetes/${folder}kustomization.yaml`)
    const named = [...resources, ...patches.map(({ path }) => path)].map(file => folder + file)
    expect(named.sort()).toEqual([...objects.keys()].filter(isIn).sort())
  })

  it('has the alerts of deploy/prometheus/alerts.yml', () => {
    const rule = readYaml<{ readonly spec: object }>('kubernetes/components/prometheus-operator/prometheus-rule.yaml')
    expect(rule.spec).toEqual(readYaml('prometheus/alerts.yml'))
  })
})
