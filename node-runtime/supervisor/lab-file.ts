import type { RingSettings } from '#contract/window/ring'
import type { ChatSettings } from '#contract/worker/chat'
import { type HttpDialect, httpDialects } from '#contract/worker/dialects'
import type { KeyPair } from '#contract/worker/protocol'
import { type ShopReach, shopReaches } from '#contract/worker/shop'
import { notarySizes } from '#contract/worker/sizes'
import { idPattern } from '#kit/ids'
import { readChatSettings } from './chat-settings.ts'
import { readRingSettings } from './ring-settings.ts'

/** What lab.json holds: where the lab's nodes listen, and which of them have run. A newer version of it is not read. */
export interface LabFile {
  readonly version: 1
  readonly ports: Readonly<Record<string, number>>
  /** Of those that strangers may ask over HTTP. */
  readonly http: Readonly<Record<string, number>>
  /** How the nodes of a cluster answer over HTTP, where somebody has chosen it. */
  readonly dialects: Readonly<Record<string, HttpDialect>>
  /** Of ZeroMQ sockets beside the wires, by cluster and name. */
  readonly sockets: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** How its chats are set up, where somebody has chosen it. */
  readonly chats: Readonly<Record<string, ChatSettings>>
  /** From where its shops are reached, where somebody has chosen it. */
  readonly shops: Readonly<Record<string, ShopReach>>
  /** How its rings are set up, where somebody has chosen it. */
  readonly rings: Readonly<Record<string, RingSettings>>
  /** How many nodes a cluster is founded with, where somebody has chosen it. */
  readonly sizes: Readonly<Record<string, number>>
  /** Of clusters whose seats are not all taken: who has one, where that has changed. */
  readonly seated: Readonly<Record<string, readonly string[]>>
  /** A node that has once run and finds nothing on its disk has lost it. */
  readonly hasRun: readonly string[]
}

/** What keys.json holds, apart and readable by its owner only. */
export type LabKeys = Readonly<Record<string, KeyPair>>

export const emptyLab: LabFile = {
  version: 1,
  ports: {},
  http: {},
  dialects: {},
  sockets: {},
  chats: {},
  shops: {},
  rings: {},
  sizes: {},
  seated: {},
  hasRun: [],
}

/** null for anything that is not a whole and sound lab file. */
export function readLabFile(text: string): LabFile | null {
  const value = parsed(text)
  if (!isRecord(value) || value.version !== 1) return null
  // Labs of before there was anything to lose, or anybody to ask over HTTP, do not say it.
  const { ports, http = {}, dialects = {}, sockets = {}, chats = {}, rings = {}, sizes = {} } = value
  const { shops = {}, seated = {}, hasRun = [] } = value
  if (!arePorts(ports) || !arePorts(http) || !areDialects(dialects)) return null
  if (!areSockets(sockets) || !areChats(chats)) return null
  if (!areRings(rings) || !areSizes(sizes) || !areReaches(shops) || !areSeated(seated) || !areIds(hasRun)) return null
  return { version: 1, ports, http, dialects, sockets, chats, shops, rings, sizes, seated, hasRun }
}

export function readLabKeys(text: string): LabKeys | null {
  const value = parsed(text)
  if (!isRecord(value)) return null
  const pairs = Object.entries(value)
  return pairs.every(([id, pair]) => idPattern.test(id) && isKeyPair(pair)) ? (value as LabKeys) : null // checked here
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the caller says which file is damaged.
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function arePorts(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.entries(value).every(([id, port]) => idPattern.test(id) && isPort(port))
}

function areDialects(value: unknown): value is Record<string, HttpDialect> {
  return isRecord(value) && Object.entries(value).every(([id, name]) => idPattern.test(id) && isDialect(name))
}

function areSockets(value: unknown): value is Record<string, Record<string, number>> {
  return isRecord(value) && Object.entries(value).every(([id, ports]) => idPattern.test(id) && arePorts(ports))
}

function areChats(value: unknown): value is Record<string, ChatSettings> {
  return isRecord(value) && Object.entries(value).every(([id, chat]) => idPattern.test(id) && isChat(chat))
}

function isChat(value: unknown): boolean {
  return readChatSettings(value) !== null
}

function areRings(value: unknown): value is Record<string, RingSettings> {
  return isRecord(value) && Object.entries(value).every(([id, ring]) => idPattern.test(id) && isRing(ring))
}

function isRing(value: unknown): boolean {
  return readRingSettings(value) !== null
}

function areSizes(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.entries(value).every(([id, size]) => idPattern.test(id) && isSize(size))
}

function areReaches(value: unknown): value is Record<string, ShopReach> {
  const isReach = (reach: unknown): boolean => shopReaches.some((one) => one === reach)
  return isRecord(value) && Object.entries(value).every(([id, reach]) => idPattern.test(id) && isReach(reach))
}

function areSeated(value: unknown): value is Record<string, readonly string[]> {
  return isRecord(value) && Object.entries(value).every(([id, nodes]) => idPattern.test(id) && areIds(nodes))
}

function areIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string' && idPattern.test(id))
}

function isSize(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= notarySizes.min && value <= notarySizes.max
}

function isDialect(value: unknown): boolean {
  return httpDialects.some((dialect) => dialect === value)
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536
}

function isKeyPair(value: unknown): boolean {
  return isRecord(value) && isKey(value.publicKey) && isKey(value.secretKey)
}

/** 32 bytes are 40 digits of Z85. */
function isKey(value: unknown): boolean {
  return typeof value === 'string' && value.length === 40
}
