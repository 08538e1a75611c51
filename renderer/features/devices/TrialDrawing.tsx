import css from './devices.module.css'

/** A trial label as it should come out; the core draws the same on paper. */
export function TrialDrawing({ mark, language }: { mark: string; language: string }) {
  return (
    <span className={css.trial}>
      <span className={css.trialMark}>{mark}</span> <span className={css.trialLanguage}>{language}</span>
    </span>
  )
}

/** What comes out in a wrong language. */
export function WrongDrawing({ how }: { how: 'blank' | 'text' | 'inverse' }) {
  return (
    <svg className={css.wrongTrial} viewBox="0 0 60 30" aria-hidden="true">
      <rect width="60" height="30" fill={how === 'inverse' ? '#000' : '#fff'} />
      {how === 'text'
        ? ['^XA^PW480^LL240', '^GFA,7200,720', '0,60,:Z64:eJzt', '1jEKwCAMBVC8/6', 'W:D069^FS^XZ'].map(
            (line, index) => (
              <text key={line} x="2" y={6 + index * 5.4} fontSize="4.6" fontFamily="monospace">
                {line}
              </text>
            ),
          )
        : null}
      {how === 'inverse' ? (
        <text x="30" y="19" textAnchor="middle" fontSize="19" fontWeight="800" fill="#fff">
          A
        </text>
      ) : null}
    </svg>
  )
}

/** The test page: frame, ruler, words and a code. */
export function PageDrawing() {
  return (
    <svg className={css.pageDrawing} viewBox="0 0 100 100" aria-hidden="true">
      <rect width="100" height="100" fill="#fff" />
      <rect x="2" y="2" width="96" height="96" fill="none" stroke="#000" strokeWidth="0.8" />
      <rect x="2" y="2" width="6" height="6" fill="#000" />
      {Array.from({ length: 9 }, (_, at) => (
        <path
          key={at}
          d={`M${(at + 1) * 10} 2v${at === 4 ? 6 : 3}M2 ${(at + 1) * 10}h${at === 4 ? 6 : 3}`}
          stroke="#000"
          strokeWidth="0.6"
        />
      ))}
      <text x="50" y="26" textAnchor="middle" fontSize="13" fontWeight="800">
        打包台
      </text>
      <text x="50" y="38" textAnchor="middle" fontSize="7" fontWeight="600">
        Packbench
      </text>
      {bars.map(([x, width]) => (
        <rect key={x} x={x} y="52" width={width} height="28" fill="#000" />
      ))}
      <text x="50" y="90" textAnchor="middle" fontSize="7" fontWeight="600">
        TEST-12
      </text>
    </svg>
  )
}

const bars = Array.from({ length: 17 }, (_, at) => [17 + at * 4, [1, 2, 1.2, 2.6][at % 4] ?? 1] as const)
