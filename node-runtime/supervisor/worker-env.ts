import type { LaunchOrder } from './launcher.ts'

const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot']

/** A worker gets what any program of this system needs, and nothing of what the shell was started with. */
export function workerEnv(compileCacheDir: string): Record<string, string> {
  const found = kept.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(found), ...memoryHabits, NODE_COMPILE_CACHE: compileCacheDir }
}

/**
 * For glibc; others do not look. Its default, a heap for each thread that gives nothing back, held 25 MB of a busy node
 * that nobody used any more.
 */
const memoryHabits = {
  MALLOC_ARENA_MAX: '2',
  // Above what Node takes for each read of a socket: else the system maps and clears a fresh piece for each of them.
  MALLOC_MMAP_THRESHOLD_: String(128 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024),
} as const

/**
 * A node makes much that lives for a moment. Left alone, V8 gives that 16 MB and more before it looks, and lets the rest
 * grow fourfold: a busy peer of a replicated group weighed 230 MB, and weighs 110 MB so, at the same speed. Node gives each
 * process four threads that help with compiling and collecting; twenty processes of them are in each other's way, and with
 * one each the same work takes a twentieth less.
 */
export function workerSwitches({ isMember }: Pick<LaunchOrder, 'isMember'>): string[] {
  return [
    `--max-semi-space-size=${isMember ? youngMb.ofMember : youngMb.ofOthers}`,
    '--heap-growing-percent=220',
    '--v8-pool-size=1',
  ]
}

/**
 * A member of a group makes so much more that looking through it was a seventh of all that a busy leader did. It weighs
 * 10 MB more for it, which most nodes of a lab need not.
 */
const youngMb = { ofMember: 8, ofOthers: 2 } as const
