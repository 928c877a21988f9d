/** The bundled typeface as text a picture can carry in itself. */

/** The `@font-face` rules of some weights with their files inside; a file that cannot be had is left out. */
export async function fontFaces(weights: readonly string[]): Promise<string> {
  const rules = [...document.styleSheets]
    .flatMap((sheet) => rulesOf(sheet))
    .filter((rule) => {
      return weights.includes(rule.style.getPropertyValue('font-weight'))
    })
  const texts = await Promise.all(
    rules.map(async (rule) => {
      const base = rule.parentStyleSheet?.href ?? document.baseURI
      const file = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue('src'))?.[1]
      const data = file === undefined ? null : await dataOf(new URL(file, base).href)
      return data === null ? '' : rule.cssText.replace(/url\(["']?[^"')]+["']?\)/, `url("${data}")`)
    }),
  )
  return texts.join('\n')
}

function rulesOf(sheet: CSSStyleSheet): readonly CSSFontFaceRule[] {
  return [...sheet.cssRules].filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule)
}

async function dataOf(address: string): Promise<string | null> {
  try {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer())
    let text = ''
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
    return `data:font/woff2;base64,${btoa(text)}`
  } catch {
    return null
  }
}
