import { randomBytes } from 'node:crypto'
import type { Secret } from './secret.js'

/** A token as 3scale might give it: printable ASCII, no colon, with characters that each encoding writes otherwise. */
export function makeThreescaleToken(): Secret {
  return { name: "3scale's token", text: `${noise()}~?${noise()}/+${noise()}=&${noise()}%"${noise()}<` }
}

/** A password with a letter that no header takes; its own first letter begins no JSON. */
export function makePassword(): Secret {
  return { name: 'the password', text: `x${noise()}~Ō${noise()}/ +${noise()}=&${noise()}%"<` }
}

/** The secret of an application credential. */
export function makeCredentialSecret(): Secret {
  return { name: "the application credential's secret", text: `${noise()}-_${noise()}${noise()}` }
}

/** What a caller may take for a token of Keystone's. */
export function makeStrangersToken(): Secret {
  return { name: "the caller's own token", text: Array.from({ length: 20 }, noise).join('') }
}

function noise(): string {
  return randomBytes(6).toString('base64url')
}
