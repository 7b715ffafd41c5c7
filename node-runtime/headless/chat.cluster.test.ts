import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCli, type RealCli } from './testing/real-cli.ts'

const password = 'uma senha longa'

let cli: RealCli
beforeEach(() => {
  cli = openCli()
})
afterEach(() => cli.close())

it('two people talk in terminals, in two languages, and find again what was said', async () => {
  const lab = cli.run(['up', '--no-ui', '--only', 'chat', '--json'])
  await lab.said('"demo-running"')
  const ana = cli.run(['chat', '--user', 'ana', '--new', '--lang', 'pt'])
  ana.write(`${password}\n`)
  await ana.said('Você é ana')
  ana.write('inscrever general\nlistar_canais\n')
  await ana.said('você está em #general')
  const bia = cli.run(['chat', '--user', 'bia', '--new'])
  bia.write(`${password}\nsubscribe general\n`)
  await bia.said('you are in #general')
  ana.write('publicar general oi, \u001b[31mgente\n')
  await ana.said(/\[\d+\] .* #general ana: oi, ·\[31mgente {2}✓ em 2 de 3/)
  await bia.said(/\[\d+\] .* #general ana: oi, ·\[31mgente/)
  const [, number = ''] = /\[(\d+)\] [^\n]* ana: oi/.exec(bia.out) ?? []
  bia.write(`reply ${number} hello\nreact ${number} 👍\nmessage ana just us\n`)
  await ana.said(/bia ↩ \[\d+\]: hello/)
  await ana.said('👍 1')
  await ana.said(/@bia bia: just us/)
  bia.write('nonsense\nhistory @ana\nsync_time\nfim\n')
  expect(await bia.exited).toBe(0)
  expect(bia.err).toBe(
    'That is not understood; check what was typed. [bad-request: nonsense? help says what can be typed]\n',
  )
  expect(bia.out).toContain('chat-server-')

  // Who is signed in at this lab is not asked again; one thing is done, and it ends when a majority has it.
  const once = cli.run(['chat', '--user', 'bia', 'publish', 'general', 'once', '--json'])
  expect([await once.exited, once.err]).toEqual([0, ''])
  // Others may be heard meanwhile, and nothing is refused.
  const values = once.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(values.filter(({ ok }) => ok !== true)).toEqual([])
  const told = values.filter(({ value }) => value.row?.text === 'once').at(-1)
  expect(told).toMatchObject({ value: { event: 'message', row: { state: { kind: 'stored' } } } })
  await ana.said('bia: once')
  const found = cli.run(['chat', '--user', 'ana', 'history', 'general', '200', '--json'])
  expect([await found.exited, found.err]).toEqual([0, ''])
  const texts = [...found.out.matchAll(/"author":"(?:ana|bia)","text":"([^"]+)"/g)].map(([, text]) => text)
  expect(texts).toEqual(['oi, \\u001b[31mgente', 'hello', 'once'])
  const refused = cli.run(['chat', '--user', 'ana', 'publicar', 'nowhere', 'x'])
  expect([await refused.exited, refused.err]).toEqual([
    1,
    'The chat has no such channel, or it is a private one. [unknown-channel: #nowhere]\n',
  ])
  ana.write('sair\n')
  expect([await ana.exited, ana.err]).toEqual([0, ''])

  const folder = join(cli.dataDir, 'files')
  const exported = cli.run(['chat', 'export', 'chat-server-1', '--out', folder])
  expect(await exported.exited).toBe(0)
  expect(readFileSync(join(folder, 'publications.jsonl'), 'utf8')).toContain('"once"')
  expect(existsSync(join(folder, 'registry.json'))).toBe(true)
  const foreign = cli.run(['chat', 'foreign'])
  expect([await foreign.exited, foreign.out]).toEqual([0, expect.stringMatching(/clients +tcp:\/\/127\.0\.0\.1:\d+/)])
  const setup = cli.run(['chat', 'setup', '--profile', 'everyone'])
  expect([await setup.exited, setup.err]).toEqual([1, expect.stringContaining('does-not-apply')])
})
