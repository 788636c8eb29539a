import { resourceLine } from '../../domain/bills.js'
import { nimbusMaps } from '../../standin/threescale/nimbus-maps.js'
import { costOf, OnChargeSetup } from './on-charge-setup.js'

const FIRST_BUYER = 5001

/** On-charges so many customers, each with a buyer of its own, loses the journal, and on-charges them again. */
export async function chargeWithoutJournal(count: number) {
  const [template] = nimbusMaps.buyers.filter(({ isDeleted }) => !isDeleted)
  const buyers = Array.from({ length: count }, (_, index) => ({ ...template, id: FIRST_BUYER + index, users: [] }))
  await using setup = await OnChargeSetup.start({
    ...nimbusMaps,
    buyers: [...nimbusMaps.buyers, ...(buyers as typeof nimbusMaps.buyers)],
  })
  const { length: invoicesBefore } = setup.invoices
  const costs = buyers.map(({ id }, index) =>
    costOf([resourceLine(`a-${index}`, '10.00'), resourceLine(`b-${index}`, '0.50')], {
      ...{ customerKey: `c${index}`, buyerId: String(id), buyers: [String(id)] },
    }),
  )
  for (const cost of costs) await setup.runFor(cost)
  const [linesBefore, sentBefore] = [setup.lines().length, setup.sent.length]
  setup.loseJournal()
  for (const cost of costs) await setup.runFor(cost)
  return {
    invoices: setup.invoices.length - invoicesBefore,
    linesBefore,
    linesAfter: setup.lines().length,
    newWrites: setup.sent.length - sentBefore,
  }
}
