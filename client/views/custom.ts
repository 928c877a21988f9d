/** Sets custom properties on an element through the CSSOM: a style attribute would break the content policy. */
import { type ElementPart, noChange } from 'lit'
import { Directive, directive, type PartInfo, PartType } from 'lit/directive.js'

class Custom extends Directive {
  constructor(part: PartInfo) {
    super(part)
    if (part.type !== PartType.ELEMENT) throw new Error('custom() stands in the tag of an element')
  }

  render(_properties: Readonly<Record<`--${string}`, string | number>>) {
    return noChange
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<string, string | number>>]) {
    const { style } = part.element as HTMLElement
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, String(value))
    return noChange
  }
}

/** `<div ${custom({ '--chars': 9 })}>` */
export const custom = directive(Custom)
