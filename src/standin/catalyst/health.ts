import type { PythonValue } from './python-json.js'

/** What `/v2/health` goes by. */
export interface Health {
  /** Projects whose usage is more than a day behind. */
  readonly lateProjects: readonly { readonly id: string; readonly name: string }[]
  readonly isErpDown: boolean
}

/** The body of `/v2/health`. The failed projects are named only when there are any; one of them is "1 projects" too. */
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
