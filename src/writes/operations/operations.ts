import type { WriteInput, WriteIntent } from '../intent.js'
import { addLineItem } from './add-line-item.js'
import { chargeInvoice } from './charge-invoice.js'
import { createInvoice } from './create-invoice.js'
import type { Operation } from './operation.js'
import { removeLineItem } from './remove-line-item.js'
import { setInvoiceState } from './set-invoice-state.js'
import { updateInvoice } from './update-invoice.js'

const OPERATIONS = {
  addLineItem,
  chargeInvoice,
  createInvoice,
  removeLineItem,
  setInvoiceState,
  updateInvoice,
} as const

/** The rules of an intent's operation. */
export function rulesOf({ input }: Pick<WriteIntent, 'input'>): Operation<WriteInput> {
  if (input.operation === 'onCharge') throw new TypeError('an on-charge run is not sent itself')
  // Each entry takes the input of its own name, which the type of a record cannot say.
  return OPERATIONS[input.operation] as unknown as Operation<WriteInput>
}
