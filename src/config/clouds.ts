import { ACCOUNT_VARIABLES } from './catalyst-account.js'
import { type CloudSettings, readCloudAccount } from './cloud-account.js'
import { readCloudEntry } from './cloud-entry.js'
import { readCloudFiles } from './cloud-files.js'
import type { Environment } from './environment.js'

/** The variables of which either makes clouds.yaml the source of the accounts. */
export const CLOUD_VARIABLES = ['OS_CLOUD', 'CATALYST_CLOUDS'] as const

/**
 * Reads the accounts that `OS_CLOUD` or `CATALYST_CLOUDS` names, in that order. An incomplete one is left out and is a problem.
 *
 * @param serviceType of the rating service; it is part of the key that overrides the service's URL
 */
export function readClouds(environment: Environment, serviceType: string): readonly CloudSettings[] {
  if (isAmbiguous(environment)) return []
  const variable = environment.text('OS_CLOUD') === undefined ? 'CATALYST_CLOUDS' : 'OS_CLOUD'
  const names = cloudNamesIn(environment, variable)
  const files = readCloudFiles(environment, variable)
  if (!names || !files) return []
  const place = files.map(({ path }) => path).join(' with ')
  return names.flatMap(name => {
    const entry = readCloudEntry(files, name)
    if (entry === undefined) environment.complain(variable, `names the cloud ${name}, which is not in ${place}`)
    else if (entry === 'wrong') environment.complain(`cloud ${name} (${place})`, 'is not a map of settings')
    else return readCloudAccount(environment, { cloud: name, place, entry, serviceType }) ?? []
    return []
  })
}

/** OpenStack's clients silently prefer one source. Here that could show another customer's bills, so it is a problem. */
function isAmbiguous(environment: Environment): boolean {
  const [named = '', ...others] = [...CLOUD_VARIABLES, ...ACCOUNT_VARIABLES].filter(name => environment.hasAny([name]))
  if (others.length === 0) return false
  const verb = others.length === 1 ? 'is' : 'are'
  environment.complain(named, `is set, and so ${verb} ${others.join(', ')}: unset one or the other`)
  return true
}

/** True for a valid name of a cloud. Names appear in messages, so control characters are refused. */
function isCloudName(text: string): boolean {
  return /^[^\p{C},]{1,64}$/u.test(text)
}

/** The names of clouds in the variable. Undefined with a problem. */
export function cloudNamesIn(
  environment: Environment,
  variable: (typeof CLOUD_VARIABLES)[number],
): readonly string[] | undefined {
  if (variable === 'CATALYST_CLOUDS') {
    const expected = 'a list of names of clouds in clouds.yaml, such as acme,acme-test'
    return environment.list(variable, isCloudName, expected)?.filter(isCloudName)
  }
  const name = environment.matching(variable, isCloudName, 'the name of a cloud in clouds.yaml')
  return name === undefined ? undefined : [name]
}
