import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: IForbiddenRuleType[]
  options: Record<string, unknown>
} // the configuration is checked by dependency-cruiser itself

/** Wrong arrows, one for each kind of wall, and the rule that must name them. */
const wrong = [
  {
    file: 'node-runtime/cores/raft/a.ts',
    code: "import { readFileSync } from 'node:fs'\nreadFileSync('x')\n",
    rule: 'arrows-of-cores',
  },
  {
    file: 'node-runtime/cores/raft/b.ts',
    code: "import { b } from '../ring/ring.ts'\nb()\n",
    rule: 'core-raft-stands-alone',
  },
  { file: 'node-runtime/roles/a.ts', code: "import { b } from '../drivers/wire.ts'\nb()\n", rule: 'arrows-of-roles' },
  {
    file: 'node-runtime/supervisor/a.ts',
    code: "import { b } from '../cores/ring/ring.ts'\nb()\n",
    rule: 'arrows-of-supervisor',
  },
  {
    file: 'node-runtime/worker/a.ts',
    code: "import type { B } from '../contract/window/topology.ts'\nexport type C = B\n",
    rule: 'workers-know-nothing-of-the-window',
  },
  {
    file: 'renderer/a.ts',
    code: "import { readFileSync } from 'node:fs'\nreadFileSync('x')\n",
    rule: 'renderer-is-a-web-page',
  },
  {
    file: 'renderer/b.ts',
    code: "import { b } from '../node-runtime/contract/window/contract.ts'\nb()\n",
    rule: 'renderer-takes-types-of-the-contract',
  },
  {
    file: 'renderer/features/one/a.ts',
    code: "import { b } from '../two/b.ts'\nb()\n",
    rule: 'features-do-not-know-each-other',
  },
  {
    file: 'electron/preload/a.ts',
    code: "import { b } from '../../node-runtime/contract/window/contract.ts'\nb()\n",
    rule: 'preload-loads-the-names-file-only',
  },
]
const targets: Record<string, string> = {
  'node-runtime/cores/ring/ring.ts': 'export function b() {}\n',
  'node-runtime/drivers/wire.ts': 'export function b() {}\n',
  'node-runtime/contract/window/topology.ts': 'export interface B { readonly x: 1 }\n',
  'node-runtime/contract/window/contract.ts': 'export function b() {}\n',
  'renderer/features/two/b.ts': 'export function b() {}\n',
}

describe('the arrows', () => {
  it('are all seen: a cruise that finds few modules proves nothing', async () => {
    const result = await cruised(['node-runtime', 'electron', 'renderer'], root)
    expect(result.summary.totalCruised).toBeGreaterThan(100)
    expect(result.modules.flatMap((module) => module.dependencies).length).toBeGreaterThan(300)
  }, 60_000)

  it('that are wrong are each caught by the rule meant for them', async () => {
    const house = mkdtempSync(join(tmpdir(), 'colmeia-arrows-'))
    try {
      for (const { file, code } of wrong) write(house, file, code)
      for (const [file, code] of Object.entries(targets)) write(house, file, code)
      const result = await cruised(['node-runtime', 'electron', 'renderer'], house)
      const caught = result.summary.violations.map((violation) => `${violation.from} ${violation.rule.name}`)
      for (const { file, rule } of wrong) expect(caught).toContain(`${file} ${rule}`)
    } finally {
      rmSync(house, { recursive: true })
    }
  }, 60_000)
})

async function cruised(folders: string[], baseDir: string): Promise<ICruiseResult> {
  const { tsConfig: _, ...options } = config.options
  const { output } = await cruise(folders, {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  })
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text instead of a result')
  return output
}

function write(house: string, file: string, code: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true })
  writeFileSync(join(house, file), code)
}
