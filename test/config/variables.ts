import { Environment } from '../../src/config/environment.js'
import {
  type Config,
  ConfigError,
  type GatewayConfig,
  readConfig,
  readGatewayConfig,
} from '../../src/config/gateway-config.js'

/** Environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>

/** Texts of files by path. Other files do not exist. */
export type Files = Readonly<Record<string, string>>

/** A user with a password and a project, both by id. */
export const PASSWORD_BY_IDS: Variables = {
  OS_AUTH_URL: 'https://keystone.example.com:5000/v3',
  OS_USER_ID: 'u1',
  OS_PASSWORD: 'secret',
  OS_PROJECT_ID: 'p1',
}

/** A 3scale tenant. */
export const THREESCALE: Variables = {
  THREESCALE_URL: 'https://acme-admin.example.com',
  THREESCALE_ACCESS_TOKEN: 'token',
}

/** A file that the configuration accepts as a certificate. */
export const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

/** An environment with these variables and files. */
export function environmentOf(variables: Variables, files: Files = {}): Environment {
  return new Environment(variables, readFrom(files))
}

/** The configuration of the command line. */
export function configOf(variables: Variables, files: Files = {}): Config {
  return readConfig(variables, readFrom(files))
}

/** The configuration of the gateway. */
export function gatewayConfigOf(variables: Variables, files: Files = {}): GatewayConfig {
  return readGatewayConfig(variables, readFrom(files))
}

/** The problems of a configuration, a sentence each; `[]` when it is right. */
export function problemsOf(variables: Variables, files: Files = {}, read = configOf): readonly string[] {
  try {
    read(variables, files)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** Reads these files as `readFileSync` would. */
export function readFrom(files: Files): (path: string) => string {
  return path => {
    const text = files[path]
    if (text === undefined) {
      throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT' })
    }
    return text
  }
}
