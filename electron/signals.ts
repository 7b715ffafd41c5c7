/** What a bench or a test waits for, one line of JSON each on stdout, and only where COLMEIA_SIGNALS asks for it. */
export type Signal =
  | { readonly signal: 'window-usable'; readonly ms: number }
  | { readonly signal: 'demo-running'; readonly ms: number }
  | { readonly signal: 'refused'; readonly code: string }

export type Signals = (signal: Signal) => void

export function makeSignals(env: Readonly<Record<string, string | undefined>>, write: (line: string) => void): Signals {
  if (env.COLMEIA_SIGNALS !== '1') return () => undefined
  return (signal) => write(`${JSON.stringify(signal)}\n`)
}
