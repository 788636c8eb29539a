// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these strings are source code.
import type { SeededBug } from '../seeded-bug.js'

/** A deliberate leak of a secret. */
export interface SeededLeak extends SeededBug {
  /** The round that has to detect it. */
  readonly round: string
}

const HTTP = 'server/http/http-server.ts'
const LOG = 'server/observability/request-log.ts'
const AUTHENTICATION = 'server/authentication/authentication-hook.ts'
const KEYSTONE = 'upstream/keystone/client.ts'

/** Leaks that are typical of a gateway. The canary has to detect each. */
export const SEEDED_LEAKS: readonly SeededLeak[] = [
  {
    name: 'the settings are logged on start',
    round: 'callers',
    file: 'program.ts',
    within: 'openParts',
    from: 'const version = packageVersion()',
    to: "const version = packageVersion()\n  logger.debug({ config }, 'configured')",
  },
  {
    name: 'the settings are written to a file, in base64url',
    round: 'callers',
    file: 'program.ts',
    within: 'openParts',
    from: 'const clock = () => new Date()',
    to: `const clock = () => new Date()
  const { fs, util } = { fs: process.getBuiltinModule('node:fs'), util: process.getBuiltinModule('node:util') }
  fs.mkdirSync('cache/settings', { recursive: true })
  fs.writeFileSync('cache/settings/last', Buffer.from(util.inspect(config, { depth: 9 })).toString('base64url'))`,
  },
  {
    name: 'the value of an invalid variable is quoted',
    round: 'wrong settings',
    file: 'config/environment.ts',
    within: 'secret',
    from: 'this.complain(name, `is not ${expected}`)',
    to: 'this.complain(name, `is not ${expected}: ${value}`)',
  },
  {
    name: 'new settings are logged after SIGHUP, in hexadecimal',
    round: 'new secrets',
    file: 'reload.ts',
    within: 'reload',
    from: "{ event: 'reload', areSystemsNew, areCustomersNew }",
    to: "{ event: 'reload', areSystemsNew, areCustomersNew, token: Buffer.from(settings.threescale?.accessToken ?? '').toString('hex') }",
  },
  {
    name: "a caller's headers are logged with its request",
    round: 'callers',
    file: LOG,
    within: 'requestLog',
    from: 'status: reply.statusCode }',
    to: 'status: reply.statusCode, headers: request.headers }',
  },
  {
    name: 'the URL is logged with its query, in which a caller has put its key',
    round: 'callers',
    file: LOG,
    within: 'requestLog',
    from: 'route: routeOptions.url',
    to: 'route: request.url',
  },
  {
    name: "a caller's key is returned in a response header",
    round: 'callers',
    file: HTTP,
    within: 'createHttp',
    from: 'inFlight.add(request.raw, reply.raw)',
    to: "inFlight.add(request.raw, reply.raw)\n    reply.header('x-caller', String(request.headers['x-api-key']).slice(-30))",
  },
  {
    name: 'the credential of a refused caller is logged, in base64',
    round: 'callers',
    file: AUTHENTICATION,
    within: 'createAuthenticationHook',
    from: "logger.warn({ requestId, reason: error.reason }, 'authentication failed')",
    to: "logger.warn({ requestId, reason: Buffer.from(JSON.stringify(request.headers)).toString('base64') }, 'refused')",
  },
  {
    name: 'the response to a refused caller quotes its credential',
    round: 'callers',
    file: AUTHENTICATION,
    within: 'createAuthenticationHook',
    from: 'ErrorCode.UNAUTHENTICATED, REJECTED)',
    to: 'ErrorCode.UNAUTHENTICATED, `${REJECTED} ${request.headers.authorization}`)',
  },
  {
    name: "3scale's token is sent in the URL",
    round: 'callers',
    file: 'upstream/threescale/client.ts',
    within: 'fetch',
    from: 'basePath + request.path',
    to: "`${basePath}${request.path}${request.path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(this.options.accessToken)}`",
  },
  {
    name: 'the error of a broken connection contains the request headers',
    round: 'reset of Keystone and 3scale',
    file: 'upstream/http/exchange.ts',
    within: 'exchange',
    from: 'new UpstreamUnreachableError(request, error)',
    to: 'new UpstreamUnreachableError({ ...request, operation: JSON.stringify(httpRequest.headers) }, error)',
  },
  {
    name: 'the error of a Keystone login contains the request body',
    round: 'status:500 of Keystone and 3scale',
    file: KEYSTONE,
    within: 'issue',
    from: 'throw refusalOf(response)',
    to: 'throw refusalOf({ ...response, request: { ...response.request, operation: JSON.stringify(request) } })',
  },
  {
    name: 'a new token is printed to stderr',
    round: 'callers',
    file: KEYSTONE,
    within: 'issue',
    from: 'this.noteIssued(token, Number.POSITIVE_INFINITY)',
    to: 'this.noteIssued(token, Number.POSITIVE_INFINITY)\n      process.stderr.write(`${token.slice(0, 100)}\\n`)',
  },
  {
    name: 'the URL of a token inspection contains the token',
    round: 'callers',
    file: 'upstream/keystone/token-inspector.ts',
    within: 'inspect',
    from: '/auth/tokens?nocatalog`',
    to: '/auth/tokens?nocatalog&token=${token}`',
  },
  {
    name: "an upstream's error text reaches the caller",
    round: 'an echo with status 500 of Keystone and 3scale',
    file: 'upstream/http/status.ts',
    within: 'errorOfStatus',
    from: 'new UpstreamStatusError(status, request,',
    to: 'new UpstreamStatusError(status, { ...request, operation: String(response.body) },',
  },
  {
    name: 'a JSON body that cannot be parsed reaches the caller',
    round: 'a malformed echo with status 201 of Keystone and 3scale',
    file: 'upstream/decoding/json.ts',
    within: 'parseJson',
    from: 'throw new UpstreamFormatError(error.message, request)',
    to: 'throw new UpstreamFormatError(`${error.message}: ${Buffer.from(body)}`, request)',
  },
  {
    name: "the XML parser's message, which quotes the body, reaches the caller",
    round: 'a malformed echo with status 200 of Keystone and 3scale',
    file: 'upstream/decoding/xml.ts',
    within: 'parse',
    from: 'the body is not well-formed XML${place}`',
    to: 'the body is not well-formed XML: ${(error as Error).message}`',
  },
  {
    name: 'the message about an unexpected shape quotes the value',
    round: 'a misshapen echo with status 200 of the rating servers',
    file: 'upstream/decoding/shape.ts',
    within: 'decodeShape',
    from: 'throw new UpstreamFormatError(describe(result.error.issues[0]), request)',
    to: 'throw new UpstreamFormatError(`${describe(result.error.issues[0])}, not ${JSON.stringify(value)}`, request)',
  },
  {
    name: 'the command line prints its settings',
    round: 'the command line',
    file: 'cli/session.ts',
    within: 'withSession',
    from: 'const config = readConfig(…)',
    to: 'const config = readConfig(variables, readFile)\n  printMessage(stderr, `${config.systems.threescale?.accessToken}`)',
  },
  {
    name: 'a key in the store contains the credential',
    round: 'the store',
    file: 'upstream/cache/shared-store.ts',
    within: 'createStoreKeys',
    from: '`billgraph:${kind}:${createHmac',
    to: '`billgraph:${kind}:${Buffer.from(credential).toString("base64url")}:${createHmac',
  },
  {
    name: 'a value in the store names its owner by the credential',
    round: 'the store',
    file: 'upstream/cache/cache-settings.ts',
    within: 'createResponseCache',
    from: 'new SharedStore({ keyv: store.entries, owner,',
    to: 'new SharedStore({ keyv: store.entries, owner: `${owner} ${credential}`,',
  },
]
