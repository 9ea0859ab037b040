/**
 * Preact keeps the effects that wait in one queue and asks for a frame only when the first one comes into
 * it. Where a test took its timers away with the frame still to come, no effect of any later file would
 * run; another function to ask with makes Preact ask anew.
 */
import { options } from 'preact'

options.requestAnimationFrame = (flush) => {
  setTimeout(flush)
}
