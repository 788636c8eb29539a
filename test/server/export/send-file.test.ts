import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import fastify from 'fastify'
import { expect, it } from 'vitest'
import { sendFile } from '../../../src/server/export/send-file.js'

const MAX_STALL_MS = 1_500
const FILE = { name: 'bills.csv', contentType: 'text/csv' }

/** A server that sends endless chunks, and disconnects a client that takes nothing for `maxStallMs`. */
async function startDownload(maxStallMs?: number) {
  const app = fastify()
  const state = { isReleased: false, error: null as Error | null }
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for (;;) yield Buffer.alloc(65_536)
    } finally {
      state.isReleased = true
    }
  }
  app.get('/', async (_request, reply) => {
    const gone = new AbortController()
    reply.raw.on('close', () => gone.abort())
    try {
      return await sendFile(reply, FILE, chunks(), gone.signal, maxStallMs)
    } catch (error) {
      state.error = error as Error
      return reply
    }
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const request = get(url)
  request.on('error', () => {})
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => {})
  return { state, request, response, [Symbol.asyncDispose]: () => app.close() }
}

it('a client that takes nothing for the time allowed is disconnected, and the reading of the export ends', async () => {
  await using download = await startDownload(100)
  download.response.pause()
  await expect.poll(() => download.state.error?.name).toBe('IncompleteFileError')
  expect(download.state.error?.cause).toMatchObject({ name: 'AbortError', cause: { name: 'TimeoutError' } })
  expect(download.state.isReleased).toBe(true)
  const ended = Promise.race([once(download.response, 'error'), once(download.response, 'end')])
  download.response.resume()
  await ended
  expect(download.response.complete).toBe(false)
})

it('a client that keeps taking bytes is not disconnected, however long the download takes', async () => {
  await using download = await startDownload(MAX_STALL_MS)
  const end = performance.now() + 2 * MAX_STALL_MS
  for await (const _chunk of download.response) if (performance.now() > end) break
  expect(performance.now()).toBeGreaterThan(end)
  await expect.poll(() => download.state.isReleased).toBe(true)
  expect(download.state.error?.cause).not.toMatchObject({ cause: { name: 'TimeoutError' } })
})

it('a client that disconnects ends the reading of the export', async () => {
  await using download = await startDownload()
  download.response.pause()
  download.request.destroy()
  await expect.poll(() => download.state.isReleased).toBe(true)
})
