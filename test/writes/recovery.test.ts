import { expect, it } from 'vitest'
import { DEFAULT_WRITE_RULES } from '../../src/writes/writer.js'
import { LINE, order, startWriter } from './writer-setup.js'

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
  setup.moveClock(DEFAULT_WRITE_RULES.settleMs)
  setup.recovery.start()
  await asked.promise
  const stopped = setup.recovery[Symbol.asyncDispose]()
  release.resolve()
  await stopped
  const readBack = (await setup.journal.all()).filter(intent => intent.readBack !== null)
  expect(readBack).toHaveLength(1)
})
