import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Environment } from './environment.js'
import { fileProblem } from './file-problem.js'
import { showValue } from './shown-value.js'
import { parseYaml, YamlError } from './yaml.js'

/** A clouds.yaml or secure.yaml: unvalidated clouds by name. */
export interface CloudFile {
  readonly path: string
  readonly clouds: Readonly<Record<string, unknown>>
}

const SUFFIXES = ['.yaml', '.yml', '.json']

/** An empty file has no clouds. */
const fileShape = z.object({ clouds: z.record(z.string(), z.unknown()).nullish() }).nullable()

/**
 * Reads clouds.yaml and then secure.yaml, as far as they exist: from the path that a variable names, or else from the first of the
 * current directory, the user's configuration directory and /etc/openstack. Undefined with a problem.
 *
 * @param because the variable that requires the files
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
      'OS_CLIENT_CONFIG_FILE is not set',
  )
  return undefined
}

/** The directories to search; '' is the current one. */
function searchPath(environment: Environment): readonly string[] {
  const [home, configHome] = [environment.text('HOME'), environment.text('XDG_CONFIG_HOME')]
  const ofUser = [configHome, home && join(home, '.config')].filter(base => base !== undefined)
  return ['', ...new Set(ofUser.map(base => join(base, 'openstack'))), '/etc/openstack']
}

interface FileSearch {
  /** The variable that can name the file. */
  readonly variable: string
  readonly stem: string
  readonly directories: readonly string[]
}

function find(environment: Environment, { variable, stem, directories }: FileSearch): CloudFile | 'absent' | 'wrong' {
  const named = environment.text(variable)
  const paths = directories.flatMap(directory => SUFFIXES.map(suffix => join(directory, `${stem}${suffix}`)))
  for (const path of named === undefined ? paths : [named]) {
    const file = read(environment, path, named === undefined ? path : variable)
    if (file !== 'absent') return file
  }
  if (named === undefined) return 'absent'
  environment.complain(variable, `names ${showValue(named)}, which cannot be read: no such file (ENOENT)`)
  return 'wrong'
}

/** @param name what a problem names: the variable, or the path itself */
function read(environment: Environment, path: string, name: string): CloudFile | 'absent' | 'wrong' {
  let text: string | undefined
  try {
    text = environment.fileIfThere(path)
  } catch (error) {
    const file = name === path ? '' : `names ${showValue(path)}, which `
    environment.complain(name, `${file}cannot be read: ${fileProblem(error)}`)
    return 'wrong'
  }
  return text === undefined ? 'absent' : parse(environment, path, text)
}

function parse(environment: Environment, path: string, text: string): CloudFile | 'wrong' {
  try {
    const { success, data } = fileShape.safeParse(parseYaml(text))
    if (success) return { path, clouds: data?.clouds ?? {} }
    environment.complain(path, 'is not a map with the key clouds, which maps names to clouds')
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    environment.complain(path, error.message)
  }
  return 'wrong'
}
