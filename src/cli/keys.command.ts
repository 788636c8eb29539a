import { isHolderName } from '../access/key-file.js'
import { SCOPES } from '../access/scope.js'
import { readArguments, UsageError } from './arguments.js'
import type { Command } from './command.js'
import { addKey, listKeys, removeKeysOf, rotateKeyOf } from './key-actions.js'
import { KEY_OPTIONS } from './key-options.js'
import { quote } from './printable.js'

const HELP = `Usage: billgraph keys add NAME --scope SCOPE [--project ID] [--prefix PREFIX] [--buyer ID]
       billgraph keys list
       billgraph keys rotate NAME [--grace TIME]
       billgraph keys remove NAME

Manages the API keys of the gateway's callers in the file that AUTH_KEYS_FILE names. The file holds hashes only: a key is
shown once, when it is created. A running gateway reads the file again on SIGHUP.

A key needs a scope, which says what it may do, and a grant (--project, --prefix, --buyer), which says whose data it sees.
The scope admin includes the other scopes. It grants no data: add --project '*' --buyer '*' for everything.

  --scope SCOPE    a scope of the key; may be repeated: ${SCOPES.join(', ')}
  --project ID     an OpenStack project whose bills the key may see; may be repeated; '*' for all
  --prefix PREFIX  a hosted customer whose costs the key may see; may be repeated; '*' for all
  --buyer ID       a 3scale account whose invoices the key may see; may be repeated; '*' for all
  --grace TIME     how long the old key stays valid: 0, 30m, 24h, 7d (default: 24h)
  --help           show this help

Exit status: 0 success, 2 wrong arguments or configuration.
`

/** `billgraph keys`: creates, lists, rotates and removes API keys. Needs no upstream. */
export const keysCommand: Command = {
  name: 'keys',
  summary: "create, list, rotate and remove API keys of the gateway's callers",
  help: HELP,
  prepare(args) {
    const { positionals, options } = readArguments(args, KEY_OPTIONS)
    const [action = '', ...names] = positionals
    const [extra] = names.slice(action === 'list' ? 0 : 1)
    if (extra !== undefined) throw new UsageError(`keys: unexpected argument ${quote(extra)}; see --help`)
    switch (action) {
      case 'add':
        return addKey(checkName(names[0]), options)
      case 'list':
        return listKeys
      case 'rotate':
        return rotateKeyOf(checkName(names[0]), options)
      case 'remove':
        return removeKeysOf(checkName(names[0]))
      default:
        throw new UsageError(`keys: ${quote(action)} is not one of add, list, rotate, remove (see --help)`)
    }
  },
}

function checkName(name: string | undefined): string {
  if (name === undefined) throw new UsageError('NAME: missing; expected the name of the holder')
  if (isHolderName(name)) return name
  throw new UsageError(
    `NAME: ${quote(name)} is not a name of letters, digits, dots, underscores and dashes, of at most 63 characters`,
  )
}
