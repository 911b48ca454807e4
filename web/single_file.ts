// Turns Vite's output into one HTML file that loads nothing and runs nothing but itself.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

// Where the program puts the report's data; exactly once in the page, before the script.
const MARKER = '<!--report-data-->';

// Only the bundle may run, told by its hash. Style elements are ours; pictures are data: URIs.
function policy(script: string): string {
  const hash = createHash('sha256').update(script, 'utf8').digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}

export function singleFile(): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      let script = '';
      let style = '';
      let page = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code;
        else if (name.endsWith('.css')) style += textOf(file.source);
        else if (name.endsWith('.html')) page = textOf(file.source);
        else this.error(`${name}: only scripts, styles and the page fit into one file`);
        delete bundle[name];
      }
      script = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
      const head =
        `<meta http-equiv="Content-Security-Policy" content="${policy(script)}">\n` +
        `<style>${style.replaceAll('</style', '<\\/style')}</style>`;
      page = page
        .replace(/<script type="module"[^>]*><\/script>\s*/, '')
        .replace(/<link rel="stylesheet"[^>]*>\s*/, '')
        .replace('<title>', () => `${head}\n<title>`)
        .replace('</body>', () => `<script type="module">${script}</script>\n</body>`);
      if (page.split(MARKER).length !== 2) this.error(`index.html: wanted ${MARKER} once`);
      this.emitFile({ type: 'asset', fileName: 'index.html', source: page });
    },
  };
}
