import { randomBytes } from 'node:crypto'
import type { Secret } from './secret.js'

/** A token in 3scale's format: printable ASCII without a colon, with characters that every encoding writes differently. */
export function makeThreescaleToken(): Secret {
  return { name: "3scale's token", text: `${noise()}~?${noise()}/+${noise()}=&${noise()}%"${noise()}<` }
}

/** A password with a character that no header accepts. Its first letter starts no JSON value. */
export function makePassword(): Secret {
  return { name: 'the password', text: `x${noise()}~Ō${noise()}/ +${noise()}=&${noise()}%"<` }
}

/** The secret of an application credential. */
export function makeCredentialSecret(): Secret {
  return { name: "the application credential's secret", text: `${noise()}-_${noise()}${noise()}` }
}

/** A text in the format of a Keystone token. */
export function makeKeystoneToken(): Secret {
  return { name: "the caller's own token", text: Array.from({ length: 20 }, noise).join('') }
}

function noise(): string {
  return randomBytes(6).toString('base64url')
}
