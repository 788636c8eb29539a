import type { Grant, Principal } from '../../access/principal.js'

const keys = new WeakMap<Principal, string>()

/** Who somebody is and what he may see: two principals have the same text when nothing tells them apart. */
export function rightsKey(principal: Principal): string {
  const known = keys.get(principal)
  if (known !== undefined) return known
  const { id, scopes, grants } = principal
  const granted = [grants.projects, grants.prefixes, grants.buyers].map(wordsOf)
  const key = JSON.stringify([id, [...scopes].toSorted(), ...granted])
  keys.set(principal, key)
  return key
}

/** A list, so that no name in it can be taken for everything. */
function wordsOf(grant: Grant): '*' | readonly string[] {
  return grant === '*' ? grant : [...grant].toSorted()
}
