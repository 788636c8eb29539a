import { HOSTILE_TEXTS } from './hostile.js'
import { containersOf, type JsonNode, type JsonObject, writeJson } from './json-tree.js'
import type { Random } from './random.js'
import { scrambleText, toBytes } from './scramble.js'

const KEYS: readonly [string, ...string[]] = [
  'project_id',
  'invoices',
  'total_cost',
  'details',
  'breakdown',
  'cost',
  'quantity',
  'resource_name',
  'status',
  '2026-10-31',
  '2026-09-30',
  '2026-02-30',
  '__proto__',
  'constructor',
  'prototype',
  'toJSON',
  'then',
  'length',
  'text',
  'rawJSON',
  '0',
  '12',
  '-1',
  '4294967295',
  '',
]

const VALUES: readonly [string, ...string[]] = [
  '0',
  '-0',
  '-0.0',
  '1e-06',
  '1E+2',
  '1e400',
  '1e-400',
  '0.30000000000000004',
  '9007199254740993',
  '123456789012345678.12',
  '99999999999999999999999999999999999999',
  '01',
  '.5',
  '1.',
  '+1',
  '0x1F',
  'NaN',
  'Infinity',
  '-Infinity',
  'true',
  'false',
  'null',
  '[]',
  '{}',
  '[null]',
  '{"__proto__": {"polluted": 1}}',
  '{"constructor": {"prototype": {"polluted": 1}}}',
  '{"text": "9.99"}',
  '{"a": 1, "a": 2}',
  '{"a": 1, "\\u0061": 2}',
  '"\\ud800"',
  '"\\ud83d\\ude00"',
  '"\\u0000"',
  '"\\x41"',
  '"false"',
  '""',
]

const FRAGMENTS: readonly [string, ...string[]] = [
  '"',
  '\\',
  '\\"',
  '\\u',
  '\\u0061',
  '\\ud800',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ', ',
  '0',
  '.',
  'e9',
  '-',
  'null',
  '"cost": 0.01,',
  '"cost": 0.01, "cost": 0.02,',
  '"__proto__": {},',
  '//x\n',
  '/**/',
  '\n',
  '\t',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u0000',
  '<html></html>',
  ")]}'",
]

/** Bytes of the document after one to four changes. */
export function mutateJson(document: JsonNode, random: Random): Uint8Array {
  const root = structuredClone(document)
  let scrambles = 0
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    if (random.onceIn(6)) scrambles++
    else mutateTree(root, random)
  }
  const isSpeltOut = random.onceIn(8)
  let text = writeJson(root, plain =>
    isSpeltOut && random.onceIn(3) ? spellOut(plain, random) : JSON.stringify(plain),
  )
  for (; scrambles > 0; scrambles--) text = scrambleText(text, random, FRAGMENTS)
  return toBytes(text, random)
}

/** The JSON string with some characters written as escapes. */
function spellOut(text: string, random: Random): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'))
  const spelt = units.map((unit, at) =>
    random.onceIn(2) ? `\\u${unit}` : JSON.stringify(text.charAt(at)).slice(1, -1),
  )
  return `"${spelt.join('')}"`
}

function mutateTree(root: JsonNode, random: Random): void {
  const containers = containersOf(root)
  const objects = containers.filter((one): one is JsonObject => 'members' in one)
  const target = random.pickAny(containers)
  const object = random.pickAny(objects)
  if (!target || !object) return
  const list: unknown[] = 'items' in target ? target.items : target.members
  const at = random.below(list.length)
  const member = random.pickAny(object.members)
  switch (random.below(10)) {
    case 0:
      list.splice(at, 1)
      break
    case 1:
      // Repeats an item of an array, or a member of an object.
      if (at < list.length) list.splice(random.below(list.length + 1), 0, structuredClone(list[at]))
      break
    case 2: {
      const other = random.below(list.length)
      if (at < list.length) [list[at], list[other]] = [list[other], list[at]]
      break
    }
    case 3:
      if (member) member[0] = random.pick(random.onceIn(3) ? HOSTILE_TEXTS : KEYS)
      break
    case 4:
    case 5:
      if (member) member[1] = random.onceIn(3) ? random.pick(HOSTILE_TEXTS) : { raw: random.pick(VALUES) }
      break
    case 6:
      object.members.splice(random.below(object.members.length + 1), 0, [
        random.pick(KEYS),
        { raw: random.pick(VALUES) },
      ])
      break
    case 7: {
      const depth = random.below(random.onceIn(10) ? 300 : 70)
      if (member) member[1] = { raw: random.onceIn(2) ? '['.repeat(depth) + ']'.repeat(depth) : tower(depth) }
      break
    }
    case 8: {
      const other = random.pickAny(containers)
      if (member && other) member[1] = structuredClone(other)
      break
    }
    default:
      if (member) object.members.push([random.pick(KEYS), structuredClone(member[1])])
  }
}

function tower(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
}
