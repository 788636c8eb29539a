import { UpstreamError } from '../upstream/http/errors.js'
import { readArguments, UsageError } from './arguments.js'
import type { Finding } from './check-result.js'
import { findings } from './check-upstreams.js'
import type { Command, Session } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { failureText } from './messages.js'
import { quote, visible } from './printable.js'
import { howToMend } from './remediation.js'

const HELP = `Usage: billgraph check

Tries each configured upstream as the other commands use it: for each Catalyst account Keystone and the rating server of
each region; 3scale's Billing API and its Account Management API. Says of each that it is ok, or what is wrong and how to
mend it. Of a user it says which projects else could be configured; with the role admin, what a rating server says is wrong
with itself. Without any configuration it checks the demo.

  --help                         this text

Exit status: 0 all ok, 2 wrong arguments or configuration, 3 something is wrong.
`

/** `billgraph check`: what is wrong, and how to mend it. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'tries each configured upstream and says how to mend what is wrong',
  help: HELP,
  prepare(args) {
    const [stray] = readArguments(args, {}).positionals
    if (stray !== undefined) throw new UsageError(`check: ${quote(stray)} is not an option; expected none`)
    return run
  },
}

async function run({ loaders, isDemo, stdout, progress }: Session): Promise<ExitCode> {
  if (isDemo) stdout.write('No upstream is configured: npm start would run the demo. Its stand-ins:\n')
  const found = await progress.during('asking the upstreams', findings(loaders))
  for (const finding of found) stdout.write(print(finding))
  if (!loaders.catalyst)
    stdout.write(
      '-      Catalyst Cloud: not configured (neither OS_AUTH_URL nor OS_CLOUD nor CATALYST_CLOUDS is set)\n',
    )
  if (!loaders.threescale) stdout.write('-      3scale: not configured (THREESCALE_URL is not set)\n')
  return found.some(({ failure }) => failure !== null) ? EXIT.upstream : EXIT.ok
}

function print({ what, remark, failure }: Finding): string {
  if (failure === null) return `ok     ${visible(remark === '' ? what : `${what}: ${remark}`)}\n`
  const mend = failure instanceof UpstreamError ? howToMend(failure) : 'this is a mistake of ours: please report it'
  const rest = remark === '' ? '' : `       ${visible(remark)}\n`
  return `wrong  ${visible(`${what}: ${failureText(failure)}`)}\n       to mend it: ${visible(mend)}\n${rest}`
}
