import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loopbackTransport } from '#renderer/platform/loopback.ts'
import { type App, createApp } from '#electron/app/create-app.ts'
import { serveLoopback } from '#electron/hosts/loopback/server.ts'
import { connectSocket, serveSocket, socketPath } from '#electron/rpc/local-socket.ts'
import { describeTransport, inProcess, ownCore } from './transports.ts'

describeTransport({
  name: 'a session in this process',
  kind: 'page',
  payloads: 1000,
  serve: ownCore(async (app) => ({
    connect: async () => inProcess(app, 'page'),
    close: async () => undefined,
  })),
})

const pagesIn = (dataDir: string) => {
  const pages = join(dataDir, 'pages')
  mkdirSync(pages, { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<title>Packbench</title><style nonce="__CSP_NONCE__"></style>')
  return { pages, pictures: join(dataDir, 'pictures') }
}

describeTransport({
  name: "HTTP on this machine, by the page's own client",
  kind: 'page',
  payloads: 200,
  serve: ownCore(async (app, dataDir) => {
    const token = randomUUID()
    const server = await serveLoopback({ app, ...pagesIn(dataDir), token, port: 0 })
    return {
      connect: async () => ({
        ...loopbackTransport(`http://127.0.0.1:${server.port}`, token),
        close: () => undefined,
      }),
      close: async () => server.close(),
    }
  }),
})

describeTransport({
  name: 'a socket of the same user',
  kind: 'cli',
  payloads: 1000,
  serve: ownCore(async (app, dataDir) => {
    const server = await serveSocket(dataDir, () => app.connect('cli'))
    return {
      connect: async () => {
        const transport = await connectSocket(dataDir)
        if (transport === null) throw new Error('nobody listens')
        return transport
      },
      close: async () => server.close(),
    }
  }),
})

describe('who may not come in', () => {
  let dataDir: string
  let app: App
  let port: number
  let close: () => void
  const token = 'right-token'
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'packbench-doors-'))
    app = await createApp({ dataDir, checkAnswers: true })
    const { pages, pictures } = pagesIn(dataDir)
    symlinkSync(join(dataDir, 'packbench.sqlite'), join(pages, 'leak.html'))
    const server = await serveLoopback({ app, pages, pictures, token, port: 0 })
    port = server.port
    close = server.close
  })
  afterAll(async () => {
    close()
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Node's own client with every header as given: fetch would set Host and Origin by itself. */
  function ask(
    path: string,
    headers: Record<string, string>,
    more: { method?: string; body?: string; with?: (sent: ClientRequest) => void } = {},
  ): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path, method: more.method ?? 'POST', setHost: false, headers },
        (answer) => {
          let body = ''
          answer.on('data', (piece: Buffer) => void (body += piece.toString('latin1')))
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers }))
        },
      )
      sent.on('error', reject)
      if (more.with !== undefined) more.with(sent)
      else sent.end(more.body ?? '{"name":"app.info","input":{}}')
    })
  }
  const here = () => ({ host: `127.0.0.1:${port}` })
  const letIn = () => ({ ...here(), authorization: `Bearer ${token}` })

  it("lets in who has the run's token", async () => {
    expect((await ask('/rpc', letIn())).status).toBe(200)
    expect((await ask('/rpc', { ...letIn(), origin: `http://127.0.0.1:${port}` })).status).toBe(200)
  })

  it("refuses another name for this machine and another site's page", async () => {
    for (const host of [
      `localhost:${port}`,
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port}.evil.example`,
    ]) {
      expect([host, (await ask('/rpc', { ...letIn(), host })).status]).toEqual([host, 403])
    }
    for (const origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port}0`,
    ]) {
      expect([origin, (await ask('/rpc', { ...letIn(), origin })).status]).toEqual([origin, 403])
    }
  })

  it('refuses a missing, wrong, longer or shorter token, for calls and for events', async () => {
    for (const authorization of [
      '',
      'Bearer',
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      token,
      'Bearer wrong-token',
    ]) {
      for (const path of ['/rpc', '/events']) {
        expect([path, authorization, (await ask(path, { ...here(), authorization })).status]).toEqual([
          path,
          authorization,
          401,
        ])
      }
    }
  })

  it('refuses what is no call, and goes on', async () => {
    expect((await ask('/rpc', letIn(), { method: 'GET', body: '' })).status).toBe(405)
    expect((await ask('/rpc', letIn(), { body: '{' })).status).toBe(400)
    for (const body of ['null', '[]', '"x"', '7', '{"name":7}', '{"name":{"toString":1}}']) {
      const answer = await ask('/rpc', letIn(), { body })
      expect([body, answer.status]).toEqual([body, 200])
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'rpc.unknown' } })
    }
    const huge = await ask('/rpc', letIn(), { body: 'x'.repeat(5 * 1024 * 1024) }).then(
      (answer) => answer.status,
      () => 413, // the connection was cut before the answer was read
    )
    expect(huge).toBe(413)
    expect((await ask('/rpc', letIn())).status).toBe(200)
  })

  it('outlives request lines that are no address and pages that leave in the middle of a call', async () => {
    for (const path of ['//', '///', '/\\', '//[', 'http://[', '/%', '/%00', '*']) {
      expect([path, (await ask(path, here(), { method: 'GET', body: '' })).status]).toEqual([path, 404])
    }
    for (let time = 0; time < 5; time += 1) {
      await ask(
        '/rpc',
        { ...letIn(), 'content-length': '1000' },
        {
          with: (sent) => {
            sent.write('{"name":')
            setTimeout(() => sent.destroy(), 20)
          },
        },
      ).catch(() => undefined)
    }
    expect((await ask('/rpc', letIn())).status).toBe(200)
  })

  it('serves the screens and nothing beside them', async () => {
    const page = await ask('/', here(), { method: 'GET', body: '' })
    expect(page.status).toBe(200)
    expect(String(page.headers['content-security-policy'])).not.toMatch(/unsafe-|\*/)
    const nonce = /nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1] ?? ''
    expect(page.body).toContain(`nonce="${nonce}"`)
    const outside = [
      '/../packbench.sqlite',
      '/..%2fpackbench.sqlite',
      '/%2e%2e/packbench.sqlite',
      '/..%5cpackbench.sqlite',
      '/%252e%252e/packbench.sqlite',
      '/.%2e/packbench.sqlite',
      '/index.html/../../packbench.sqlite',
      `/${dataDir}/packbench.sqlite`,
      '/leak.html',
    ]
    const hash = 'a'.repeat(64)
    const pictures = join(dataDir, 'pictures')
    mkdirSync(pictures)
    writeFileSync(join(pictures, `${hash}.png`), 'picture')
    symlinkSync(join(dataDir, 'packbench.sqlite'), join(pictures, `${'b'.repeat(64)}.png`))
    writeFileSync(join(pictures, `${'c'.repeat(64)}.png`), Buffer.alloc(6 * 1024 * 1024))
    const picture = await ask(`/pictures/${hash}.png`, here(), { method: 'GET', body: '' })
    expect([picture.status, picture.body, picture.headers['content-type']]).toEqual([
      200,
      'picture',
      'image/png',
    ])
    outside.push(
      ...['b', 'c', 'd'].map((sign) => `/pictures/${sign.repeat(64)}.png`),
      `/pictures/${hash}`,
      `/pictures/${hash}.svg`,
      `/pictures/${hash}.png/`,
      `/pictures/../pictures/../packbench.sqlite`,
      `/pictures/..%2fpackbench.sqlite`,
      `/pictures/%2e%2e/${hash}.png`,
      `/pictures/x/${hash}.png`,
      `/pictures/${hash.toUpperCase()}.png`,
      `/pictures/${hash}.png%00.png`,
      '/pictures/',
    )
    for (const path of outside) {
      expect([path, (await ask(path, here(), { method: 'GET', body: '' })).status]).toEqual([path, 404])
    }
  })

  it('opens the socket to the same user only, and hangs up on who speaks otherwise', async () => {
    const server = await serveSocket(dataDir, () => app.connect('cli'))
    try {
      expect((statSync(socketPath(dataDir)).mode & 0o777).toString(8)).toBe('600')
      for (const line of [
        'GET / HTTP/1.1',
        '{}',
        'null',
        '{"kind":"call","id":"1","name":"app.info"}',
        '[1]',
      ]) {
        const closed = await new Promise<string>((resolve) => {
          const socket = createConnection(socketPath(dataDir), () => socket.write(`${line}\n`))
          socket.resume()
          socket.once('close', () => resolve(line))
        })
        expect(closed).toBe(line)
      }
      const transport = await connectSocket(dataDir)
      expect(await transport?.call('app.info', {})).toMatchObject({ ok: true })
      server.close()
      expect(await transport?.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'core.lost' } })
      expect(await connectSocket(dataDir)).toBeNull()
    } finally {
      server.close()
    }
  })

  it('gives the folder to one core at a time', async () => {
    await expect(createApp({ dataDir })).rejects.toThrow('Another Packbench is using')
  })
})
