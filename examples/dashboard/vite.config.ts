import { hash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { InMemoryCache } from '@apollo/client/cache'
import react from '@vitejs/plugin-react'
import { type DocumentNode, Kind, print } from 'graphql'
import { defineConfig, type Plugin } from 'vite'
import * as documents from './src/gql/graphql.ts'

const OUT_DIR = join(import.meta.dirname, '../../dist/dashboard')

export default defineConfig({
  root: import.meta.dirname,
  base: '/dashboard/',
  plugins: [react(), compressed(OUT_DIR), trustedDocuments(OUT_DIR)],
  build: {
    outDir: OUT_DIR,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  // The gateway replaces it in every response.
  html: { cspNonce: 'BILLGRAPH_NONCE' },
  // For `vite dev`: a gateway on its default port.
  server: { proxy: { '/graphql': 'http://127.0.0.1:4000', '/export': 'http://127.0.0.1:4000' } },
})

/** Writes a compressed copy beside each script and style, so that the gateway compresses none. */
function compressed(folder: string): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle: async () => {
      const assets = join(folder, 'assets')
      const names = (await readdir(assets)).filter(name => /\.(js|css)$/.test(name))
      await Promise.all(names.map(name => compress(join(assets, name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes)])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}

/** Writes the text of each operation as Apollo Client sends it, by its hash: a manifest for a gateway with trusted documents. */
function trustedDocuments(folder: string): Plugin {
  return {
    name: 'trusted-documents',
    apply: 'build',
    closeBundle: async () => {
      // Apollo Client adds `__typename` to every selection; codegen's documents are without it.
      const cache = new InMemoryCache()
      const texts = Object.values<DocumentNode>(documents)
        .filter(({ definitions }) => definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION))
        .map(document => print(cache.transformDocument(document)))
      const manifest = Object.fromEntries(texts.map(text => [hash('sha256', text, 'hex'), text]))
      await writeFile(join(folder, 'trusted-documents.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    },
  }
}
