import type { PythonValue } from './python-json.js'

/** State that `/v2/health` reports. */
export interface Health {
  /** Projects whose usage is more than a day behind. */
  readonly lateProjects: readonly { readonly id: string; readonly name: string }[]
  readonly isErpDown: boolean
}

/** Body of `/v2/health`. Failed projects are named only if there are any; one project is "1 projects" too. */
export function printHealth({ lateProjects, isErpDown }: Health): PythonValue {
  return { health: { usage_collection: printCollection(lateProjects), erp_backend: printErp(isErpDown) } }
}

function printCollection(late: Health['lateProjects']): PythonValue {
  if (late.length === 0) return { status: 'OK', msg: 'Tenant usage successfully collected and up-to-date.' }
  return {
    status: 'FAIL',
    msg: `Failed to collect usage for ${late.length} projects.`,
    failed_projects: late.map(({ name, id }) => ({ name, id })),
  }
}

function printErp(isDown: boolean): PythonValue {
  return isDown ? { status: 'FAIL', msg: "ERP backend doesn't work." } : { status: 'OK', msg: 'ERP backend works.' }
}
