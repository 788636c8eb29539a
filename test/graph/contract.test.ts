import { existsSync, readFileSync } from 'node:fs'
import { type DefinitionNode, type FieldDefinitionNode, Kind, parse, print, visit } from 'graphql'
import { describe, expect, it } from 'vitest'

const contractUrl = new URL('../../../shared/design/graph.graphql', import.meta.url)
const isThere = existsSync(contractUrl)

/** What the contract has and this schema does not have yet; everything else must be the same. */
const NOT_BUILT_TYPES = [
  /^(Mutation|UserError|UserErrorCode|.*Payload|OnCharge.*|MarkupInput|.*Input|WriteIntent|WriteState|IncidentOutcome)$/,
]
const NOT_BUILT_FIELDS = /^Query\.(writeIntent|incidents)\b/

describe.skipIf(!isThere && process.env.CI !== 'true')('the public contract (needs the shared folder)', () => {
  it('is kept to the letter in every part that is built', () => {
    const contract = membersOf(readFileSync(contractUrl, 'utf8'))
    const built = membersOf(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
    const missing = [...contract].filter(([path, type]) => built.get(path) !== type && !isNotBuilt(path))
    expect(missing.map(([path, type]) => `${path}: ${type} (built: ${built.get(path) ?? 'not at all'})`)).toEqual([])
    expect(contract.size).toBeGreaterThan(200)
  })
})

function isNotBuilt(path: string): boolean {
  return NOT_BUILT_FIELDS.test(path) || NOT_BUILT_TYPES.some(form => form.test(path.split(/[. ]/)[0] ?? ''))
}

/** `Type.field` → its type; `Type.field(argument)` → type and default; `Enum.VALUE` → ''; `Type implements X` → ''. */
function membersOf(sdl: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>()
  visit(parse(sdl), {
    enter(node) {
      const definition = node as DefinitionNode
      if (!('name' in definition) || !definition.name) return
      const owner = definition.name.value
      if ('interfaces' in definition)
        for (const one of definition.interfaces ?? []) members.set(`${owner} implements ${one.name.value}`, '')
      if (definition.kind === Kind.ENUM_TYPE_DEFINITION)
        for (const value of definition.values ?? []) members.set(`${owner}.${value.name.value}`, '')
      if (definition.kind === Kind.SCALAR_TYPE_DEFINITION) members.set(owner, 'scalar')
      if (!('fields' in definition)) return
      for (const field of definition.fields ?? []) {
        members.set(`${owner}.${field.name.value}`, print(field.type))
        for (const argument of (field as FieldDefinitionNode).arguments ?? []) {
          const fallback = argument.defaultValue ? ` = ${print(argument.defaultValue)}` : ''
          members.set(`${owner}.${field.name.value}(${argument.name.value})`, print(argument.type) + fallback)
        }
      }
    },
  })
  return members
}
