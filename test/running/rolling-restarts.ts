import type { BuiltProgram, Environment, GatewayProcess } from '../built-program.js'
import { startBuilt } from '../built-program.js'
import { freePort } from './free-port.js'
import { startHaproxy } from './haproxy.js'
import { KeptAliveClients, type Outcome } from './kept-alive-client.js'

/** What happened during rolling restarts. */
export interface RollingResult {
  readonly requests: number
  readonly failures: readonly Outcome[]
  /** The exit status of each process that was restarted. */
  readonly statuses: readonly (number | null)[]
}

/**
 * Restarts two gateways behind a HAProxy in turn, by SIGTERM, while clients send requests through it.
 *
 * @param environment of each gateway
 * @param minRequests the clients go on until they have sent so many
 */
export async function restartInTurn(
  program: BuiltProgram,
  environment: Environment,
  restarts: number,
  minRequests = 0,
): Promise<RollingResult> {
  const ports = [await freePort(), await freePort()]
  const start = (port: number): Promise<GatewayProcess> =>
    startBuilt(program, { ...environment, PORT: String(port), LOG_LEVEL: 'warn', DRAIN_DELAY_MS: '3000' })
  const gateways = await Promise.all(ports.map(start))
  await using haproxy = await startHaproxy(await freePort(), ports)
  const statuses: (number | null)[] = []
  try {
    const clients = new KeptAliveClients(
      haproxy.url,
      6,
      number => `{ a${number % 500}: invoices(first: 1) { totalCount } }`,
    )
    const answeredBy = async (port: number, after: number): Promise<void> => {
      while (!clients.outcomes.slice(after).some(({ server }) => server === `s${port}`)) await clients.next()
    }
    for (const port of ports) await answeredBy(port, 0)
    for (let count = 0; count < restarts; count++) {
      const index = count % 2
      const port = ports[index] as number
      statuses.push((await gateways[index]?.end()) ?? null)
      gateways[index] = await start(port)
      // The other one ends only when HAProxy uses this one again.
      await answeredBy(port, clients.outcomes.length)
    }
    while (clients.outcomes.length < minRequests) await clients.next()
    await clients.stop()
    return { requests: clients.outcomes.length, failures: clients.failures, statuses }
  } finally {
    for (const { child } of gateways) child.kill('SIGKILL')
  }
}
