/** Numbers with their unit, as the language writes them. Units are symbols and the same everywhere; digits are not. */
export interface Format {
  number(value: number, digits?: number): string
  percent(value: number): string
  bytes(value: number): string
  /** 812 ms · 3.4 s · 2 min · 1 h 5 min */
  duration(ms: number): string
  /** Whole seconds from one second on: for ages, which would flicker otherwise. */
  coarse(ms: number): string
  clock(wallMs: number): string
  clockExact(wallMs: number): string
  /** A day by its name and date. */
  day(wallMs: number): string
  /** Day and time, for what happened long ago. */
  moment(wallMs: number): string
  /** Reais of whole cents. */
  money(cents: number): string
  /** The same without its sign, as somebody would type it. */
  amount(cents: number): string
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const unitGap = '\u00a0'

export function makeFormat(language: string): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const tenth = new Intl.NumberFormat(language, { minimumFractionDigits: 0, maximumFractionDigits: 1 })
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const clock = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  })
  const exact = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hour12: false,
  })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hour12: false })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full' })
  const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'BRL' })
  const amount = new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    useGrouping: false,
  })
  const unit = (text: string, symbol: string): string => `${text}${unitGap}${symbol}`
  const long = (ms: number): string => {
    if (ms < hour) {
      const seconds = Math.floor((ms % minute) / second)
      const minutes = unit(whole.format(Math.floor(ms / minute)), 'min')
      return seconds === 0 ? minutes : `${minutes} ${unit(whole.format(seconds), 's')}`
    }
    const minutes = Math.floor((ms % hour) / minute)
    const hours = unit(whole.format(Math.floor(ms / hour)), 'h')
    return minutes === 0 ? hours : `${hours} ${unit(whole.format(minutes), 'min')}`
  }
  return {
    number: (value, digits = 0) => (digits === 0 ? whole : tenth).format(value),
    percent: (value) => share.format(value / 100),
    bytes: (value) => {
      if (value < 1_000) return unit(whole.format(value), 'B')
      if (value < 1_000_000) return unit(tenth.format(value / 1_000), 'kB')
      if (value < 1_000_000_000) return unit(tenth.format(value / 1_000_000), 'MB')
      return unit(tenth.format(value / 1_000_000_000), 'GB')
    },
    duration: (ms) => {
      if (ms < 10) return unit(tenth.format(ms), 'ms')
      if (ms < second) return unit(whole.format(ms), 'ms')
      return ms < minute ? unit(tenth.format(ms / second), 's') : long(ms)
    },
    coarse: (ms) => (ms < minute ? unit(whole.format(Math.floor(Math.max(0, ms) / second)), 's') : long(ms)),
    clock: (wallMs) => clock.format(wallMs),
    clockExact: (wallMs) => exact.format(wallMs),
    day: (wallMs) => day.format(wallMs),
    moment: (wallMs) => moment.format(wallMs),
    money: (cents) => money.format(cents / 100),
    amount: (cents) => amount.format(cents / 100),
  }
}
