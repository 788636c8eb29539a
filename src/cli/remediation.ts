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

/** The settings that a remediation names for an upstream. */
interface Settings {
  readonly address: string
  readonly certificates: string
  readonly rights: string
  readonly deadline: string | null
}

const SETTINGS: Readonly<Record<UpstreamName, Settings>> = {
  keystone: {
    address: 'OS_AUTH_URL',
    certificates: 'OS_CACERT',
    rights:
      'check OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME and the OS_PROJECT_ variables, or the application credential, which ' +
      'may also have expired or have no role in the project',
    deadline: null,
  },
  catalyst: {
    address: 'CATALYST_ENDPOINTS (which overrides the address in the service catalog)',
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
    rights: "make the issuer's keys readable without authentication: they are public",
    deadline: null,
  },
}

/** The same for a Keystone that clouds.yaml configures. */
const CLOUD_SETTINGS: Settings = {
  address: 'auth.auth_url in clouds.yaml',
  certificates: 'cacert in clouds.yaml',
  rights:
    'check auth in clouds.yaml and secure.yaml: username, password, user_domain_name and the project_ keys, or the ' +
    'application credential, which may also have expired or have no role in the project',
  deadline: null,
}

function settingsOf({ upstream, cloud }: UpstreamError): Settings {
  if (cloud === undefined || upstream === 'threescale') return SETTINGS[upstream]
  return upstream === 'keystone' ? CLOUD_SETTINGS : { ...SETTINGS.catalyst, certificates: CLOUD_SETTINGS.certificates }
}

/** A hint for operators: how to fix the cause of an upstream error. */
export function remediationFor(error: UpstreamError): string {
  const settings = settingsOf(error)
  if (error.operation === 'service catalog') return CATALOG
  if (/finance module/.test(error.message)) return 'ask the operator of 3scale to switch billing on for this tenant'
  if (error instanceof UpstreamDeniedError) return settings.rights
  if (error instanceof UpstreamNotFoundError) return fixAddress(settings)
  if (error instanceof UpstreamUnreachableError) return fixConnection(codeOf(error), settings)
  if (error instanceof UpstreamTimeoutError) {
    const deadline = settings.deadline === null ? '' : `; raise ${settings.deadline} to allow it more time`
    return `check that the host in ${settings.address} is up and that no firewall drops the requests${deadline}`
  }
  if (error instanceof UpstreamFormatError) {
    return `check that ${settings.address} is the API itself, not a login page or a proxy`
  }
  if (error instanceof UpstreamDegradedError) return UPSTREAM_FAULT
  if (error instanceof UpstreamStatusError) return fixStatus(error, settings)
  return `try again in a few seconds; if it keeps failing, check ${settings.address}`
}

const UPSTREAM_FAULT = 'the fault is on the upstream: try again later, then report it to its operator'

const CATALOG =
  'compare CATALYST_REGIONS, CATALYST_SERVICE_TYPE and OS_INTERFACE (interface in clouds.yaml) with the output of openstack catalog list, or set the ' +
  "region's https address in CATALYST_ENDPOINTS"

function fixStatus({ status, retryAfter }: UpstreamStatusError, settings: Settings): string {
  if (status === 429)
    return `send fewer requests${retryAfter === undefined ? '' : `, and wait ${retryAfter} s before the next one`}`
  if (status >= 500) return UPSTREAM_FAULT
  return fixAddress(settings)
}

function fixAddress({ address }: Settings): string {
  return `check that ${address} is right: the host answers, but the API is not at that address`
}

function fixConnection(code: string, { address, certificates }: Settings): string {
  if (/^(ENOTFOUND|EAI_)/.test(code))
    return `no host has the name in ${address}: check its spelling, and the DNS of this machine`
  if (code === 'ECONNREFUSED') return `nothing is listening there: check host and port in ${address}`
  if (code === 'CERT_HAS_EXPIRED') return "the server's certificate has expired: report it to its operator"
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `the certificate is for another host: check the name in ${address}`
  if (/CERT|ISSUER|SIGNATURE/.test(code))
    return `the server's certificate is not trusted: set ${certificates} to the certificate of its authority`
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return `the server does not speak TLS: check port and scheme in ${address}`
  return `check host and port in ${address}, the network, and firewalls`
}

/** The first error code in the chain of causes: of the system, TLS or the HTTP library. '' for none. */
function codeOf(error: Error): string {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code
  }
  return ''
}
