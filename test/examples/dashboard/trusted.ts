import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BUILD_MS, buildProgram, startBuilt } from '../../built-program.js'
import { eventually, openPage, settled } from './chromium.js'
import { buildDashboard, onlyDashboardDocuments, type Running } from './dashboard-setup.js'

const OTHERS = new URL('../../../examples/typed-client/src/gql/persisted-documents.json', import.meta.url).pathname

/** The built gateway with trusted documents: it needs no setting for the dashboard that it serves. */
export function describeTrusted({ browser }: Running): void {
  it(
    'works on a built gateway that enforces trusted documents, where other documents are refused',
    async () => {
      // A copy, since other tests share the build.
      const { dist } = await buildProgram()
      const folder = mkdtempSync(join(tmpdir(), 'billgraph-'))
      const copy = join(folder, 'dist')
      cpSync(dist, copy, { recursive: true })
      cpSync(buildDashboard(), join(copy, 'dashboard'), { recursive: true })
      for (const name of ['node_modules', 'package.json', 'docs'])
        symlinkSync(join(dist, '..', name), join(folder, name))
      const gateway = await startBuilt({ dist: copy }, { TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: OTHERS })
      try {
        const { errors } = await gateway.ask('{ sources { isDemo } }')
        expect(errors?.[0]?.extensions?.code).toBe('DOCUMENT_NOT_TRUSTED')
        for (const text of onlyDashboardDocuments().documents.values()) {
          // Without its variables a document may be refused, but not for want of trust.
          const answer = await gateway.ask(text)
          expect((answer.errors ?? []).map(error => error.extensions?.code)).not.toContain('DOCUMENT_NOT_TRUSTED')
        }
        await using opened = await openPage(browser())
        const { page, problems } = opened
        await page.goto(`${gateway.address}/dashboard?month=2026-10`)
        await settled(page)
        await eventually(() => page.getByRole('region', { name: 'Cost', exact: true }).textContent()).toContain('NZD')
        expect(problems).toEqual([])
      } finally {
        await gateway.end()
        rmSync(folder, { recursive: true, force: true })
      }
    },
    BUILD_MS,
  )
}
