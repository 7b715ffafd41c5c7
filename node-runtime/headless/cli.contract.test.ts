import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { claimLab } from '#host/control-server'
import { openHost } from '#host/host'
import { labDirIn } from '#host/places'
import { defaultSettings, SettingsFile } from '#host/settings-file'
import { failures } from '#kit/failures'
import { ok } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { info } from '../host/testing/app-info.ts'
import { memoryLab, recorded } from '../host/testing/memory-lab.ts'
import { runCli } from './cli.ts'
import { english } from './words/english.ts'
import { commandNames, helpText } from './words/help.ts'
import { portuguese } from './words/portuguese.ts'

let stops: StopStack
let dataDir: string
beforeEach(() => {
  stops = new StopStack()
  dataDir = mkdtempSync(join(tmpdir(), 'cli-'))
  stops.add(() => rmSync(dataDir, { recursive: true }))
  vi.stubEnv('COLMEIA_HOME', dataDir)
  stops.add(() => void vi.unstubAllEnvs())
})
afterEach(() => stops.run())

/** A shell that runs the lab, with a real control socket and a lab in memory. */
async function runningLab() {
  const memory = memoryLab()
  const settings = new SettingsFile(join(dataDir, 'settings.json'), defaultSettings('en'))
  const host = openHost({ lab: memory.lab, settings, info, openWindow: () => ok(null), onBug: () => undefined })
  stops.add(host.stop)
  const claimed = await claimLab(labDirIn(dataDir, 'lab'))
  if (!claimed.ok) throw new Error(claimed.failure.code)
  stops.add(claimed.value.close)
  claimed.value.serve(host)
  return memory
}

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function colmeia(line: string, env: Record<string, string> = {}): Promise<Said> {
  let out = ''
  let err = ''
  const streams = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  }
  const args = line.split(' ').filter((word) => word !== '')
  const parts = { args, env, streams, builtDir: join(dataDir, 'out', 'headless'), interrupted: Promise.resolve() }
  return { code: await runCli(parts), out, err }
}

describe('words of the command line', () => {
  it('has a sentence for every failure, in two languages that differ', () => {
    for (const words of [english, portuguese])
      expect(Object.keys(words.failures).sort()).toEqual(Object.keys(failures).sort())
    const same = Object.entries(english.failures).filter(
      ([code, text]) => Reflect.get(portuguese.failures, code) === text,
    )
    expect(same).toEqual([])
  })

  it.each(commandNames)('explains %s in both languages', async (name) => {
    const said = await colmeia(`${name} --help`)
    expect([said.code, said.out]).toEqual([0, `${helpText('en', name)}\n`])
    expect((await colmeia(`${name} --help`, { LANG: 'pt_BR.UTF-8' })).out).toContain('Códigos de saída')
    expect(said.out).toContain(`colmeia ${name}`)
  })

  it('takes the language from --lang before LANG', async () => {
    expect((await colmeia('--help --lang en', { LANG: 'pt_BR' })).out).toContain('Exit codes')
    expect((await colmeia('--help', { LC_ALL: 'pt_PT', LANG: 'en_US' })).out).toContain('Códigos')
  })

  it('names every command in the overview', async () => {
    const { out } = await colmeia('help')
    for (const name of commandNames) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  })
})

describe('what is not understood', () => {
  it.each([
    'explode',
    'status --explode',
    'status --lab ../other',
    'up --only cake',
    'up --peers 8',
    'serve --peers none',
    'up now',
    'serve --port 70000',
    'fault melt',
    'fault clear',
    'fault inject',
    'fault inject kill',
    'fault inject kill n1 n2',
    'fault inject loss n1 n2',
    'fault inject loss n1 n2 --percent 101',
    'fault inject delay n1 n2',
    'fault inject kill n1 --for soon',
    'logs --limit 0',
    'tables',
    'start',
    'reset',
    'ring shout',
    'ring debug heartbeat',
    'ring --name a|b',
    'ring --key lab',
    'ring --reach moon',
    'ring setup --phrase',
    'ring setup --names Ana,,Bia',
  ])('%s ends with 2 and points to the help', async (line) => {
    const said = await colmeia(line)
    expect([said.code, said.out]).toEqual([2, ''])
    expect(said.err).toContain('colmeia --help')
  })

  it('is said as JSON to a program', async () => {
    const said = await colmeia('status --explode --json')
    expect(JSON.parse(said.out)).toMatchObject({ ok: false, failure: { code: 'bad-request' } })
    expect(said.code).toBe(2)
  })
})

describe('when no Colmeia runs', () => {
  it.each(['status', 'fault list', 'logs', 'tables n1', 'start notary', 'stop notary'])(
    '%s says so and ends with 3',
    async (line) => {
      const said = await colmeia(line)
      expect([said.code, said.out]).toEqual([3, ''])
      expect(said.err).toContain('No Colmeia runs this lab')
      expect(said.err).toContain('lab-not-running')
      expect((await colmeia(line, { LANG: 'pt_BR' })).err).toContain('Nenhum Colmeia executa')
      expect(JSON.parse((await colmeia(`${line} --json`)).out)).toMatchObject({ failure: { code: 'lab-not-running' } })
    },
  )

  it('reset deletes the folder of this lab and no other', async () => {
    for (const lab of ['lab', 'other']) {
      mkdirSync(join(labDirIn(dataDir, lab), 'nodes'), { recursive: true })
      writeFileSync(join(labDirIn(dataDir, lab), 'lab.json'), '{}')
    }
    expect((await colmeia('reset --yes')).code).toBe(0)
    expect([existsSync(labDirIn(dataDir, 'lab')), existsSync(labDirIn(dataDir, 'other'))]).toEqual([false, true])
  })
})

describe('with a Colmeia that runs', () => {
  it('status shows clusters, and the snapshot to a program', async () => {
    await runningLab()
    expect((await colmeia('status')).out).toContain('notary: running')
    const { ok: isOk, value } = JSON.parse((await colmeia('status --json')).out)
    expect([isOk, value.clusters[0].id]).toEqual([true, 'notary'])
  })

  it('start and stop reach the cluster, and name what there is not', async () => {
    const { done } = await runningLab()
    expect((await colmeia('stop notary')).code).toBe(0)
    expect((await colmeia('start notary')).out).toBe('Done.\n')
    expect(done).toEqual([
      'note clusters.stop notary',
      'stop cluster notary',
      'note clusters.start notary',
      'start cluster notary',
    ])
    const said = await colmeia('start n9')
    expect(said.code).toBe(1)
    expect(said.err).toContain('[unknown-node: ')
  })

  it('fault inject sends the fault with its end', async () => {
    const { done } = await runningLab()
    const said = await colmeia('fault inject kill n1 --for 10s')
    expect([said.code, said.out]).toEqual([0, 'f1  kill  n1  (10 s)\n'])
    expect(done).toContain('inject kill 10000')
    expect((await colmeia('fault inject skew n1 --ms=-500')).code).toBe(0)
    expect((await colmeia('fault inject cut n1,n2 n3 --both')).code).toBe(0)
  })

  it('leaves the check of names to the lab, and passes its code on', async () => {
    await runningLab()
    const said = await colmeia('fault inject kill ../n1 --json')
    expect(JSON.parse(said.out)).toMatchObject({ ok: false, failure: { code: 'bad-request' } })
    expect(said.code).toBe(1)
  })

  it('fault list, clear and clear-all', async () => {
    const { done } = await runningLab()
    expect((await colmeia('fault list')).out).toBe('No fault is active.\n')
    expect(JSON.parse((await colmeia('fault list --json')).out)).toEqual({ ok: true, value: [] })
    expect((await colmeia('fault clear f9')).err).toContain('unknown-fault')
    expect((await colmeia('fault clear-all')).code).toBe(0)
    expect(done).toContain('clear all')
  })

  it('logs prints the page once, one JSON value a line to a program', async () => {
    const { lab } = await runningLab()
    lab.recorder.page = () => ({ events: [recorded(1), recorded(2)], hasOlder: false })
    const said = await colmeia('logs')
    expect(said.out.trimEnd().split('\n')).toEqual([
      '00:00:00.000 lab        L0 timer election after 1 ms',
      '00:00:00.000 lab        L0 timer election after 1 ms',
    ])
    const lines = (await colmeia('logs --json')).out.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).value.position)).toEqual([1, 2])
  })

  it('tables passes on why a node cannot answer', async () => {
    await runningLab()
    const said = await colmeia('tables n1')
    expect([said.code, said.err.includes('node-down')]).toEqual([1, true])
  })

  it('reset goes through the Colmeia that runs', async () => {
    const { done } = await runningLab()
    expect((await colmeia('reset --yes')).code).toBe(0)
    expect(done).toEqual(['note lab.reset', 'reset', 'start cluster notary'])
  })

  it('up is refused, because the lab is in use', async () => {
    await runningLab()
    const said = await colmeia('up --no-ui')
    expect([said.code, said.err.includes('lab-in-use')]).toEqual([1, true])
  })
})
