import { describe, expect, it } from 'vitest'
import type { StandInRequest } from '../../src/standin/handler.js'
import { LINE, order, refusalOf, startWriter, type WriterSetup } from './writer-setup.js'

const SETTLED = 180_000
const INTERVAL = 15_000

const readsOf = ({ standIn }: WriterSetup, from: number) =>
  standIn.requests.slice(from).filter(request => request.startsWith('GET '))

describe('the sweep of what is done', () => {
  it('reads an invoice once for all its lines', async () => {
    await using setup = await startWriter()
    for (const name of ['a', 'b', 'c']) await setup.writer.write(order(name, { ...LINE, name }))
    const from = setup.standIn.requests.length
    await setup.pass(SETTLED)
    expect(readsOf(setup, from)).toEqual(['GET /api/invoices/1217.xml'])
    expect(await setup.journal.unswept()).toEqual([])
  })

  it('does not keep a write in doubt waiting', async () => {
    await using setup = await startWriter()
    for (const invoiceId of ['1216', '1217', '1218']) await setup.writer.write(order(invoiceId, { ...LINE, invoiceId }))
    setup.moveClock(INTERVAL)
    setup.fates.push('lost response')
    await setup.writer.write(order('invoice', { operation: 'createInvoice', buyerId: '71', month: '2023-11' }))
    const from = setup.standIn.requests.length
    const { intercept } = setup.standIn
    setup.standIn.intercept = request => {
      // A server that takes as long as recovery waits between two runs.
      setup.moveClock(INTERVAL)
      return intercept?.(request)
    }
    await setup.pass(SETTLED - INTERVAL)
    const found = readsOf(setup, from).map(request => /\d{4}|accounts/.exec(request)?.[0])
    expect(found.slice(0, 2)).toEqual(['1216', 'accounts'])
    expect(found).toEqual(expect.arrayContaining(['1217', '1218']))
  })

  it('removes a line that the network has repeated, and says so in the journal and the log', async () => {
    await using setup = await startWriter()
    setup.standIn.intercept = async request => {
      if (request.method === 'POST') await setup.standIn.handle(request)
      return undefined
    }
    await setup.writer.write(order('one'))
    const lines = () =>
      setup.standIn.data.invoices.find(({ id }) => id === 1217)?.lineItems.filter(({ name }) => name === LINE.name) ??
      []
    const [first, second] = lines().map(({ id }) => String(id))
    await setup.pass(SETTLED)
    expect(lines()).toHaveLength(1)
    const removed = lines()[0]?.id === Number(first) ? second : first
    expect((await setup.journal.all())[0]).toMatchObject({ state: 'DONE', note: `removed duplicates ${removed}` })
    expect(setup.events).toMatchObject([{ event: 'duplicates removed', lineItemIds: [removed] }])
  })

  it.each([
    ['removes it again', 'open'],
    ['makes it an incident on an issued invoice', 'pending'],
  ])('finds a line that came late, after its caller had removed it, and %s', async (_, state) => {
    await using setup = await startWriter()
    const copies: StandInRequest[] = []
    setup.standIn.intercept = request => {
      if (request.method === 'POST') copies.push(request)
      return undefined
    }
    const { result } = await setup.writer.write(order('one'))
    const lineItemId = result?.lineItemId ?? ''
    const removal = { operation: 'removeLineItem', invoiceId: '1217', lineItemId } as const
    await setup.writer.write(order('removal', removal))
    setup.moveClock(SETTLED)
    for (const copy of copies) await setup.standIn.handle(copy)
    const invoice = () => setup.standIn.data.invoices.find(({ id }) => id === 1217)
    const issue = order('issue', { operation: 'setInvoiceState', invoiceId: '1217', state: 'pending' })
    expect(await refusalOf(setup.writer.write(issue))).toMatchObject({
      code: 'ISSUE_BLOCKED',
      message: expect.stringContaining('"Support, extra" was removed, and is on it again'),
    })
    Object.assign(invoice() ?? {}, { state })
    await setup.pass(0)
    const isOpen = state === 'open'
    expect(invoice()?.lineItems.filter(({ name }) => name === LINE.name)).toHaveLength(isOpen ? 0 : 1)
    expect(await setup.journal.find(order('one'))).toMatchObject({ state: isOpen ? 'DONE' : 'INCIDENT', result })
    if (isOpen) expect((await setup.writer.write(issue)).state).toBe('DONE')
  })
})

it('recovery stops after the intent that it is reading back, and leaves the others to the next start', async () => {
  await using setup = await startWriter()
  setup.fates.push('lost response', 'lost response')
  await setup.writer.write(order('one'))
  await setup.writer.write(order('two', { ...LINE, invoiceId: '1218' }))
  const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  setup.standIn.intercept = async () => {
    asked.resolve()
    await release.promise
    return undefined
  }
  setup.moveClock(SETTLED)
  setup.recovery.start()
  await asked.promise
  const stopped = setup.recovery[Symbol.asyncDispose]()
  release.resolve()
  await stopped
  const readBack = (await setup.journal.all()).filter(intent => intent.readBack !== null)
  expect(readBack).toHaveLength(1)
})
