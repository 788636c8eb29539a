// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in these texts is source code.
/** A leak as somebody might make one: one text of one source file, and what stands in its place. */
export interface Seed {
  readonly leak: string
  /** Under `src`. */
  readonly file: string
  /** Stands in the file just once. */
  readonly from: string
  readonly to: string
  /** The round of a gateway that has to find it, or that of the store. */
  readonly round: string
}

const HTTP = 'server/http/http-server.ts'
const GUARD = 'server/authentication/guard.ts'
const KEYSTONE = 'upstream/keystone/client.ts'

/** What goes wrong in programs like this one. Each has to be found. */
export const SEEDS: readonly Seed[] = [
  {
    leak: 'the settings are logged at the start',
    round: 'callers',
    file: 'main.ts',
    from: 'const logger = pino({ level: config.logLevel })',
    to: "const logger = pino({ level: config.logLevel })\n  logger.debug({ config }, 'configured')",
  },
  {
    leak: 'the settings are written to a file, in base64url',
    round: 'callers',
    file: 'main.ts',
    from: 'const clock = () => new Date()',
    to: `const clock = () => new Date()
  const { fs, util } = { fs: process.getBuiltinModule('node:fs'), util: process.getBuiltinModule('node:util') }
  fs.mkdirSync('cache/settings', { recursive: true })
  fs.writeFileSync('cache/settings/last', Buffer.from(util.inspect(config, { depth: 9 })).toString('base64url'))`,
  },
  {
    leak: 'a variable that is wrong is quoted',
    round: 'wrong settings',
    file: 'config/environment.ts',
    from: 'else this.complain(name, `is not ${expected}`)',
    to: 'else this.complain(name, `is not ${expected}: ${value}`)',
  },
  {
    leak: 'new settings are logged after SIGHUP, in hexadecimal',
    round: 'new secrets',
    file: 'reload.ts',
    from: 'logger.info({ areSystemsNew }',
    to: "logger.info({ areSystemsNew, token: Buffer.from(settings.threescale?.accessToken ?? '').toString('hex') }",
  },
  {
    leak: "a caller's headers are logged with his request",
    round: 'callers',
    file: HTTP,
    from: 'status: reply.statusCode, ms, ...from }',
    to: 'status: reply.statusCode, ms, ...from, headers: reply.request.headers }',
  },
  {
    leak: 'the address is logged with its query, in which a caller has put his key',
    round: 'callers',
    file: HTTP,
    from: 'route: routeOptions.url',
    to: 'route: reply.request.url',
  },
  {
    leak: "a caller's key comes back in a header",
    round: 'callers',
    file: HTTP,
    from: 'underWay.add(reply.raw)',
    to: "underWay.add(reply.raw)\n    reply.header('x-caller', String(request.headers['x-api-key']).slice(-30))",
  },
  {
    leak: 'what a refused caller has shown is logged, in base64',
    round: 'callers',
    file: GUARD,
    from: "logger.warn({ requestId, reason: error.reason }, 'a caller is refused')",
    to: "logger.warn({ requestId, reason: Buffer.from(JSON.stringify(request.headers)).toString('base64') }, 'refused')",
  },
  {
    leak: 'a refused caller is told what he has shown',
    round: 'callers',
    file: GUARD,
    from: '          NO_CREDENTIAL,',
    to: '          `${NO_CREDENTIAL} ${request.headers.authorization}`,',
  },
  {
    leak: "3scale's token stands in the address",
    round: 'callers',
    file: 'upstream/threescale/client.ts',
    from: 'path: basePath + path,',
    to: "path: `${basePath}${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(this.options.accessToken)}`,",
  },
  {
    leak: 'the error of a broken connection has the headers that were sent',
    round: 'reset of Keystone and 3scale',
    file: 'upstream/http/exchange.ts',
    from: 'new UpstreamUnreachableError(asked, error)',
    to: 'new UpstreamUnreachableError({ ...asked, operation: JSON.stringify(request.headers) }, error)',
  },
  {
    leak: "the error of a login has the login's body",
    round: 'status:500 of Keystone and 3scale',
    file: KEYSTONE,
    from: 'if (answer.status !== 201) throw refusal(answer, asked)',
    to: 'if (answer.status !== 201) throw refusal(answer, { ...asked, operation: JSON.stringify(body) })',
  },
  {
    leak: 'a new token is printed to stderr',
    round: 'callers',
    file: KEYSTONE,
    from: 'this.issued = token\n',
    to: 'this.issued = token\n      process.stderr.write(`${token.slice(0, 100)}\\n`)\n',
  },
  {
    leak: "a caller's token stands in the address by which Keystone is asked about it",
    round: 'callers',
    file: 'upstream/keystone/token-inspector.ts',
    from: '/auth/tokens?nocatalog`',
    to: '/auth/tokens?nocatalog&token=${token}`',
  },
  {
    leak: "an upstream's own words are passed on",
    round: 'an echo under 500 of Keystone and 3scale',
    file: 'upstream/http/status.ts',
    from: 'new UpstreamStatusError(answer.status, asked, retryAfterSeconds(answer))',
    to: 'new UpstreamStatusError(answer.status, { ...asked, operation: String(answer.body) }, retryAfterSeconds(answer))',
  },
  {
    leak: "the JSON parser's message is passed on, which quotes the body",
    round: 'a malformed echo under 201 of Keystone and 3scale',
    file: 'upstream/decoding/json.ts',
    from: "} catch {\n    // V8's message quotes the body, which may hold a secret: it is not kept as the cause.\n    throw new UpstreamFormatError('the body is not JSON', asked)",
    to: '} catch (error) {\n    throw new UpstreamFormatError((error as Error).message, asked)',
  },
  {
    leak: "the XML parser's message is passed on, which quotes the body",
    round: 'a malformed echo under 200 of Keystone and 3scale',
    file: 'upstream/decoding/xml.ts',
    from: 'the body is not well-formed XML${place}`',
    to: 'the body is not well-formed XML: ${(error as Error).message}`',
  },
  {
    leak: 'a value of another shape than expected is quoted',
    round: 'a misshapen echo under 200 of the rating servers',
    file: 'upstream/decoding/shape.ts',
    from: 'throw new UpstreamFormatError(describe(result.error.issues[0]), asked)',
    to: 'throw new UpstreamFormatError(`${describe(result.error.issues[0])}, not ${JSON.stringify(value)}`, asked)',
  },
  {
    leak: 'the command line prints what it is configured with',
    round: 'the command line',
    file: 'cli/run.ts',
    from: 'const config = readConfig(terminal.variables, terminal.readFile)',
    to: 'const config = readConfig(terminal.variables, terminal.readFile)\n  remark(stderr, `${config.systems.threescale?.accessToken}`)',
  },
  {
    leak: 'a key in the store has the credential in it',
    round: 'the store',
    file: 'upstream/cache/store-keys.ts',
    from: '`billgraph:${name}:${createHmac',
    to: '`billgraph:${name}:${Buffer.from(credential).toString("base64url")}:${createHmac',
  },
  {
    leak: 'a value in the store names whose it is by the credential',
    round: 'the store',
    file: 'upstream/cache/cache-settings.ts',
    from: 'new ResponseCache({ owner,',
    to: 'new ResponseCache({ owner: `${owner} ${credential}`,',
  },
]
