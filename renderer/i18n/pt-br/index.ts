import type { en } from '../en/index.ts'
import type { Words } from '../words.ts'
import { chat } from './chat/index.ts'
import { common } from './common.ts'
import { failures, problem } from './failures.ts'
import { faults } from './faults.ts'
import { feed } from './feed.ts'
import { frame } from './frame.ts'
import { health } from './health.ts'
import { lab } from './lab.ts'
import { log } from './log.ts'
import { node } from './node.ts'
import { notary } from './notary/index.ts'
import { overview } from './overview.ts'
import { panel } from './panel.ts'
import { ring } from './ring.ts'
import { settings } from './settings.ts'
import { shop } from './shop/index.ts'

export const ptBR: Words<typeof en> = {
  chat,
  common,
  failures,
  faults,
  feed,
  frame,
  health,
  lab,
  log,
  node,
  notary,
  overview,
  panel,
  problem,
  ring,
  settings,
  shop,
}
