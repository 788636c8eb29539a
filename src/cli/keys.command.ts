import { isHolderName } from '../access/key-file.js'
import { SCOPES } from '../access/scope.js'
import { readArguments, UsageError } from './arguments.js'
import type { LocalCommand } from './command.js'
import { addKey, listKeys, removeKeysOf, rotateKeyOf } from './key-actions.js'
import { KEY_OPTIONS } from './key-options.js'
import { quote } from './printable.js'

const HELP = `Usage: billgraph keys add NAME --scope SCOPE [--project ID] [--prefix PREFIX] [--buyer ID]
       billgraph keys list
       billgraph keys rotate NAME [--grace TIME]
       billgraph keys remove NAME

Keeps the API keys of the gateway's callers in the file that AUTH_KEYS_FILE names. The file has no key, only hashes: a key is
shown once, when it is made. A running gateway goes by the file from its next SIGHUP on.

  --scope SCOPE    what NAME may do; may be given again: ${SCOPES.join(', ')}
  --project ID     an OpenStack project whose bills NAME may see; may be given again; '*' for all
  --prefix PREFIX  a hosted customer whose costs NAME may see; may be given again; '*' for all
  --buyer ID       a 3scale account whose invoices NAME may see; may be given again; '*' for all
  --grace TIME     how long the old key is still good for: 0, 30m, 24h, 7d (default: 24h)
  --help           this text

Exit status: 0 done, 2 wrong arguments or configuration.
`

/** `billgraph keys`: who has an API key, and for what. */
export const keysCommand: LocalCommand = {
  name: 'keys',
  summary: "makes, lists, rotates and removes API keys of the gateway's callers",
  help: HELP,
  prepareLocal(args) {
    const { positionals, options } = readArguments(args, KEY_OPTIONS)
    const [action = '', ...names] = positionals
    const [stray] = names.slice(action === 'list' ? 0 : 1)
    if (stray !== undefined) throw new UsageError(`keys: ${quote(stray)} is one word too many; see --help`)
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
  if (name === undefined) throw new UsageError('NAME: missing; expected whose key it is')
  if (isHolderName(name)) return name
  throw new UsageError(`NAME: ${quote(name)} is not a name of letters, digits, dots and dashes`)
}
