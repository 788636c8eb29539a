import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort, isListening, LOAD_CORE, pinned, untilReady } from './processes.js'

/** nginx with static bodies, the upstream of every server measured here. */
export class StaticUpstream implements AsyncDisposable {
  private constructor(
    private readonly root: string,
    private readonly child: ChildProcess,
    /** `http://127.0.0.1:40123` */
    readonly url: string,
  ) {}

  /** Starts nginx on a free port with an empty root folder. @throws Error when nginx is missing */
  static async start(): Promise<StaticUpstream> {
    const root = mkdtempSync(join(tmpdir(), 'billgraph-nginx-'))
    for (const folder of ['bodies', 'temp']) mkdirSync(join(root, folder))
    const port = await freePort()
    writeFileSync(join(root, 'nginx.conf'), configurationOf(root, port))
    const [command = '', ...args] = pinned(LOAD_CORE, [
      'nginx',
      '-p',
      root,
      '-e',
      'stderr',
      '-c',
      join(root, 'nginx.conf'),
    ])
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', () => {})
    await untilReady('nginx (Debian: apt-get install nginx)', child, () => isListening(port))
    return new StaticUpstream(root, child, `http://127.0.0.1:${port}`)
  }

  /** Serves a body at a path; with a query, only for exactly that query. */
  add(pathAndQuery: string, body: string | Uint8Array): void {
    const file = join(this.root, 'bodies', pathAndQuery.replace('?', '@'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, body)
  }

  /** The number of requests so far, without those of this method. */
  async countRequests(): Promise<number> {
    const text = await (await fetch(`${this.url}/status`, { headers: { connection: 'close' } })).text()
    const [, , , requests = ''] = /(\d+) (\d+) (\d+)/.exec(text) ?? []
    this.statusRequests++
    return Number(requests) - this.statusRequests
  }

  private statusRequests = 0

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL')
    if (this.child.exitCode === null) await once(this.child, 'exit')
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** One process without a master, so that it ends with this one. Temporary paths outside of the root would need its user's rights. */
function configurationOf(root: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
master_process off;
pid ${root}/nginx.pid;
error_log stderr error;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  open_file_cache max=4000 inactive=600s;
  open_file_cache_valid 600s;
  types { application/xml xml; application/json json; }
${temporary.map(name => `  ${name}_temp_path ${root}/temp/${name};`).join('\n')}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    root ${root}/bodies;
    default_type application/json;
    location = /status { stub_status; }
    location /api/ { default_type application/xml; try_files $uri@$args $uri =404; types {} }
    location /v2/ { try_files $uri@$args =404; types {} }
  }
}
`
}
