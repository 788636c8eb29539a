import type { AdmissionSettings } from './admission/admission-settings.js'
import type { TrustedDocuments } from './graphql/trusted-documents.js'
import type { CorsSettings } from './http/cors.js'

/** Settings of GraphQL over HTTP. */
export interface ServerSettings {
  /** True allows introspection of the schema. */
  readonly hasIntrospection: boolean
  /** True allows automatic persisted queries: a client registers a document and then sends its hash alone. */
  readonly hasPersistedQueries: boolean
  /** The only documents that are executed; null allows every document. */
  readonly trustedDocuments: TrustedDocuments | null
  /** Null: no page of another origin may read a response. */
  readonly cors: CorsSettings | null
  /** True compresses responses for clients that accept it. */
  readonly hasCompression: boolean
  /** True serves the start page, the explorer, the Sandbox and the documents. */
  readonly hasExplorer: boolean
  /** True serves the dashboard. */
  readonly hasDashboard: boolean
  /** True answers repeated operations from the operation cache. */
  readonly keepsAnswers: boolean
  /** How many operations run and wait. */
  readonly admission: AdmissionSettings
  readonly drain: DrainSettings
  /** Addresses and ranges of proxies whose `X-Forwarded-For` names the client; `[]` for none. */
  readonly trustedProxies: readonly string[]
}

/** How the server ends. */
export interface DrainSettings {
  /** How long it still answers after `/readyz` has begun to fail, in ms. */
  readonly delayMs: number
  /** The longest time until all requests are answered, the delay included, in ms. */
  readonly timeoutMs: number
}

/** Load balancers notice within 5 s. Kubernetes waits for 30 s by default before it kills a process. */
export const DEFAULT_DRAIN: DrainSettings = { delayMs: 5_000, timeoutMs: 20_000 }
