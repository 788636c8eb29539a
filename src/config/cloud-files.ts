import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Environment } from './environment.js'
import { parseYaml, YamlError } from './yaml.js'

/** One file of OpenStack's own clients: clouds by name, as they are written there. */
export interface CloudFile {
  readonly path: string
  readonly clouds: Readonly<Record<string, unknown>>
}

const SUFFIXES = ['.yaml', '.yml', '.json']

/** Nothing at all is a file without clouds. */
const fileShape = z.object({ clouds: z.record(z.string(), z.unknown()).nullish() }).nullable()

/**
 * clouds.yaml and, after it, secure.yaml, those that there are: in the current directory, the user's configuration directory or
 * /etc/openstack, whichever comes first; or where a variable says. Undefined when a problem was noted.
 *
 * @param because the variable that makes the files necessary
 * @see openstack/openstacksdk openstack/config/loader.py
 */
export function readCloudFiles(environment: Environment, because: string): readonly CloudFile[] | undefined {
  const directories = searchPath(environment)
  const named = environment.text('OS_CLIENT_CONFIG_FILE')
  const clouds = find(environment, { variable: 'OS_CLIENT_CONFIG_FILE', stem: 'clouds', directories })
  const secure = find(environment, {
    variable: 'OS_CLIENT_SECURE_FILE',
    stem: 'secure',
    directories: named === undefined ? directories : [dirname(named), ...directories],
  })
  if (clouds === 'wrong' || secure === 'wrong') return undefined
  const found = [clouds, secure].filter(file => file !== 'absent')
  if (found.length > 0) return found
  environment.complain(
    because,
    'is set, but there is no clouds.yaml in the current directory, ~/.config/openstack or /etc/openstack, and ' +
      'OS_CLIENT_CONFIG_FILE names none',
  )
  return undefined
}

/** '' is the current directory. */
function searchPath(environment: Environment): readonly string[] {
  const [home, configHome] = [environment.text('HOME'), environment.text('XDG_CONFIG_HOME')]
  const ofUser = [configHome, home && join(home, '.config')].filter(base => base !== undefined)
  return ['', ...new Set(ofUser.map(base => join(base, 'openstack'))), '/etc/openstack']
}

interface Wanted {
  /** Names the file itself. */
  readonly variable: string
  readonly stem: string
  readonly directories: readonly string[]
}

function find(environment: Environment, { variable, stem, directories }: Wanted): CloudFile | 'absent' | 'wrong' {
  const named = environment.text(variable)
  const paths = directories.flatMap(directory => SUFFIXES.map(suffix => join(directory, `${stem}${suffix}`)))
  for (const path of named === undefined ? paths : [named]) {
    const file = read(environment, path, named === undefined ? path : variable)
    if (file !== 'absent') return file
  }
  if (named === undefined) return 'absent'
  environment.complain(variable, 'names a file that does not exist')
  return 'wrong'
}

/** @param name of the file, for when it cannot be read */
function read(environment: Environment, path: string, name: string): CloudFile | 'absent' | 'wrong' {
  let text: string | undefined
  try {
    text = environment.fileIfThere(path)
  } catch {
    environment.complain(name, 'cannot be read: the file is there, but not for this program')
    return 'wrong'
  }
  return text === undefined ? 'absent' : parse(environment, path, text)
}

function parse(environment: Environment, path: string, text: string): CloudFile | 'wrong' {
  try {
    const { success, data } = fileShape.safeParse(parseYaml(text))
    if (success) return { path, clouds: data?.clouds ?? {} }
    environment.complain(path, 'is not a map with the key clouds, of clouds by name')
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    environment.complain(path, error.message)
  }
  return 'wrong'
}
