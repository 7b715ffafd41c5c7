import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCli, type RealCli } from './testing/real-cli.ts'

let cli: RealCli
beforeEach(() => {
  cli = openCli()
})
afterEach(() => cli.close())

async function labWithRing() {
  const lab = cli.run(['up', '--no-ui', '--only', 'ring', '--json'])
  await lab.said('"demo-running"')
  return lab
}

it('a terminal joins the ring of the lab that runs, is heard, hears, and leaves in order', async () => {
  await labWithRing()
  const davi = cli.run(['ring', '--name', 'Davi'])
  await davi.said(/in a ring of 4, led by (Ana|Bia|Caio|Davi)/)
  davi.write('good morning\n')
  await davi.said('Davi: good morning')
  davi.write('@MEMBERS\n')
  await davi.said('4 in the ring')
  for (const name of ['Ana', 'Bia', 'Caio']) await davi.said(` ${name} 127.0.0.1:`)

  const eva = cli.run(['ring', '--name', 'Eva', 'heartbeat'])
  await eva.said('Davi: good morning')
  await davi.said('Eva is in the ring')
  eva.write('@LIDER\n@HELP\n| any <text> \u001b[31m of mine\n')
  await davi.said('Eva: | any <text> ·[31m of mine')
  await eva.said('beat from')
  await eva.said('a token goes round')

  davi.write('bye\nFIM\nnot said\n')
  expect(await davi.exited).toBe(0)
  expect(davi.err).toBe('')
  await eva.said('Davi: bye')
  await eva.said('Davi left')
  expect(eva.out).not.toContain('not said')
  eva.signal('SIGINT')
  expect(await eva.exited).toBe(0)
  expect(eva.out).toContain('You left the ring.')
})

it('terminals meet with the key of the lab while that does not run, and the end of their input ends them', async () => {
  const ana = cli.run(['ring', '--name', 'Ana', '--json'])
  await ana.said('"in-ring"')
  const bia = cli.run(['ring', '--name', 'Bia'])
  bia.write('first\nsecond\n')
  bia.end()
  expect(await bia.exited).toBe(0)
  await ana.said('"text":"second"')
  const texts = ana.out.matchAll(/"author":"Bia","text":"(\w+)"/g)
  expect([...texts].map(([, text]) => text)).toEqual(['first', 'second'])
})

it('a phrase opens a ring of its own, which those with another key do not enter', async () => {
  const said = { phrase: 'onze abelhas na janela\n', other: 'doze abelhas na janela\n' }
  const ana = cli.run(['ring', '--name', 'Ana', '--phrase'])
  ana.write(said.phrase)
  await ana.said('in a ring of 1')
  const eva = cli.run(['ring', '--name', 'Eva', '--phrase'])
  eva.write(said.other)
  await eva.said('in a ring of 1')
  const bia = cli.run(['ring', '--name', 'Bia', '--phrase'])
  bia.write(`${said.phrase}here I am\n`)
  await ana.said('Bia: here I am')
  expect(ana.out).not.toContain('Eva')
  expect(ana.out + bia.out + ana.err + bia.err).not.toContain('abelhas')
})

it('what cannot be done is said plainly, and nothing is left running', async () => {
  const lost = cli.run(['ring', '--interface', 'gone0'])
  expect([await lost.exited, lost.err]).toEqual([1, expect.stringContaining('no network gone0')])
  const short = cli.run(['ring', '--phrase'])
  short.write('bee\n')
  expect([await short.exited, short.err]).toEqual([1, expect.stringContaining('at least 12 characters')])
})

it('the ring of a running lab is set up from the command line, and its phrase is shown once', async () => {
  const lab = await labWithRing()
  const now = cli.run(['ring', 'setup'])
  expect([await now.exited, now.out]).toEqual([0, expect.stringContaining('Ana, Bia, Caio')])
  const anew = cli.run(['ring', 'setup', '--names', 'Gil, Hugo', '--key', 'new', '--timing', 'reference', '--json'])
  expect(await anew.exited).toBe(0)
  const { value } = JSON.parse(anew.out)
  expect(value.setup.settings).toMatchObject({ names: ['Gil', 'Hugo'], key: 'phrase', timing: 'reference' })
  expect(lab.out).not.toContain(value.phrase)
  const again = cli.run(['ring', 'setup', '--json'])
  await again.exited
  expect(JSON.parse(again.out).value).toEqual({ setup: value.setup, phrase: null })

  const guest = cli.run(['ring', '--name', 'Iva'])
  await guest.said(/in a ring of [23]/)
  guest.write('@MEMBERS\n')
  await guest.said('Gil')
})
