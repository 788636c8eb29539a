import { InspectedGateway } from '../inspected-gateway.js'
import type { Case } from '../peers/cases.js'
import { API_KEY, gatewayEnvironment } from '../peers/gateway.js'
import { ask, keyOf } from '../peers/load.js'
import type { Site } from '../peers/measure.js'
import { residentMbOf } from '../peers/processes.js'

/** Memory of a gateway in MB, after garbage collection. */
export interface Memory {
  readonly residentAtRest: number
  readonly heapAtRest: number
  /** Heap and buffers per thousand cached invoices of four lines. */
  readonly perThousandInvoices: number
  readonly invoices: number
}

interface HeapUsage {
  readonly usedSize: number
  readonly embedderHeapUsedSize?: number
  readonly backingStorageSize?: number
}

/** A TTL that outlasts the measurement. */
const KEPT = { CACHE_THREESCALE_INVOICES: '3600,7200,86400' }

/** Measures a gateway that has answered a few operations, and again once it has cached the invoices of every key. */
export async function measureMemory(
  { program, folder, standIns, upstream }: Pick<Site, 'program' | 'folder' | 'standIns' | 'upstream'>,
  { operation }: Case,
): Promise<Memory> {
  const environment = gatewayEnvironment(folder, standIns, upstream.url, KEPT)
  await using gateway = await InspectedGateway.start(program.dist, environment)
  const port = Number(new URL(await gateway.run()).port)
  await ask(port, { ...operation, query: '{ __typename }' }, '', API_KEY.text)
  const heapMb = async (): Promise<number> => {
    await gateway.send('HeapProfiler.collectGarbage')
    const usage = await gateway.send<HeapUsage>('Runtime.getHeapUsage')
    return (usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0)) / 2 ** 20
  }
  // Libraries are initialised, and the operation compiled, by the first requests.
  const warmUp = 10
  const read = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at++) await ask(port, operation, keyOf(operation, at), API_KEY.text)
  }
  const heapAtRest = await heapMb()
  const residentAtRest = residentMbOf(gateway.pid)
  await read(0, warmUp)
  const before = await heapMb()
  await read(warmUp, operation.count)
  const invoices = (operation.count - warmUp) * 20
  return { residentAtRest, heapAtRest, perThousandInvoices: ((await heapMb()) - before) / (invoices / 1_000), invoices }
}
