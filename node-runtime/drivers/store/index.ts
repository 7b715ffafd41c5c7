export { openStore, type SqliteStore, type StoreOptions } from './open-store.ts'
