import { UpstreamError } from '../upstream/http/errors.js'
import { readArguments, UsageError } from './arguments.js'
import type { CheckResult } from './check-result.js'
import { checkUpstreams } from './check-upstreams.js'
import type { Command } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { describeFailure } from './messages.js'
import { quote, toPrintable } from './printable.js'
import { remediationFor } from './remediation.js'
import { type Session, withSession } from './session.js'

const HELP = `Usage: billgraph check

Checks each configured upstream: Keystone and each region's rating server for each Catalyst account; 3scale's Billing API
and Account Management API. Prints for each part whether it is ok, or what is wrong and how to fix it. Also lists other
projects that the user could read; with the role admin, also reports the problems that a rating server finds in itself.
Without configuration it checks the demo. Settings that look misspelt are reported on stderr.

  --help                         show this help

Exit status: 0 all ok, 2 wrong arguments or configuration, 3 something is wrong.
`

/** `billgraph check`: checks the configured upstreams and prints a remediation for each failure. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'check each configured upstream and print how to fix what is wrong',
  help: HELP,
  prepare(args) {
    const [extra] = readArguments(args, {}).positionals
    if (extra !== undefined) throw new UsageError(`check: unexpected argument ${quote(extra)}; expected none`)
    return terminal => withSession(terminal, run)
  },
}

async function run({ loaders, isDemo, stdout, progress }: Session): Promise<ExitCode> {
  if (isDemo) stdout.write('No upstream is configured: npm start would run the demo. Its stand-ins:\n')
  const results = await progress.during('checking the upstreams', checkUpstreams(loaders))
  for (const result of results) stdout.write(formatResult(result))
  if (!loaders.catalyst) {
    stdout.write('-      Catalyst Cloud: not configured (none of OS_AUTH_URL, OS_CLOUD and CATALYST_CLOUDS is set)\n')
  }
  if (!loaders.threescale) stdout.write('-      3scale: not configured (THREESCALE_URL is not set)\n')
  return results.some(({ failure }) => failure !== null) ? EXIT.upstream : EXIT.ok
}

function formatResult({ part, detail, failure }: CheckResult): string {
  if (failure === null) return `ok     ${toPrintable(detail === '' ? part : `${part}: ${detail}`)}\n`
  const remediation =
    failure instanceof UpstreamError ? remediationFor(failure) : 'this is a bug in billgraph: please report it'
  const lastLine = detail === '' ? '' : `       ${toPrintable(detail)}\n`
  const problem = toPrintable(`${part}: ${describeFailure(failure)}`)
  return `wrong  ${problem}\n       to fix it: ${toPrintable(remediation)}\n${lastLine}`
}
