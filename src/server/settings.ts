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
  /** True serves the dashboard. */
  readonly hasDashboard: boolean
  /** True answers repeated operations from the operation cache. */
  readonly keepsAnswers: boolean
  /** How many operations run and wait. */
  readonly admission: AdmissionSettings
  /** The longest wait at shutdown for the requests in flight, in ms. */
  readonly shutdownTimeoutMs: number
}

/** Less than the 30 s that Kubernetes waits by default before it kills a process. */
export const DEFAULT_SHUTDOWN_TIMEOUT_MS = 20_000
