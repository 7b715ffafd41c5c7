export type { WireDrop } from './link.ts'
export { type OpenWire, openWire, type WireOptions } from './open-wire.ts'
