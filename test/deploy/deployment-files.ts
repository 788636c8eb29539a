import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** The folder of all deployment files. */
export const DEPLOY = new URL('../../deploy/', import.meta.url)

/** A text in the folder. */
export function read(path: string): string {
  return readFileSync(new URL(path, DEPLOY), 'utf8')
}

/** A YAML file, as Go's parsers read it: `0440` is octal. */
export function readYaml<T>(path: string): T {
  return parse(read(path), { version: '1.1', merge: true }) as T
}

/** A Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
}

/** The objects of `deploy/kubernetes` and its components by file. */
export function readObjects(): ReadonlyMap<string, KubernetesObject> {
  const files = readdirSync(new URL('kubernetes/', DEPLOY), { recursive: true, encoding: 'utf8' })
  const objects = files.filter(file => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
  return new Map(objects.map(file => [file, readYaml<KubernetesObject>(`kubernetes/${file}`)]))
}

/** The parts of the Deployment that tests compare with others. */
export interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number
        readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number }
        readonly containers: readonly {
          readonly image: string
          readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
          readonly volumeMounts: readonly { readonly mountPath: string }[]
        }[]
        readonly volumes: readonly { readonly secret: { readonly defaultMode: number } }[]
      }
    }
  }
}

/** The parts of `compose.yaml` that tests compare with others. */
export interface ComposeFile {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly environment?: Readonly<Record<string, string>>
        readonly secrets?: readonly string[]
        readonly volumes?: readonly string[]
        readonly networks: readonly string[]
        readonly depends_on?: Readonly<Record<string, unknown>> | readonly string[]
        readonly stop_grace_period?: string
      }
    >
  >
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}
