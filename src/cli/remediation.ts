import {
  UpstreamDegradedError,
  UpstreamDeniedError,
  type UpstreamError,
  UpstreamFormatError,
  type UpstreamName,
  UpstreamNotFoundError,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from '../upstream/http/errors.js'

/** The settings that decide how an upstream is found and spoken to. */
interface Variables {
  readonly address: string
  readonly certificates: string
  readonly rights: string
  readonly deadline: string | null
}

const VARIABLES: Readonly<Record<UpstreamName, Variables>> = {
  keystone: {
    address: 'OS_AUTH_URL',
    certificates: 'OS_CACERT',
    rights:
      'check OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME and the OS_PROJECT_ variables, or the application credential; it may ' +
      'also have expired, or have no role in the project',
    deadline: null,
  },
  catalyst: {
    address: 'CATALYST_ENDPOINTS (which replaces the address that the catalog has)',
    certificates: 'OS_CACERT',
    rights: "give the credential's user a role that may read bills in the project, such as billing",
    deadline: 'CATALYST_DEADLINE_MS',
  },
  threescale: {
    address: 'THREESCALE_URL',
    certificates: 'THREESCALE_CACERT',
    rights:
      'make a token under Personal Settings, Tokens, with the scopes Billing API and Account Management API, of a user ' +
      'who may see finances',
    deadline: 'THREESCALE_DEADLINE_MS',
  },
  issuer: {
    address: 'AUTH_JWT_ISSUERS or AUTH_JWT_JWKS',
    certificates: 'NODE_EXTRA_CA_CERTS',
    rights: "let the issuer's keys be read by everybody: they are public",
    deadline: null,
  },
}

/** Where clouds.yaml has the settings of Keystone's that variables have otherwise. */
const OF_CLOUD: Variables = {
  address: 'auth.auth_url in clouds.yaml',
  certificates: 'cacert in clouds.yaml',
  rights:
    'check what clouds.yaml and secure.yaml have under auth: user, password, user_domain_name and the project_ keys, or the ' +
    'application credential; it may also have expired, or have no role in the project',
  deadline: null,
}

function variablesOf({ upstream, cloud }: UpstreamError): Variables {
  if (cloud === undefined || upstream === 'threescale') return VARIABLES[upstream]
  return upstream === 'keystone' ? OF_CLOUD : { ...VARIABLES.catalyst, certificates: OF_CLOUD.certificates }
}

/** What an operator can do about a failure. */
export function howToMend(error: UpstreamError): string {
  const variables = variablesOf(error)
  if (error.operation === 'service catalog') return CATALOG
  if (/finance module/.test(error.message)) return 'let the operator of 3scale switch billing on for this tenant'
  if (error instanceof UpstreamDeniedError) return variables.rights
  if (error instanceof UpstreamNotFoundError) return mendAddress(variables)
  if (error instanceof UpstreamUnreachableError) return mendConnection(codeOf(error), variables)
  if (error instanceof UpstreamTimeoutError) {
    const patience = variables.deadline === null ? '' : `; ${variables.deadline} allows it more time`
    return `see whether the host in ${variables.address} is up and no firewall swallows the requests${patience}`
  }
  if (error instanceof UpstreamFormatError) {
    return `see whether ${variables.address} is the API itself, and not a login page or a proxy`
  }
  if (error instanceof UpstreamDegradedError) return NOT_OURS
  if (error instanceof UpstreamStatusError) return mendStatus(error, variables)
  return `try again in some seconds; if it stays so, check ${variables.address}`
}

const NOT_OURS = 'nothing here is wrong: it has a fault of its own; try later, then tell who runs it'

const CATALOG =
  'compare CATALYST_REGIONS, CATALYST_SERVICE_TYPE and OS_INTERFACE (interface in clouds.yaml) with what openstack catalog list shows, or give the ' +
  "region's https address in CATALYST_ENDPOINTS"

function mendStatus({ status, retryAfter }: UpstreamStatusError, variables: Variables): string {
  if (status === 429) return `ask less often${retryAfter === undefined ? '' : `, and not before ${retryAfter} s`}`
  if (status >= 500) return NOT_OURS
  return mendAddress(variables)
}

function mendAddress({ address }: Variables): string {
  return `see whether ${address} is right: the host answers, but has no such API there`
}

function mendConnection(code: string, { address, certificates }: Variables): string {
  if (/^(ENOTFOUND|EAI_)/.test(code)) return `no host has the name in ${address}: check its spelling, and the DNS here`
  if (code === 'ECONNREFUSED') return `nothing listens there: check host and port in ${address}`
  if (code === 'CERT_HAS_EXPIRED') return "the server's certificate has expired: tell who runs it"
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the certificate is another host's: check the name in ${address}`
  if (/CERT|ISSUER|SIGNATURE/.test(code))
    return `its certificate is not trusted: name its authority's in ${certificates}`
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return `what listens there speaks no TLS: check port and scheme in ${address}`
  return `check host and port in ${address}, the network, and firewalls on the way`
}

/** The first code along the chain of causes: those of the system, of TLS, of the HTTP library. */
function codeOf(error: Error): string {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code
  }
  return ''
}
