import type { AdmissionSettings } from './admission/admission-settings.js'
import type { TrustedDocuments } from './graphql/trusted-documents.js'
import type { CorsSettings } from './http/cors.js'

/** How GraphQL is spoken over HTTP. */
export interface ServerSettings {
  /** True lets callers ask for the schema itself. */
  readonly hasIntrospection: boolean
  /** True lets a caller leave a document here and name it by its hash from then on. */
  readonly hasPersistedQueries: boolean
  /** Null where every document is taken. */
  readonly trustedDocuments: TrustedDocuments | null
  /** Null where no page of another origin may read an answer. */
  readonly cors: CorsSettings | null
  /** True compresses answers for those who accept it. */
  readonly hasCompression: boolean
  /** True gives an answer again while all that it was made of is fresh. */
  readonly keepsAnswers: boolean
  /** How many operations run and wait. */
  readonly admission: AdmissionSettings
}
