import { mapOf, type RankedServer } from './answers.ts'
import { toJson } from './codec.ts'
import { type Said, saidMap } from './publications.ts'

/** What a program's author lays beside what another server has: the same things give the same bytes. */
export interface ExportFile {
  readonly name: string
  readonly text: string
}

/** What was said, in the order in which it is handed in: all of it, or some more. */
export function saidFiles(said: readonly Said[]): readonly ExportFile[] {
  const lines = (kind: Said['kind']): string =>
    said
      .filter((each) => each.kind === kind)
      .map(line)
      .join('')
  return [
    { name: 'publications.jsonl', text: lines('publish') },
    { name: 'messages.jsonl', text: lines('message') },
  ]
}

export function registryFile({ channels, users }: Named): ExportFile {
  return { name: 'registry.json', text: `${toJson(mapOf({ channels: inOrder(channels), users: inOrder(users) }))}\n` }
}

/** Whatever has a name. */
export interface Named {
  readonly channels: readonly string[]
  readonly users: readonly string[]
}

/** Smallest rank first: that one coordinates. */
export function referenceFiles(servers: readonly RankedServer[]): readonly ExportFile[] {
  const rows = servers
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ name, rank, lastBeatMs }) => [name, mapOf({ rank, last_beat: lastBeatMs / 1_000 })] as const)
  return [{ name: 'ref_servers.json', text: `${toJson(new Map(rows))}\n` }]
}

function line(said: Said): string {
  return `${toJson(saidMap(said))}\n`
}

/** By code units, each once: servers hear of names in different orders, and `localeCompare` depends on the machine. */
function inOrder(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1))
}
