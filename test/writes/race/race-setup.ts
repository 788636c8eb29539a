import { type BuiltProgram, type GatewayProcess, startBuilt } from '../../built-program.js'
import { CrashServer } from '../crash/crash-server.js'

/** Gateways over one journal in front of one 3scale. */
export interface RaceSetup extends AsyncDisposable {
  readonly server: CrashServer
  readonly gateways: readonly GatewayProcess[]
}

/** Starts the built gateway `count` times. @param journal a file for one process, or the URL of a database */
export async function startRace(built: BuiltProgram, journal: string, count: number): Promise<RaceSetup> {
  const server = await CrashServer.start()
  const environment = {
    THREESCALE_URL: server.url,
    THREESCALE_ACCESS_TOKEN: server.accessToken,
    WRITES_JOURNAL: journal,
    LOG_LEVEL: 'error',
    // A round is all there at once, however slow the machine is.
    ADMISSION_MAX_LOOP_DELAY_MS: '100000',
    ADMISSION_MAX_WAIT_MS: '100000',
  }
  const gateways = await Promise.all(Array.from({ length: count }, () => startBuilt(built, environment)))
  return {
    server,
    gateways,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(gateways.map(gateway => gateway.end()))
      await server[Symbol.asyncDispose]()
    },
  }
}
