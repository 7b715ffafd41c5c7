export { openStore, type SqliteStore, type StoreOptions } from './open-store.ts'
export { setAsidePath, setAsideStore } from './set-aside.ts'
