const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot']

/** A worker gets what any program of this system needs, and nothing of what the shell was started with. */
export function workerEnv(compileCacheDir: string): Record<string, string> {
  const found = kept.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(found), NODE_COMPILE_CACHE: compileCacheDir }
}
