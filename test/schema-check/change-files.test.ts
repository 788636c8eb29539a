import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readChangeFiles } from './change-files.js'
import { root } from './schema-text.js'

const REASON = 'Nobody has asked for it in a year.'

async function read(text: string) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-changes-'))
  await writeFile(join(folder.path, 'README.md'), '# Not one of them')
  await writeFile(join(folder.path, 'drop-number.json'), text)
  return readChangeFiles(folder.path)
}

it('are read with the breaks that they name', async () => {
  const breaks = ['FIELD_REMOVED Invoice.number', 'DIRECTIVE_USAGE_OBJECT_REMOVED Invoice.@key']
  expect(await read(JSON.stringify({ reason: REASON, breaks }))).toEqual(
    breaks.map(change => ({ change, file: 'drop-number.json' })),
  )
})

it.each([
  ['no reason', { breaks: ['FIELD_REMOVED Invoice.number'] }],
  ['a reason that is none', { reason: 'because', breaks: ['FIELD_REMOVED Invoice.number'] }],
  ['no break', { reason: REASON, breaks: [] }],
  ['a field without the kind of change', { reason: REASON, breaks: ['Invoice.number'] }],
  ['a word that means nothing', { reason: REASON, breaks: ['FIELD_REMOVED Invoice.number'], all: true }],
])('are refused by name with %s', async (_, content) => {
  await expect(read(JSON.stringify(content))).rejects.toThrow(/drop-number\.json/)
})

it('of this repository are as they should be', () => {
  expect(() => readChangeFiles(join(root, 'docs/schema-changes'))).not.toThrow()
})
