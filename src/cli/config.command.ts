import { listEffective } from '../config/effective-settings.js'
import { readGatewayConfig } from '../config/gateway-config.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { EXIT } from './exit-code.js'
import { formatJson } from './json.js'
import { printMessage } from './messages.js'
import { choice } from './option-kinds.js'
import { quote } from './printable.js'
import { formatTable } from './table.js'

const HELP = `Usage: billgraph config [options]

Prints the configuration that the gateway would use: each setting that has a value, the value without secrets, and where
it is from: the environment, a file, clouds.yaml, or the default. Then checks it, as the gateway does when it starts, and
lists what is wrong. Sends no request. docs/configuration.md describes every setting.

  --format FORMAT                table or json (default: table)
  --help                         show this help

Exit status: 0 the gateway would start with this configuration, 2 wrong arguments or configuration.
`

const OPTIONS = { format: choice({ table: 'table', json: 'json' } as const) }

/** `billgraph config`: prints the effective configuration and checks it. Needs no upstream. */
export const configCommand: Command = {
  name: 'config',
  summary: 'print the effective configuration, and what is wrong with it',
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, OPTIONS)
    const [extra] = positionals
    if (extra !== undefined) throw new UsageError(`config: unexpected argument ${quote(extra)}; expected none`)
    return ({ variables, readFile, stdout, stderr }) => {
      const settings = listEffective(variables, readFile)
      const rows = settings.map(({ name, value, from }) => [name, value, from])
      stdout.write(
        options.format[0] === 'json' ? formatJson(settings) : formatTable(['setting', 'value', 'from'], rows),
      )
      // Thrown only now, so that what is wrong stands below what is set.
      const { warnings } = readGatewayConfig(variables, readFile)
      for (const warning of warnings) printMessage(stderr, `warning: ${warning}`)
      return EXIT.ok
    }
  },
}
