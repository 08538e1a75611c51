/** What stops the app before its first screen. */
export type Trouble =
  | { readonly kind: 'runtime-too-old'; readonly electron: string }
  | { readonly kind: 'core-refused'; readonly reason: string }

/** One screen, both languages, no script: it has to work when nothing else does. */
export function troublePage(trouble: Trouble, nonce: string): string {
  const { zh, en, detail } = wording(trouble)
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>打包台 Packbench</title>
<style nonce="${nonce}">
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 2.5rem; padding: 4rem;
    box-sizing: border-box; background: #fff; color: #1a1a1a; font: 1.375rem/1.6 system-ui, sans-serif; }
  section { max-width: 60rem; border-left: .5rem solid #c2410c; padding-left: 2rem; }
  h1 { margin: 0 0 .5rem; font-size: 2.5rem; line-height: 1.25; }
  p { margin: 0; }
  code { font-size: 1.125rem; color: #555; overflow-wrap: anywhere; }
  @media (prefers-color-scheme: dark) { body { background: #1a1a1a; color: #f5f5f5; } code { color: #bbb; } }
</style>
</head>
<body>
<section lang="zh-CN"><h1>${escape(zh.title)}</h1><p>${escape(zh.text)}</p></section>
<section lang="en"><h1>${escape(en.title)}</h1><p>${escape(en.text)}</p></section>
<code>${escape(detail)}</code>
</body>
</html>`
}

function wording(trouble: Trouble) {
  switch (trouble.kind) {
    case 'runtime-too-old':
      return {
        zh: {
          title: '此安装包的运行环境过旧，打包台无法启动',
          text: '您的数据没有改动。请安装最新版本的打包台。',
        },
        en: {
          title: 'Packbench cannot start: this build carries a runtime that is too old',
          text: 'Your data has not been touched. Please install the newest version of Packbench.',
        },
        detail: `Electron ${trouble.electron}, Node-API ${process.versions.napi ?? '?'} < 10`,
      }
    case 'core-refused':
      return {
        zh: {
          title: '打包台打不开数据文件夹',
          text: '您的数据没有改动。请按下面的原因处理，然后重新启动打包台。',
        },
        en: {
          title: 'Packbench cannot open its data folder',
          text: 'Your data has not been touched. Please deal with the reason below, then start Packbench again.',
        },
        detail: trouble.reason,
      }
  }
}

const escape = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
