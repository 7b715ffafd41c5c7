import logStyles from '../log/log-line.module.css'

/** In the place where others have their log: what a node has done, in short figures. None: it does not speak for itself now. */
export function FiguresLine({ figures }: { readonly figures: readonly string[] }) {
  return (
    <span className={logStyles.log}>
      <span className={logStyles.figures}>
        {figures.map((words) => (
          <span key={words}>{words}</span>
        ))}
      </span>
    </span>
  )
}
