import { existsSync } from 'node:fs'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProgram } from './program.ts'
import type { Running } from './running.ts'

const folder = fileURLToPath(new URL('hive/', import.meta.url))
const program = join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js')

/**
 * Starts Hive Gateway on loopback with the configuration in `hive/`.
 *
 * @throws Error when it is not installed
 */
export async function startHiveGateway(supergraphSdl: string): Promise<Running> {
  if (!existsSync(program)) throw new Error('Hive Gateway is not installed: npm ci --prefix examples/supergraph/hive')
  await using parts = new AsyncDisposableStack()
  const { path } = parts.use(await mkdtempDisposable(join(tmpdir(), 'supergraph-')))
  const file = join(path, 'supergraph.graphql')
  await writeFile(file, supergraphSdl)
  // Hive accepts port 0 as well, but does not print the port it got.
  const port = await findFreePort()
  const config = join(folder, 'gateway.config.ts')
  const args = [program, 'supergraph', file, '--config-path', config, '--host', '127.0.0.1', '--port', String(port)]
  parts.use(await startProgram({ args, environment: {}, ready: /Listening on/ }))
  const owned = parts.move()
  return { url: `http://127.0.0.1:${port}/graphql`, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  await server[Symbol.asyncDispose]()
  return typeof address === 'object' && address ? address.port : 0
}
