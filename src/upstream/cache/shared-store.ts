import { createHmac } from 'node:crypto'

/**
 * A function that makes the keys by which values are kept in a store that others can read.
 *
 * @param credential Secret. Replicas that have it find each other's values; whoever has the store alone learns nothing by its
 * keys: neither a project, nor a month, nor an invoice.
 */
export function createStoreKeys(credential: string): (name: string, key: string) => string {
  const secret = createHmac('sha256', credential).update('billgraph: keys of a shared store').digest()
  return (name, key) =>
    `billgraph:${name}:${createHmac('sha256', secret).update(`${name}\n${key}`).digest('base64url')}`
}
