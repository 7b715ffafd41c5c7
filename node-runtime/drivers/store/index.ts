export type { DiskFaults } from './disk.ts'
export { openStore, type SqliteStore, type StoreOptions } from './open-store.ts'
