import { run } from '../../src/cli/run.js'
import type { CatalystStandIn } from '../../src/standin/catalyst/start.js'
import type { ThreescaleStandIn } from '../../src/standin/threescale/start.js'
import { type Files, readFrom, type Variables } from '../config/variables.js'
import { TODAY } from '../gateway.js'

/** The result of a run of the program. */
export interface Finished {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program in this process. Without variables it uses the demo. */
export async function runProgram(
  args: readonly string[],
  variables: Variables = {},
  now = TODAY,
  files: Files = {},
): Promise<Finished> {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const status = await run(args, {
    variables,
    readFile: readFrom(files),
    stdout: { isTerminal: false, write: text => stdout.push(text) },
    stderr: { isTerminal: false, write: text => stderr.push(text) },
    clock: () => now,
    repeat: () => () => {},
    version: () => '1.2.3',
  })
  return { status, stdout: stdout.join(''), stderr: stderr.join('') }
}

/** Variables for the demo user of a Catalyst stand-in. */
export function catalystVariables({ authUrl, credentials }: CatalystStandIn): Variables {
  return {
    OS_AUTH_URL: authUrl,
    OS_USERNAME: credentials.username,
    OS_PASSWORD: credentials.password,
    OS_USER_DOMAIN_NAME: credentials.userDomainName,
    OS_PROJECT_ID: credentials.projectId,
  }
}

/** Variables for the tenant of a 3scale stand-in. */
export function threescaleVariables({ url, accessToken }: ThreescaleStandIn): Variables {
  return { THREESCALE_URL: url, THREESCALE_ACCESS_TOKEN: accessToken }
}

/** The cells of a printed table's rows, without the header. */
export function rowsOf(table: string): readonly (readonly string[])[] {
  const lines = table.split('\n').filter(line => line.startsWith('|'))
  return lines.slice(1).map(line =>
    line
      .slice(1, -1)
      .split('|')
      .map(cell => cell.trim()),
  )
}
