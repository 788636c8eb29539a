/** `node health-check.js PORT`: exits with 0 when the server on that port of this machine is alive, with 1 otherwise. */
async function checkHealth(port: string): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) })
  return response.ok
}

checkHealth(process.argv[2] ?? '4000').then(
  isHealthy => process.exit(isHealthy ? 0 : 1),
  () => process.exit(1),
)
