import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { parseRegistry } from '../../../src/config/customers-file.js'
import { readManifest } from '../../../src/config/manifest.js'
import { CurrentRegistry } from '../../../src/loaders/customers/current-registry.js'
import type { TrustedDocuments } from '../../../src/server/graphql/trusted-documents.js'
import { DEMO_REGISTRY } from '../../../src/standin/demo-registry.js'
import { type ServerUnderTest, startTestSetup, type TestSetup } from '../../gateway.js'

const root = new URL('../../../', import.meta.url).pathname

let folder: string | undefined

/** Builds the dashboard when its sources are newer, once in this process. @returns the folder of the build */
export function buildDashboard(): string {
  if (folder !== undefined) return folder
  execFileSync('npm', ['run', '--silent', 'build:dashboard:stale'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  folder = `${root}dist/dashboard`
  return folder
}

/** The documents of the built dashboard, and no others. */
export function onlyDashboardDocuments(): TrustedDocuments {
  const manifest = readFileSync(`${buildDashboard()}/trusted-documents.json`, 'utf8')
  const entries = readManifest(manifest, problem => {
    throw new TypeError(problem)
  })
  return { mode: 'enforce', documents: new Map(entries) }
}

/** What the tests of one file share. */
export interface Running {
  /** A dashboard that no test changes. */
  readonly setup: () => DashboardSetup
  readonly browser: () => Browser
}

/** A running dashboard. */
export interface DashboardSetup extends TestSetup {
  /** `http://127.0.0.1:40123/dashboard` */
  readonly url: string
}

/** @param text of a registry file */
export function registryOf(text: string): CurrentRegistry {
  return new CurrentRegistry(
    parseRegistry(text, problem => {
      throw new TypeError(problem)
    }),
  )
}

/**
 * Both stand-ins with the demo's data and registry, and a gateway that serves the dashboard and accepts writes. It executes no
 * documents but the dashboard's, so that every test shows that their manifest has what the pages send.
 */
export async function startDashboard({
  hasWrites = true,
  ...server
}: ServerUnderTest & { readonly hasWrites?: boolean } = {}): Promise<DashboardSetup> {
  const dashboardFolder = buildDashboard()
  const setup = await startTestSetup({
    server: {
      registry: registryOf(DEMO_REGISTRY),
      dashboardFolder,
      trustedDocuments: onlyDashboardDocuments(),
      ...(hasWrites && { journal: ':memory:' }),
      ...server,
    },
  })
  return { ...setup, url: `${setup.gateway.url}/dashboard` }
}
