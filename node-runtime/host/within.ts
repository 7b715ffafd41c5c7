/** Waits for the work, but never longer than the limit. False: the limit came first. */
export function within(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs)
    const finish = (isDone: boolean) => () => {
      clearTimeout(timer)
      resolve(isDone)
    }
    work.then(finish(true), finish(false))
  })
}
