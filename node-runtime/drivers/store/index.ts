export { openStore, type SqliteStore, type StoreOptions } from './open-store.ts'
export { setAsideStore } from './set-aside.ts'
