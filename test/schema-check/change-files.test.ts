import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readChangeFiles } from './change-files.js'
import { root } from './schema-text.js'

const REASON = 'No client has used it in a year.'

async function read(text: string) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'billgraph-changes-'))
  await writeFile(join(folder.path, 'README.md'), '# Not a change file')
  await writeFile(join(folder.path, 'drop-number.json'), text)
  return readChangeFiles(folder.path)
}

it('change files are read with their breaks', async () => {
  const breaks = ['FIELD_REMOVED Invoice.number', 'DIRECTIVE_USAGE_OBJECT_REMOVED Invoice.@key']
  expect(await read(JSON.stringify({ reason: REASON, breaks }))).toEqual(
    breaks.map(change => ({ change, file: 'drop-number.json' })),
  )
})

it.each([
  ['no reason', { breaks: ['FIELD_REMOVED Invoice.number'] }],
  ['a reason that is too short', { reason: 'because', breaks: ['FIELD_REMOVED Invoice.number'] }],
  ['no break', { reason: REASON, breaks: [] }],
  ['a field without the kind of change', { reason: REASON, breaks: ['Invoice.number'] }],
  ['an unknown member', { reason: REASON, breaks: ['FIELD_REMOVED Invoice.number'], all: true }],
])('a change file with %s is rejected by name', async (_, content) => {
  await expect(read(JSON.stringify(content))).rejects.toThrow(/drop-number\.json/)
})

it('the change files of this repository are valid', () => {
  expect(() => readChangeFiles(join(root, 'docs/schema-changes'))).not.toThrow()
})
