import { createStore } from 'zustand/vanilla'

/** Ages on the screen are redrawn this often, all by the same beat. */
export const nowEveryMs = 500

/** The window's clock as a slice: whoever shows an age reads it, and nobody sets a timer of their own. */
export const createNowStore = (nowMs: number) => createStore<{ readonly nowMs: number }>()(() => ({ nowMs }))
