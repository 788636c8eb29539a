/** The credential that the reader typed. In memory only. */
let key = ''

const element = id => document.getElementById(id)

/** @returns the response and its parsed body */
async function ask(query, variables) {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) }
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  if (response.status === 401) element('sign-in').hidden = false
  return { status: response.status, body: await response.json() }
}

function describe({ source, reachable, message }) {
  const item = document.createElement('li')
  const name = document.createElement('h3')
  name.textContent = source === 'CATALYST' ? 'Catalyst Cloud' : '3scale'
  const state = document.createElement('div')
  state.textContent = reachable ? 'Responds' : 'Does not respond'
  state.classList.toggle('bad', !reachable)
  item.append(name, state)
  if (message) item.append(small(message))
  return item
}

function small(text) {
  const note = document.createElement('small')
  note.textContent = text
  return note
}

function item(text) {
  const line = document.createElement('li')
  line.textContent = text
  return line
}

async function showSources() {
  const list = element('sources')
  try {
    const { body } = await ask('{ sources { source reachable message } }')
    const sources = body.data?.sources
    if (!sources) list.replaceChildren(item(body.errors?.[0]?.message ?? 'The gateway sent no data.'))
    else if (sources.length === 0) list.replaceChildren(item('No billing system is configured.'))
    else list.replaceChildren(...sources.map(describe))
  } catch {
    list.replaceChildren(item('The gateway does not respond.'))
  }
}

async function run() {
  const result = element('result')
  let variables
  try {
    variables = JSON.parse(element('variables').value || '{}')
  } catch {
    result.textContent = 'The variables are not JSON.'
    return
  }
  element('run').disabled = true
  try {
    const { body } = await ask(element('text').value, variables)
    result.textContent = JSON.stringify(body, null, 2)
  } catch {
    result.textContent = 'The gateway does not respond.'
  } finally {
    element('run').disabled = false
  }
}

async function showOperations() {
  const { isDemo, hasDashboard, operations, variables } = await (await fetch('/pages/operations.json')).json()
  element('demo').hidden = !isDemo
  element('dashboard').hidden = !hasDashboard
  const select = element('operation')
  select.replaceChildren(...operations.map(({ name }) => new Option(name, name)))
  const show = () => {
    const { text, names } = operations[select.selectedIndex]
    element('text').value = text
    element('variables').value = JSON.stringify(
      Object.fromEntries(names.filter(name => name in variables).map(name => [name, variables[name]])),
    )
  }
  select.addEventListener('change', show)
  show()
}

// What scrolls must be within reach of the keyboard.
for (const id of ['result', 'picture']) element(id).tabIndex = 0

element('run').addEventListener('click', run)
element('sign-in').addEventListener('submit', event => {
  event.preventDefault()
  key = element('key').value
  element('sign-in').hidden = true
  showSources()
})
showOperations()
showSources()
