export { type OpenRingLinks, openRingLinks, type RingLinksOptions } from './open-ring-links.ts'
