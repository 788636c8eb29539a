import { createRoot, React, Ruru } from '/explore/ruru.js'

const WORKERS = { json: 'jsonWorker.js', graphql: 'graphqlWorker.js' }

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(`/explore/${WORKERS[label] ?? 'editorWorker.js'}`, { type: 'module' }),
}

const { operations, variables } = await (await fetch('/pages/operations.json')).json()
createRoot(document.getElementById('ruru-root')).render(
  React.createElement(Ruru, {
    endpoint: '/graphql',
    // One document: the run button offers its operations by name.
    defaultQuery: operations.map(({ text }) => text).join('\n'),
    initialVariables: JSON.stringify(variables, null, 2),
  }),
)
